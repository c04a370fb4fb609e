import type { viewer as source } from '../en/viewer.ts';

export const viewer: typeof source = {
  label: 'Fotobetrachter',
  back: 'Zurück zu allen Fotos',
  previous: 'Neueres Foto',
  next: 'Älteres Foto',
  download: 'Original herunterladen',
  loading: 'Das Foto wird geholt …',
  preparing: 'Das Bild wird vorbereitet. Es erscheint hier in einem Moment.',
  noPicture: 'Von dieser Datei gibt es noch kein Bild.',
  problem: 'Das Original ist aufbewahrt, aber etwas sollten Sie wissen:',
  videoUnplayable: 'Dieser Browser kann das Video nicht abspielen. Laden Sie das Original herunter.',
};
