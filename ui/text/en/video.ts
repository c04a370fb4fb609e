/** Words of the video player. */
export const video = {
  quality: (name: string) => `Quality: ${name}`,
  original: 'Original',
  small: 'Small – for slow Wi-Fi',
  withSize: (words: string, size: string) => `${words} · ${size}`,
  making: 'The small version is still being made. Until it is there, the original plays.',
  impossible: 'There is no small version of this video.',
  instead: 'This browser cannot play the original. The small version plays instead.',
  unplayable: 'This browser cannot play the video. Download the original to watch it.',
  later: 'This browser cannot play the original. A version that it can play is still being made.',
};
