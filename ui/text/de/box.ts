import type { FindingCode } from '#contract/appliance-status';
import { grouped } from '../../numbers.ts';
import type { FindingWords, box as source } from '../en/box.ts';

const photos = (count: number) => (count === 1 ? '1 Foto' : `${grouped(count)} Fotos`);

const findings: Required<FindingWords> = {
  pool_full: {
    title: 'Die Laufwerke sind voll',
    advice: () =>
      'Neue Fotos werden nicht aufgenommen. Fügen Sie ein Laufwerk hinzu, oder löschen Sie, was niemand braucht, und leeren Sie den Papierkorb.',
  },
  reserve_reached: {
    title: 'Für neue Fotos ist kein Platz mehr',
    advice: () =>
      'Der Rest der Laufwerke bleibt frei, damit die Box weiterarbeiten kann. Fügen Sie ein Laufwerk hinzu, oder leeren Sie den Papierkorb.',
  },
  pool_nearly_full: {
    title: 'Die Laufwerke sind fast voll',
    advice: ({ percent = 0 }) =>
      `${grouped(percent)} % sind noch frei für Fotos. Planen Sie ein größeres Laufwerk ein.`,
  },
  pool_read_only: {
    title: 'Die Laufwerke lassen sich nur lesen',
    advice: () =>
      'Ihre Fotos können Sie ansehen, neue werden nicht aufgenommen. Vielleicht geht ein Laufwerk kaputt: Lassen Sie es ansehen.',
  },
  originals_damaged: {
    title: 'Das Laufwerk hat Fotos beschädigt',
    advice: ({ count = 0 }) =>
      count === 1
        ? '1 Foto ist nicht mehr so, wie es hochgeladen wurde. Heben Sie das Handy auf, das es noch hat, und ersetzen Sie das Laufwerk.'
        : `${photos(count)} sind nicht mehr so, wie sie hochgeladen wurden. Heben Sie die Handys auf, die sie noch haben, und ersetzen Sie das Laufwerk.`,
  },
  originals_missing: {
    title: 'Fotos sind vom Laufwerk verschwunden',
    advice: ({ count = 0 }) =>
      count === 1
        ? '1 Foto fehlt. Laden Sie es von einem Handy neu hoch, das es noch hat.'
        : `${photos(count)} fehlen. Laden Sie sie von einem Handy neu hoch, das sie noch hat.`,
  },
  originals_unreadable: {
    title: 'Das Laufwerk konnte Fotos nicht lesen',
    advice: ({ count = 0 }) =>
      `${photos(count)} ${count === 1 ? 'ließ' : 'ließen'} sich nicht lesen. Die Box versucht es wieder; bleibt es so, ersetzen Sie das Laufwerk.`,
  },
  jobs_failing: {
    title: 'Einige Fotos ließen sich nicht vorbereiten',
    advice: ({ count = 0 }) =>
      `${count === 1 ? 'Eine Arbeit schlug' : `${grouped(count)} Arbeiten schlugen`} mehrmals fehl. Die Fotos selbst sind sicher, und die Box versucht es weiter.`,
  },
  snapshot_old: {
    title: 'Das Verzeichnis Ihrer Fotos wurde seit Tagen nicht kopiert',
    advice: () =>
      'Alben und Namen werden täglich kopiert, falls das Verzeichnis Schaden nimmt. Starten Sie die Box neu.',
  },
  verification_overdue: {
    title: 'Das Prüfen Ihrer Fotos ist im Rückstand',
    advice: ({ count = 0 }) =>
      `${photos(count)} ${count === 1 ? 'wurde' : 'wurden'} nicht rechtzeitig wieder gelesen. Lassen Sie die Box eingeschaltet: Sie prüft, wenn sonst nichts zu tun ist.`,
  },
  clock_unset: {
    title: 'Die Box weiß nicht, wie spät es ist',
    advice: () => 'Verbinden Sie sie kurz mit dem Internet: Dann stellt sie ihre Uhr.',
  },
} satisfies Record<FindingCode, unknown>;

