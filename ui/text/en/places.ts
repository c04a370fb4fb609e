import { grouped } from '../../numbers.ts';

/** Words of the map. */
export const places = {
  title: 'Places',
  lead: (photos: number, towns: number) => {
    const known =
      photos === 1
        ? '1 photo knows where it was taken'
        : `${grouped(photos)} photos know where they were taken`;
    return towns === 0
      ? `${known}.`
      : `${known}, in ${towns === 1 ? '1 place' : `${grouped(towns)} places`}.`;
  },
  counting: 'Putting your photos on the map…',
  map: 'Map of your photos. Arrow keys move it, plus and minus change its size.',
  zoomIn: 'Nearer',
  zoomOut: 'Farther',
  showAll: 'Show all photos',
  cluster: (count: number, name: string) =>
    `${count === 1 ? '1 photo' : `${grouped(count)} photos`}${name ? `, ${name}` : ''}`,
  towns: 'Places with photos',
  findTown: 'Find a place',
  noTown: 'None of your photos were taken in a place of this name.',
  here: 'In this part of the map',
  hereEmptyTitle: 'No photos in this part of the map',
  hereEmpty: 'Move the map, or choose a place from the list.',
  showHere: 'Show the photos here',
  pick: {
    map: 'Map. Arrow keys move it, plus and minus change its size, Enter puts the pin in its middle.',
    hint: 'Click on the map to put the pin there.',
  },
  covers:
    'The map is kept in the box and asks nobody on the internet. It shows the coasts and the borders of countries of the whole world (Natural Earth, 1 : 50 million), without streets and very small islands.',
  emptyTitle: 'No photo knows its place yet',
  empty:
    'Phones write the place into a photo when their camera may know it. You can also choose photos and give them a place by hand.',
};
