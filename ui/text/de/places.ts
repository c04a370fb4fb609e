import { grouped } from '../../numbers.ts';

export const places = {
  title: 'Orte',
  lead: (photos: number, towns: number) =>
    `${photos === 1 ? 'Von 1 Foto' : `Von ${grouped(photos)} Fotos`} ist bekannt, wo es war${towns > 0 ? `: an ${towns === 1 ? '1 Ort' : `${grouped(towns)} Orten`}` : ''}.`,
  counting: 'Die Fotos kommen auf die Karte …',
  map: 'Karte der Fotos. Pfeiltasten verschieben sie, Plus und Minus ändern ihre Größe.',
  zoomIn: 'Näher heran',
  zoomOut: 'Weiter weg',
  showAll: 'Alle Fotos zeigen',
  cluster: (count: number, name: string) =>
    `${count === 1 ? '1 Foto' : `${grouped(count)} Fotos`}${name ? `, ${name}` : ''}`,
  towns: 'Orte mit Fotos',
  findTown: 'Ort finden',
  noTown: 'An keinem Ort dieses Namens gibt es Fotos.',
  here: 'In diesem Teil der Karte',
  hereEmptyTitle: 'Keine Fotos in diesem Teil der Karte',
  hereEmpty: 'Verschieben Sie die Karte, oder wählen Sie einen Ort aus der Liste.',
  showHere: 'Fotos von hier zeigen',
  pick: {
    map: 'Karte. Pfeiltasten verschieben sie, Plus und Minus ändern ihre Größe, die Eingabetaste setzt die Nadel in die Mitte.',
    hint: 'Ein Klick auf die Karte setzt die Nadel dorthin.',
  },
  covers:
    'Die Karte liegt in der Box und fragt niemanden im Internet. Sie zeigt die Küsten und Ländergrenzen der ganzen Welt (Natural Earth, 1 : 50 Millionen), ohne Straßen und sehr kleine Inseln.',
  emptyTitle: 'Noch kennt kein Foto seinen Ort',
  empty:
    'Handys schreiben den Ort ins Foto, wenn ihre Kamera ihn wissen darf. Sie können Fotos auch auswählen und ihnen von Hand einen Ort geben.',
};
