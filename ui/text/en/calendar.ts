/** Words of the calendar. */
export const calendar = {
  title: 'Calendar',
  lead: 'The stronger the colour, the more photos were taken that day. Choose a day to see its photos.',
  legend: 'Photos on a day',
  andMore: (count: string) => `${count}+`,
  day: (date: string, photos: string) => `${date}, ${photos}`,
  emptyTitle: 'No days with photos yet',
  empty: 'As soon as there are photos, every day on which one was taken is marked here.',
};
