import { grouped } from '../../numbers.ts';
import type { actions as source } from '../en/actions.ts';

const things = (count: number) => (count === 1 ? '1 Foto' : `${grouped(count)} Fotos`);

export const actions: typeof source = {
  favourite: 'Zu den Favoriten',
  unfavourite: 'Aus den Favoriten nehmen',
  favourited: (count: number) => `${things(count)} bei den Favoriten`,
  unfavourited: (count: number) => `${things(count)} aus den Favoriten genommen`,
  share: 'Mit einem Link teilen',
  addToAlbum: 'Zu einem Album hinzufügen',
  addedTo: (album: string) => `In „${album}“ gelegt`,
  archive: 'Ins Archiv legen',
  archived: (count: number) => `${things(count)} im Archiv`,
  unarchive: 'Zurück in die Zeitleiste',
  unarchived: (count: number) => `${things(count)} wieder in der Zeitleiste`,
  download: 'Herunterladen',
  downloading: 'Der Download wird zusammengestellt …',
  tag: 'Stichwörter geben',
  tagged: (tag: string) => `Mit „${tag}“ versehen`,
  editDate: 'Datum und Uhrzeit ändern',
  dateChanged: 'Datum und Uhrzeit geändert',
  editPlace: 'Ort ändern',
  placeChanged: 'Ort geändert',
  stack: 'Zu einem Stapel machen',
  stacked: 'Gestapelt: Das erste steht für alle',
  unstack: 'Stapel auflösen',
  unstacked: 'Die Fotos stehen wieder für sich',
  lock: 'In den gesperrten Ordner legen',
  locked: (count: number) => `${things(count)} im gesperrten Ordner`,
  trash: 'In den Papierkorb legen',
  trashed: (count: number) => `${things(count)} im Papierkorb`,
  restored: (count: number) => `${things(count)} wieder an ihrem Platz`,

  tagPicker: {
    title: 'Stichwörter geben',
    find: 'Stichwort finden oder nennen',
    hint: 'Ein Schrägstrich macht ein Stichwort in einem anderen: Reisen/See',
    create: (name: string) => `Neues Stichwort „${name}“`,
    empty: 'Es gibt noch keine Stichwörter. Nennen Sie das erste.',
  },
  placePicker: {
    title: 'Wo war das?',
    find: 'Ort finden, an dem Sie Fotos haben',
    empty: 'Noch kennt keines Ihrer Fotos einen Ort.',
    coordinates: 'Oder Breite und Länge',
    coordinatesHint: 'Wie Karten sie zeigen: 47.42, 10.98',
    wrong: 'Nötig sind zwei Zahlen, Breite von -90 bis 90 und Länge von -180 bis 180.',
    clear: 'Ort entfernen',
  },
  shareTitle: (count: number) => (count === 1 ? 'Foto teilen' : `${grouped(count)} Fotos teilen`),
};
