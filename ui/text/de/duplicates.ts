import { grouped } from '../../numbers.ts';
import type { duplicates as source } from '../en/duplicates.ts';

const photos = (count: number) => (count === 1 ? '1 Foto' : `${grouped(count)} Fotos`);

export const duplicates: typeof source = {
  title: 'Doppelte',
  lead: 'Fotos, die sich gleichen, nebeneinander. Ein und dieselbe Datei wird nie zweimal gespeichert.',
  count: (count: number) => (count === 1 ? '1 Gruppe zum Ansehen' : `${grouped(count)} Gruppen zum Ansehen`),
  group: (count: number) => `${photos(count)}, die sich gleichen`,
  open: (name: string) => `${name} ansehen`,
  keepThis: (name: string) => `${name} behalten`,
  kept: 'Bleibt',
  goes: 'In den Papierkorb',
  name: 'Name',
  taken: 'Aufgenommen',
  size: 'Größe',
  folder: 'Ordner',
  keepSome: 'Wählen, was bleibt',
  keepChosen: (kept: number, trashed: number) =>
    trashed === 0
      ? 'Alle bleiben'
      : `${kept === 1 ? 'Dieses' : `Diese ${grouped(kept)}`} behalten, ${grouped(trashed)} in den Papierkorb`,
  keepAll: 'Alle behalten',
  stack: 'Stapeln',
  resolved: (trashed: number) => `${photos(trashed)} im Papierkorb`,
  keptAll: 'Alle bleiben',
  changed: 'Diese Gruppe hat sich inzwischen geändert. Bitte sehen Sie noch einmal nach.',
  showMore: 'Mehr zeigen',
  emptyTitle: 'Nichts gleicht sich',
  empty: 'Es gibt nichts aufzuräumen. Was eine App als ähnlich markiert hat, erscheint hier.',
};
