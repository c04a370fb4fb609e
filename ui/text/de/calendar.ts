export const calendar = {
  title: 'Kalender',
  lead: 'Je kräftiger die Farbe, desto mehr Fotos entstanden an diesem Tag. Wählen Sie einen Tag, um seine Fotos zu sehen.',
  legend: 'Fotos an einem Tag',
  andMore: (count: string) => `${count}+`,
  day: (date: string, photos: string) => `${date}, ${photos}`,
  emptyTitle: 'Noch keine Tage mit Fotos',
  empty: 'Sobald es Fotos gibt, ist hier jeder Tag markiert, an dem eines entstand.',
};