export const box: typeof source = {
  title: 'Die Box',
  verdicts: {
    well: { title: 'Alles ist gut', lead: 'Ihre Fotos sind sicher, und Sie müssen nichts tun.' },
    look: { title: 'Sehen Sie einmal nach', lead: 'Nichts ist verloren. Wenn Sie einen Moment haben:' },
    act: { title: 'Jetzt handeln', lead: 'Etwas braucht Sie heute:' },
  },
  findings,
  space: {
    title: 'Platz',
    free: (available: string, total: string) => `${available} von ${total} sind frei für Fotos`,
    originals: 'Fotos und Videos',
    derived: 'Vorschaubilder und Verzeichnisse',
    other: 'Reserve, und was sonst auf dem Laufwerk ist',
    available: 'Frei',
    counting: 'Es wird noch gezählt …',
    forecastTitle: 'Wie lange der Platz reicht',
    tooEarly: 'Erst nach ein paar Wochen mit Fotos lässt sich sagen, wie lange der Platz reicht.',
    manyYears: 'Geht es so weiter, reicht der Platz noch viele Jahre.',
    until: (month: string) => `Geht es so weiter, sind die Laufwerke im ${month} voll.`,
    today: 'heute',
    full: 'voll',
    plot: 'Wie voll die Laufwerke sind: die letzten zwölf Monate und voraus',
    inMonths: (count: number) => `in ${grouped(count)} Monaten`,
    yearAgo: 'vor einem Jahr',
  },
  safety: {
    title: 'Sicherheit',
    noneYet: 'Noch gibt es keine Fotos zu prüfen.',
    allChecked: (count: number) =>
      `${count === 1 ? 'Das eine Foto wurde' : `Alle ${photos(count)} wurden`} noch einmal gelesen: so, wie Sie sie hochgeladen haben.`,
    checked: (checked: number, count: number) =>
      `${grouped(checked)} von ${photos(count)} wurden bisher noch einmal gelesen und mit dem Hochgeladenen verglichen.`,
    checkedLabel: 'Geprüfte Fotos',
    oldest: (ago: string) => `Die Prüfung, die am längsten her ist: ${ago}`,
    recently: (count: number) => `${grouped(count)} in den letzten 30 Tagen`,
    copiesOne: 'Jedes Foto liegt auf nur einem Laufwerk. Fällt es aus, sind die Fotos mit ihm fort.',
    copies: (count: number) => `Jedes Foto liegt auf ${grouped(count)} Laufwerken.`,
    heals: 'Eine Kopie, die verdirbt, wird von selbst durch eine gute ersetzt.',
    notices: 'Schäden durch das Laufwerk fallen auf, sobald eine Datei gelesen wird.',
    snapshot: (ago: string, size: string) => `Alben, Namen und Zeiten wurden ${ago} kopiert (${size}).`,
    noSnapshot: 'Alben, Namen und Zeiten werden heute Nacht zum ersten Mal kopiert.',
    readOnly: 'Die Laufwerke lassen sich im Moment nur lesen.',
  },
  work: {
    title: 'Arbeit',
    lead: 'Was die Box mit Ihren Fotos tut, wenn sonst nichts zu tun ist.',
    queues: {
      metadataExtraction: 'Zeiten und Orte lesen',
      thumbnailGeneration: 'Vorschaubilder machen',
      editor: 'Drehen und zuschneiden',
      videoConversion: 'Kleine Fassungen von Videos machen',
      integrityCheck: 'Fotos prüfen',
      library: 'Andere Ordner durchsehen',
    },
    idle: 'Nichts zu tun',
    active: (count: number) => `${grouped(count)} in Arbeit`,
    waiting: (count: number) => (count === 1 ? '1 wartet' : `${grouped(count)} warten`),
    failed: (count: number) =>
      count === 1 ? '1 hat nicht geklappt' : `${grouped(count)} haben nicht geklappt`,
    paused: 'Angehalten',
    pause: (name: string) => `Anhalten: ${name}`,
    resume: (name: string) => `Fortsetzen: ${name}`,
    retry: 'Noch einmal versuchen',
    retrying: 'Es wird jetzt noch einmal versucht',
    checkNow: 'Jetzt alle prüfen',
    checking: 'Alle Fotos werden noch einmal gelesen. Das dauert eine Weile.',
  },
  phones: {
    title: 'Handys',
    empty: 'Noch ist kein Handy verbunden. Danach kommen seine Fotos von selbst.',
    sent: (count: number) => (count === 0 ? 'noch keine Fotos' : `insgesamt ${photos(count)}`),
  },
  log: {
    title: 'Wenn etwas nicht stimmt',
    lead: 'Das Protokoll sagt jemandem, der die Box kennt, was geschehen ist. Es enthält keine Fotos, Orte, Namen von Menschen oder Suchwörter.',
    range: 'Wie weit zurück',
    ranges: { day: 'Der letzte Tag', days: 'Die letzten drei Tage', week: 'Die letzte Woche' },
    download: 'Protokoll herunterladen',
  },
};
