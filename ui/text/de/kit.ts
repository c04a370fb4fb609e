import { grouped } from '../../numbers.ts';
import type { kit as source } from '../en/kit.ts';

export const kit: typeof source = {
  product: 'Shoebox',
  tryAgain: 'Noch einmal versuchen',
  close: 'Schließen',
  cancel: 'Abbrechen',
  save: 'Speichern',
  remove: 'Entfernen',
  done: 'Fertig',
  undo: 'Rückgängig',
  more: 'Mehr',
  back: 'Zurück',
  loading: 'Wird geladen …',
  search: 'Suchen',

  unreachable: 'Die Box antwortet nicht. Ist sie eingeschaltet, und sind Sie im selben Netz?',
  unexpectedAnswer: (status: number) =>
    `Die Box hat etwas geantwortet, das diese Seite nicht versteht (${status}). Bitte gleich noch einmal versuchen.`,
  screenMissing:
    'Dieser Teil der Seite ist nicht angekommen. Ist die Box eingeschaltet? Dann bitte noch einmal versuchen.',
  problemTitle: 'Das hat nicht geklappt',
  noRightsTitle: 'Das ist nicht für dieses Konto',
  notFoundTitle: 'Hier ist nichts',
  copyFailed: 'Der Browser hat das Kopieren nicht erlaubt. Bitte den Text markieren und selbst kopieren.',
  offline: 'Die Box antwortet nicht. Was Sie sehen, kann älter sein; die Seite sieht von selbst wieder nach.',
  connectionLost: 'Verbindung verloren. Neue Fotos erscheinen wieder, sobald die Box antwortet.',

  showPassword: 'Zeigen',
  hidePassword: 'Verbergen',
  showPasswordLabel: 'Passwort zeigen',
  typeToConfirm: (word: string) => `Zum Bestätigen ${word} eintippen`,

  chosen: 'ausgewählt',
  selectedCount: (count: number) => `${grouped(count)} ausgewählt`,
  clearSelection: 'Auswahl aufheben',
  select: (name: string) => `${name} auswählen`,

  albumPicker: {
    title: 'Zu einem Album hinzufügen',
    find: 'Album finden',
    create: (name: string) => `Neues Album „${name}“`,
    createUnnamed: 'Neues Album',
    name: 'Name des Albums',
    empty: 'Es gibt noch kein Album. Geben Sie dem ersten einen Namen.',
    none: 'Kein Album heißt so.',
    photoCount: (count: number) => (count === 1 ? '1 Foto' : `${grouped(count)} Fotos`),
  },
  datePicker: {
    title: 'Datum und Uhrzeit',
    date: 'Datum',
    time: 'Uhrzeit',
    zone: 'Zeitzone',
    zoneHint: 'Wo die Uhr diese Zeit zeigte.',
  },
};
