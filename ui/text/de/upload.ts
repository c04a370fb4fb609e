import { grouped } from '../../numbers.ts';
import type { upload as source } from '../en/upload.ts';

export const upload: typeof source = {
  screenTitle: 'Fotos hinzufügen',
  screenLead:
    'Von diesem Gerät in die Box. Was schon da ist, wird erkannt und nicht doppelt gespeichert; reißt die Verbindung ab, wird gewartet.',
  chooseTitle: 'Ziehen Sie Fotos, Videos oder ganze Ordner hierher',
  chooseLead: 'Oder fügen Sie ein Bild ein, oder wählen Sie:',
  touchTitle: 'Wählen Sie die Fotos und Videos, die in die Box gehören',
  touchLead: 'Sie können sich umsehen, während sie unterwegs sind.',
  choosePhotos: 'Fotos aussuchen',
  chooseFolder: 'Ordner aussuchen',
  sharedTitle: 'Von einer anderen App erhalten',
  sharedNothing: 'Die andere App hat keine Fotos oder Videos übergeben.',
  title: 'Fotos werden hinzugefügt',
  reading: 'Die Ordner werden durchgesehen …',
  progress: (done: number, total: number) => `${grouped(done)} von ${grouped(total)}`,
  remaining: (sent: string, total: string) => `${sent} von ${total} gesendet`,
  offline: 'Die Box antwortet nicht. Es geht weiter, sobald sie wieder da ist.',
  saving: 'wird auf das Laufwerk geschrieben',
  stop: 'Anhalten',
  stopped: 'Sie haben das Hochladen angehalten.',
  retry: 'Die fehlgeschlagenen noch einmal versuchen',
  interruptedTitle: 'Noch nicht fertig',
  interrupted: (count: number) =>
    count === 1
      ? 'Ein Foto oder Video hat noch gewartet, als die Seite geschlossen wurde.'
      : `${grouped(count)} Fotos und Videos haben noch gewartet, als die Seite geschlossen wurde.`,
  missing: (count: number) =>
    `${count === 1 ? 'Eines muss' : `${grouped(count)} müssen`} noch einmal ausgesucht werden, weil der Browser nicht so viel behält. Was schon angekommen ist, wird erkannt und nicht noch einmal gesendet.`,
  resume: 'Weiter hinzufügen',
  dismiss: 'Weglassen',
  comparing: 'wird mit der Box verglichen',
  doneTitle: 'Alles fertig',
  earlierTitle: 'Zuletzt hinzugefügt',
  doneWithFailures: 'Einige sind nicht angekommen',
  stored: (count: number) => `${grouped(count)} gespeichert`,
  duplicate: (count: number) => `${grouped(count)} schon vorhanden`,
  failed: (count: number) => `${grouped(count)} fehlgeschlagen`,
  more: (count: number) => `und ${grouped(count)} weitere`,
  unreadable:
    'Die Datei konnte nicht gesendet werden. Vielleicht wurde sie verschoben oder ist nicht lesbar.',
  nothing: 'Darin war keine Datei.',
  hide: 'Liste ausblenden',
  show: 'Liste zeigen',
};
