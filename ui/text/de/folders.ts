import { grouped } from '../../numbers.ts';
import type { folders as source } from '../en/folders.ts';

export const folders: typeof source = {
  title: 'Ordner',
  lead: 'Ihre Fotos als gewöhnliche Dateien in gewöhnlichen Ordnern, so wie sie auf den Laufwerken liegen. Jeder Computer kann sie lesen.',
  onTheBox: 'In der Box',
  inside: 'Ordner hier drin',
  folders: (count: number) => (count === 1 ? '1 Ordner' : `${grouped(count)} Ordner`),
  way: 'Ordner über diesem',
  emptyTitle: 'Noch keine Ordner',
  empty: 'Fügen Sie Fotos hinzu, dann erscheint hier für jeden Monat ein Ordner.',
  noPhotosTitle: 'Hier sind keine Fotos mehr',
  noPhotos: 'Sie wurden verschoben oder gelöscht.',
  gone: 'Es gibt keinen Ordner dieses Namens, oder er ist leer.',
};
