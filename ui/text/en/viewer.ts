/** Words of the viewer. */
export const viewer = {
  label: 'Photo viewer',
  back: 'Back to all photos',
  previous: 'Newer photo',
  next: 'Older photo',
  download: 'Download original',
  loading: 'Fetching the photo…',
  preparing: 'The picture is being prepared. It appears here in a moment.',
  noPicture: 'There is no picture of this file yet.',
  problem: 'The original is kept, but there is something to know about it:',
  videoUnplayable: 'This browser cannot play the video. Download the original to watch it.',
};
