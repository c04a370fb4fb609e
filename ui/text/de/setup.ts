import { grouped } from '../../numbers.ts';
import type { phones as phonesSource, setup as source } from '../en/setup.ts';

export const setup: typeof source = {
  title: 'Shoebox einrichten',
  stepOf: (number: number, total: number) => `Schritt ${number} von ${total}`,
  steps: {
    account: 'Konto',
    box: 'Name',
    drives: 'Laufwerke',
    privacy: 'Privates',
    phone: 'Handy',
    done: 'Fertig',
  },
  next: 'Weiter',
  later: 'Jetzt nicht',
  nothingAllowed: 'Nichts: Die Box bewahrt Ihre Fotos nur auf',
  saving: 'Wird gespeichert …',
  unfinished: 'Diese Box ist noch nicht ganz eingerichtet.',
  goOn: 'Weitermachen',
  welcome: {
    title: 'Ihre Fotos kommen nach Hause',
    lead: 'Diese Box bewahrt die Fotos Ihrer Familie auf: bei Ihnen zu Hause, auf Ihren eigenen Laufwerken und nirgends sonst. Das Einrichten dauert etwa fünf Minuten. Sie können jederzeit aufhören: Es geht weiter, wo Sie waren.',
    begin: 'Los geht’s',
  },
  account: {
    title: 'Zuerst Ihr Konto',
    lead: 'Wer es anlegt, kümmert sich um die Box und kann Konten für die übrige Familie anlegen.',
  },
  box: {
    title: 'Geben Sie Ihrer Box einen Namen',
    lead: 'Er unterscheidet sie von Ihren anderen Geräten. Die Zeitzone bestimmt, wann ein Tag beginnt.',
    name: 'Name der Box',
    nameHint: (name: string) => `In Ihrem Netz schreibt er sich ${name}`,
    nameMissing: 'Der Name braucht Buchstaben von a bis z oder Ziffern.',
    zone: 'Zeitzone',
    zoneHint: 'Vom Gerät übernommen, vor dem Sie sitzen.',
  },
  drives: {
    title: 'Ihre Laufwerke',
    lead: 'Hier werden Ihre Fotos liegen.',
    later:
      'Laufwerke auf dieser Seite auszuwählen und vorzubereiten kommt mit einer späteren Version. Bis dahin benutzt die Box das Laufwerk, mit dem sie gestartet wurde, und nichts wird gelöscht.',
    room: 'Platz für Fotos',
    roomOf: (available: string, total: string) => `${available} von ${total}`,
    copies: 'Kopien von jedem Foto',
    copiesWords: (count: number) =>
      count === 1
        ? 'Eine: Fällt das Laufwerk aus, sind die Fotos mit ihm fort'
        : `${grouped(count)}, auf verschiedenen Laufwerken`,
    damage: 'Schäden durch das Laufwerk',
    damageNoticed: 'Fallen auf, sobald eine Datei gelesen wird',
    damageChecked: 'Fallen auf, wenn die Box jedes Foto noch einmal liest und vergleicht',
    fileSystem: 'Format',
    readOnly:
      'Das Laufwerk lässt sich im Moment nur lesen. Bis das behoben ist, können keine Fotos aufgenommen werden: Vielleicht geht es kaputt.',
    secondCopy: 'Solange es kein zweites Laufwerk gibt, bewahren Sie Ihre liebsten Fotos auch anderswo auf.',
  },
  privacy: {
    title: 'Was darf die Box herausfinden?',
    lead: 'All das geschieht in der Box selbst. Nichts verlässt sie, und Sie können es sich jederzeit anders überlegen.',
    faces: 'Menschen an ihren Gesichtern erkennen',
    facesHint:
      'Sammelt Fotos derselben Person, damit Sie ihr einen Namen geben können. Fragen Sie die, die darauf sind.',
    facesLater: 'Diese Version kann das noch nicht: Ihre Antwort wird für die aufgehoben, die es kann.',
    placeNames: 'Die Orte benennen, an denen Fotos entstanden',
    placeNamesHint: 'Aus einem Verzeichnis von Orten, das die Box bei sich hat.',
    memories: 'Fotos dieses Tages aus anderen Jahren zeigen',
    memoriesHint: 'Ein kleiner Blick zurück, über Ihren Fotos.',
  },
  phone: {
    title: 'Ihr Handy verbinden',
    lead: 'Von da an kommen neue Fotos von selbst, sobald Ihr Handy zu Hause ist.',
  },
  done: {
    title: 'Ihre Box ist bereit',
    lead: 'Alles, was hier festgelegt wurde, lässt sich in den Einstellungen ändern.',
    finish: 'Zu Ihren Fotos',
    skipped: 'Für später',
    summary: 'Was festgelegt wurde',
  },
};

export const phones: typeof phonesSource = {
  connect: 'Ein Handy verbinden',
  addressKinds: { ip: 'Als Zahl', name: 'Als Name', domain: 'Von überall' },
  addressHints: {
    ip: 'Geht mit jedem Handy in Ihrem Heimnetz.',
    name: 'Leichter zu merken. Manche Handys finden ihn nicht: Dann nehmen Sie die Zahl.',
    domain: 'Geht auch unterwegs.',
  },
  choose: 'Art der Adresse',
  address: 'Adresse der Box',
  copy: 'Adresse kopieren',
  copied: 'Adresse kopiert',
  qr: (url: string) => `QR-Code von ${url}`,
  noAddress:
    'Diese Box antwortet nur auf dem Rechner, auf dem sie läuft, also findet kein Handy sie. Starten Sie sie mit SHOEBOX_HOST=0.0.0.0, um das zu ändern.',
  otherAddresses: 'Sie antwortet auch hier:',
  install: 'Die App Immich installieren',
  installHint: 'Die Box spricht ihre Sprache.',
  appStore: 'App Store, für iPhone',
  playStore: 'Google Play, für Android',
  typeAddress: 'Die App öffnen und ihr diese Adresse geben',
  typeAddressHint:
    'Halten Sie die Kamera des Handys auf den Code, um die Box in dessen Browser zu öffnen; dort lässt sich die Adresse kopieren.',
  signIn: 'Mit Ihrer E-Mail-Adresse und Ihrem Passwort anmelden',
  backUp: 'Die Sicherung einschalten und Ihre Alben auswählen',
  waiting: 'Warten auf Ihr Handy …',
  waitingHint: 'Lassen Sie diese Seite offen: Sie sehen es ankommen.',
  arrived: 'Ihr Handy ist da',
  hasArrived: (name: string) => `${name} ist da`,
  unnamed: 'Ein Handy',
  noneYet: 'noch keine Fotos',
  photosSoFar: (count: number) => (count === 1 ? 'bisher 1 Foto' : `bisher ${grouped(count)} Fotos`),
  today: (count: number) => `${grouped(count)} heute`,
  heard: (ago: string) => `zuletzt gehört: ${ago}`,
  ofPerson: (name: string) => `von ${name}`,
};
