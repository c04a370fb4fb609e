import type { video as source } from '../en/video.ts';

export const video: typeof source = {
  quality: (name: string) => `Qualität: ${name}`,
  original: 'Original',
  small: 'Klein – für langsames WLAN',
  withSize: (words: string, size: string) => `${words} · ${size}`,
  making: 'Die kleine Fassung wird noch gemacht. Bis sie da ist, läuft das Original.',
  impossible: 'Von diesem Video gibt es keine kleine Fassung.',
  instead: 'Dieser Browser kann das Original nicht abspielen. Dafür läuft die kleine Fassung.',
  unplayable: 'Dieser Browser kann das Video nicht abspielen. Laden Sie das Original herunter.',
  later: 'Dieser Browser kann das Original nicht abspielen. Eine Fassung, die er kann, wird noch gemacht.',
};
