import { grouped } from '../../numbers.ts';
import type { photos as source } from '../en/photos.ts';

export const photos: typeof source = {
  title: 'Fotos',
  loading: 'Ihre Fotos werden gesucht …',
  emptyTitle: 'Platz für ein Leben voller Fotos',
  emptyLead:
    'Fügen Sie Fotos und Videos von diesem Gerät hinzu, oder ziehen Sie ganze Ordner auf diese Seite.',
  emptyTouchLead: 'Fügen Sie Fotos und Videos von diesem Gerät hinzu, so viele Sie möchten.',
  emptyButton: 'Fotos aussuchen',
  count: (count: number) => (count === 1 ? '1 Foto' : `${grouped(count)} Fotos`),
  photo: (date: string) => `Foto, ${date}`,
  video: (date: string, length: string) => `Video${length ? ` von ${length}` : ''}, ${date}`,
  live: (date: string) => `Live-Foto, ${date}`,
  favourite: 'Lieblingsfoto',
  stack: (count: number) => `Stapel mit ${grouped(count)}`,
  noPicture: 'noch ohne Bild',
  scrubber: 'Zu einem Datum springen',
  selectDay: (day: string) => `Alle vom ${day} auswählen`,
  favourites: {
    title: 'Favoriten',
    emptyTitle: 'Noch keine Favoriten',
    empty: 'Tippen Sie bei einem Foto, das Sie lieben, auf das Herz. Dann liegt es auch hier.',
  },
  archive: {
    title: 'Archiv',
    lead: 'Sicher aufbewahrt, und in der Zeitleiste nicht im Weg.',
    emptyTitle: 'Das Archiv ist leer',
    empty:
      'Bildschirmfotos, Quittungen und Ähnliches können hierher: Sie verlassen die Zeitleiste und bleiben in der Box.',
  },
  drop: 'Zum Hinzufügen loslassen',
  dropLead: 'Fotos, Videos und ganze Ordner',
};
