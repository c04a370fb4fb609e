import type { UpdateFaultCode } from '#contract/appliance-updates';
import type { updates as source } from '../en/updates.ts';

const faults: Record<UpdateFaultCode, string> = {
  not_signed:
    'Diese Datei stammt nicht von denen, die das System dieser Box machen, oder sie wurde seither verändert. Sie wurde nicht installiert.',
  not_an_update:
    'Diese Datei ist keine Aktualisierung, oder ein Teil von ihr fehlt. Sie wurde nicht installiert.',
  other_device: 'Diese Aktualisierung ist für ein anderes Gerät. Sie wurde nicht installiert.',
  same_version: 'Version {version} läuft auf dieser Box schon.',
  older_version:
    'Version {version} ist älter als {installed}, die auf dieser Box läuft. Sie wurde nicht installiert.',
  below_minimum:
    'Version {version} ist älter als {minimum}, die schon auf dieser Box lief. Damit könnten Türen wieder aufgehen, die seither geschlossen wurden; sie wurde nicht installiert.',
  install_failed:
    'Die Aktualisierung ließ sich nicht auf die Speicherkarte schreiben. Was jetzt läuft, wurde nicht berührt.',
  install_cut:
    'Die Box wurde ausgeschaltet, bevor Version {version} geschrieben war. Es hat sich nichts geändert.',
  no_room:
    'Auf den Laufwerken ist kein Platz für diese Aktualisierung. Schaffen Sie Platz, und versuchen Sie es noch einmal.',
  drive_error:
    'Das Laufwerk meldete einen Fehler, während die Aktualisierung darauf lag. Es hat sich nichts geändert.',
  unreachable: 'Die Adresse für Aktualisierungen antwortet nicht.',
  bad_answer: 'Was unter der Adresse für Aktualisierungen steht, beschreibt keine Aktualisierung.',
  not_what_was_said:
    'Was geholt wurde, ist nicht, was die Adresse beschrieben hatte. Es wurde weggeworfen; versuchen Sie es später noch einmal.',
  never_started: 'Version {version} ist dreimal nicht gestartet.',
  service_down: 'Ein Teil der neuen Version lief nicht ({unit}).',
  page_silent: 'Die neue Version antwortete im Netz nicht.',
  page_failed: 'Die neue Version konnte die Liste Ihrer Fotos nicht öffnen.',
  no_address: 'Mit der neuen Version hatte die Box keine Adresse in Ihrem Netz mehr.',
  pool_missing: 'Mit der neuen Version waren die Laufwerke mit Ihren Fotos nicht da.',
  drives_missing: 'Mit der neuen Version waren nur {found} von {expected} Laufwerken da.',
  settings_missing: 'Mit der neuen Version konnte die Box ihre eigenen Einstellungen nicht lesen.',
  unsteady: 'Die neue Version lief, aber nie drei Minuten lang ohne Störung.',
  slot_fell_back: 'Version {version} startete nicht mehr.',
};

export const updates: typeof source = {
  title: 'Aktualisierungen',
  open: 'Zu den Aktualisierungen',
  lead: 'Neuere Versionen des Systems auf der Box',
  elsewhere: {
    title: 'Diese Shoebox wird anders aktualisiert',
    words:
      'Nur eine Box, auf deren Speicherkarte unser Abbild geschrieben wurde, aktualisiert sich selbst. Aktualisieren Sie diese so, wie sie installiert wurde.',
  },
  version: (version) => `Version ${version}`,
  installedAt: (moment) => `In Gebrauch seit ${moment}.`,
  newBox: 'Mit dieser Version kam die Box.',
  trying: {
    title: (version) => `Version ${version} wird ausprobiert`,
    words:
      'Die Box sieht drei Minuten lang nach, ob alles geht. Geht etwas nicht, kehrt sie von selbst zur vorigen Version zurück.',
  },
  last: {
    updated: (to, ago) => `Aktualisiert auf Version ${to}, ${ago}.`,
    wentBack: (from, to) => `Die Box ist von Version ${to} zu ${from} zurückgekehrt.`,
    notFinished: (to) => `Die Aktualisierung auf Version ${to} wurde nicht fertig.`,
    safe: 'Ihre Fotos wurden nicht berührt.',
  },
  sending: 'Die Datei wird zur Box geschickt',
  fetching: (version) => `Version ${version} wird geholt`,
  ofAll: (received, total) => `${received} von ${total}`,
  checking: 'Die Box sieht nach, von wem die Aktualisierung ist',
  installing: (version) => `Version ${version} wird geschrieben`,
  installingWords: 'Alles geht inzwischen weiter wie gewohnt. Benutzt wird sie ab dem nächsten Start.',
  brokenOff:
    'Die Datei kam nicht ganz an. Wählen Sie sie noch einmal aus: Es geht weiter, wo es aufgehört hat.',
  ready: (version) => `Version ${version} ist bereit`,
  readyWords:
    'Die Box muss neu starten, das dauert ein bis zwei Minuten. Handys sichern danach von selbst weiter.',
  restartNow: 'Jetzt neu starten',
  restartTonight: 'Heute Nacht',
  restartLater: 'Nicht heute Nacht',
  restartsAt: (moment) => `Die Box startet von selbst neu: ${moment}.`,
  restarting: 'Die Box startet neu',
  restartingWords:
    'Das dauert ein bis zwei Minuten, beim ersten Mal etwas länger. Diese Seite geht von selbst weiter.',
  find: {
    title: 'Eine neuere Version holen',
    offeredTitle: (version) => `Version ${version} ist da`,
    offered: (size) =>
      `Sie wird von der Adresse unten geholt (${size}). Bis die Box neu startet, ändert sich nichts.`,
    there: (version) => `Version ${version} ist da.`,
    nothingNewer: 'Es gibt nichts Neueres.',
    install: 'Holen und installieren',
    check: 'Jetzt nachsehen',
    checked: (ago) => `Zuletzt nachgesehen: ${ago}`,
    never: 'Noch nicht nachgesehen',
  },
  file: {
    title: 'Aus einer Datei',
    lead: 'Eine Datei mit der Endung .raucb von denen, die dieses System machen. Andere werden abgelehnt.',
    choose: 'Datei auswählen',
  },
  address: {
    title: 'Aus dem Internet',
    lead: 'Die Box fragt diese Adresse einmal am Tag, ob es etwas Neueres gibt. Über sich oder Sie sagt sie dabei nichts. Leer: Sie fragt niemanden.',
    label: 'Adresse für Aktualisierungen',
    hint: 'Beginnt mit https://',
    save: 'Speichern',
    saved: 'Gespeichert',
  },
  minimum: (version) =>
    `Ältere Versionen als ${version} werden abgelehnt: In ihnen stehen Türen offen, die seither geschlossen wurden.`,
  faults,
  news: {
    updated: ({ to }) => ({
      title: 'Die Box wurde aktualisiert',
      description: `Auf ihr läuft jetzt Version ${to}, und alles geht wie zuvor.`,
    }),
    went_back: ({ from, to, reason }) => ({
      title: 'Die Box ist zur vorigen Version zurückgekehrt',
      description: `Es läuft wieder Version ${from} statt ${to}. ${reason} Ihre Fotos wurden nicht berührt.`,
    }),
    not_finished: ({ from, reason }) => ({
      title: 'Eine Aktualisierung wurde nicht fertig',
      description: `Es läuft weiter Version ${from}. ${reason}`,
    }),
    offered: ({ to }) => ({
      title: 'Es gibt eine neuere Version für die Box',
      description: `Version ${to} lässt sich auf der Seite der Box installieren.`,
    }),
  },
};
