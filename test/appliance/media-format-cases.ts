import { readFile, writeFile } from 'node:fs/promises';
import { cutFile, makeHostileSvg, makeNoise, makePixelBombPng } from '#test/fixtures/hostile-media';
import * as still from '#test/fixtures/media';
import { makeMotionPhoto, makeVideo } from '#test/fixtures/moving-media';

/** What the box says of a file. */
export interface Asset {
  id: string;
  type: string;
  originalMimeType: string;
  fileCreatedAt: string;
  localDateTime: string;
  width: number | null;
  height: number | null;
  duration: number | null;
  livePhotoVideoId: string | null;
  visibility: string;
  thumbhash: string | null;
  problem?: { code: string; message: string };
  exifInfo: {
    timeZone: string | null;
    orientation: string | null;
    exifImageWidth: number | null;
    exifImageHeight: number | null;
    city: string | null;
    country: string | null;
    latitude: number | null;
    longitude: number | null;
    rating: number | null;
    description: string;
    make: string | null;
  };
}

/** A file, and what is to be said of it. */
export interface FormatCase {
  name: string;
  make: (path: string) => Promise<unknown>;
  sidecar?: string;
  /** Of the asset and of its exifInfo; what is not mentioned is not looked at. */
  says: Partial<Omit<Asset, 'exifInfo' | 'problem'> & Asset['exifInfo']> & { problem?: string };
  /** The file cannot be shown: no pictures, but words. */
  isUnseen?: true;
}

/** 4 July 2021, half past noon in Berlin. */
export const SUMMER = { DateTimeOriginal: '2021:07:04 12:30:00', OffsetTimeOriginal: '+02:00' };
const summer = {
  fileCreatedAt: '2021-07-04T10:30:00.000Z',
  localDateTime: '2021-07-04T12:30:00.000Z',
  timeZone: 'UTC+2',
};
/** A file that says nothing of its time has that of its upload. */
const uploaded = {
  fileCreatedAt: '2024-05-01T10:00:00.000Z',
  localDateTime: '2024-05-01T10:00:00.000Z',
  timeZone: null,
};
const gps = (latitude: number, longitude: number) => ({
  GPSLatitude: String(Math.abs(latitude)),
  GPSLatitudeRef: latitude < 0 ? 'S' : 'N',
  GPSLongitude: String(Math.abs(longitude)),
  GPSLongitudeRef: longitude < 0 ? 'W' : 'E',
});
const landscape = { type: 'IMAGE', width: 320, height: 240 };
const portrait = { type: 'IMAGE', width: 240, height: 320 };

export const FORMAT_CASES: FormatCase[] = [
  {
    name: 'phone.jpg',
    make: (path) =>
      still.makeJpeg(path, { orientation: 6, exif: { ...SUMMER, ...gps(52.5163, 13.3777), Make: 'Maker' } }),
    says: {
      ...portrait,
      ...summer,
      originalMimeType: 'image/jpeg',
      orientation: '6',
      exifImageWidth: 320,
      exifImageHeight: 240,
      city: 'Tiergarten',
      country: 'Germany',
      make: 'Maker',
    },
  },
  {
    name: 'no offset, but a place.jpg',
    make: (path) =>
      still.makeJpeg(path, {
        seed: 2,
        exif: { DateTimeOriginal: '2021:07:04 12:30:00', ...gps(35.6812, 139.7671) },
      }),
    says: {
      ...landscape,
      fileCreatedAt: '2021-07-04T03:30:00.000Z',
      localDateTime: '2021-07-04T12:30:00.000Z',
      timeZone: 'Asia/Tokyo',
      country: 'Japan',
    },
  },
  {
    name: 'southern and western.jpg',
    make: (path) => still.makeJpeg(path, { seed: 3, exif: { ...SUMMER, ...gps(-22.9519, -43.2105) } }),
    says: { ...landscape, ...summer, latitude: -22.9519, longitude: -43.2105, country: 'Brazil' },
  },
  {
    name: 'IMG_1.HEIC',
    make: (path) => still.makeHeic(path, { orientation: 6, exif: { ...SUMMER, ...gps(48.8584, 2.2945) } }),
    says: { ...portrait, ...summer, originalMimeType: 'image/heic', country: 'France' },
  },
  {
    name: 'picture.avif',
    make: (path) => still.makeAvif(path, { exif: SUMMER }),
    says: { ...landscape, ...summer, originalMimeType: 'image/avif' },
  },
  {
    name: 'animated.webp',
    make: (path) => still.makeWebp(path, { frames: 3, alpha: true, exif: SUMMER }),
    says: { ...landscape, ...summer, originalMimeType: 'image/webp' },
  },
  {
    name: 'deep.png',
    make: (path) => still.makePng(path, { bits: 16, alpha: true, exif: SUMMER }),
    says: { ...landscape, ...summer, originalMimeType: 'image/png' },
  },
  {
    name: 'animated.gif',
    make: (path) => still.makeGif(path, { frames: 3 }),
    says: { ...landscape, ...uploaded, originalMimeType: 'image/gif' },
  },
  {
    name: 'scan.tif',
    make: (path) => still.makeTiff(path, { orientation: 8, exif: SUMMER }),
    says: { ...portrait, ...summer, originalMimeType: 'image/tiff' },
  },
  {
    name: 'modern.jxl',
    make: (path) => still.makeJxl(path, { fromJpeg: true, orientation: 6, exif: SUMMER }),
    says: { ...portrait, ...summer, originalMimeType: 'image/jxl' },
  },
  {
    name: 'old.bmp',
    make: (path) => still.makeBmp(path),
    says: { ...landscape, ...uploaded, originalMimeType: 'image/bmp' },
  },
  {
    name: 'camera.dng',
    make: (path) =>
      still.makeDng(path, {
        widthPx: 1200,
        heightPx: 1000,
        orientation: 6,
        exif: { ...SUMMER, ...gps(1, 2) },
      }),
    says: { type: 'IMAGE', width: 1000, height: 1200, ...summer, originalMimeType: 'image/x-adobe-dng' },
  },
  {
    name: 'drawing.svg',
    make: (path) => writeFile(path, still.pictureSvg(320, 240, 9)),
    says: { ...landscape, ...uploaded, originalMimeType: 'image/svg+xml' },
  },
  {
    name: 'clip.mp4',
    make: (path) => makeVideo(path, { seconds: 1, createdAt: '2021-07-04T10:30:00Z' }),
    says: { type: 'VIDEO', width: 320, height: 240, fileCreatedAt: '2021-07-04T10:30:00.000Z' },
  },
  {
    name: 'turned.MOV',
    make: (path) =>
      makeVideo(path, {
        seed: 2,
        seconds: 1,
        rotation: 90,
        keys: {
          'com.apple.quicktime.creationdate': '2021-07-04T12:30:00+0200',
          'com.apple.quicktime.location.ISO6709': '+52.5163+013.3777/',
        },
      }),
    says: { type: 'VIDEO', width: 240, height: 320, ...summer, country: 'Germany' },
  },
  {
    name: 'PXL_1.MP.jpg',
    make: (path) => makeMotionPhoto(path, 'google', { exif: SUMMER }),
    says: { ...landscape, ...summer },
  },
  {
    name: 'vivid.jpg',
    make: (path) => still.makeJpeg(path, { profile: 'p3', exif: { ...SUMMER, ...gps(52.5, 13.4) } }),
    says: { ...landscape, ...summer },
  },
  {
    name: 'described.jpg',
    make: (path) => still.makeJpeg(path, { seed: 5, exif: SUMMER }),
    sidecar: `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" exif:DateTimeOriginal="2001-02-03T04:05:06+01:00" xmp:Rating="4"
 exif:GPSLatitude="41,53.4N" exif:GPSLongitude="12,29.5E">
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">Grandmother in Rome</rdf:li></rdf:Alt></dc:description>
</rdf:Description></rdf:RDF></x:xmpmeta>`,
    says: {
      ...landscape,
      fileCreatedAt: '2001-02-03T03:05:06.000Z',
      localDateTime: '2001-02-03T04:05:06.000Z',
      timeZone: 'UTC+1',
      rating: 4,
      description: 'Grandmother in Rome',
      city: 'Celio',
      country: 'Italy',
    },
  },
  {
    name: 'truncated.jpg',
    make: async (path) => {
      await still.makeJpeg(path, { widthPx: 1600, heightPx: 1200, seed: 6, exif: SUMMER });
      await cutFile(path, 0.6);
    },
    says: {
      type: 'IMAGE',
      width: 1600,
      height: 1200,
      ...summer,
      problem: 'This photo is damaged: only its first part could be read.',
    },
  },
  {
    name: 'IMG_2.JPG',
    make: (path) => still.makeHeic(path, { seed: 7, exif: SUMMER }),
    says: { ...landscape, ...summer, originalMimeType: 'image/heic' },
  },
  {
    name: 'really a video.jpg',
    make: async (path) => {
      await makeVideo(`${path}.mp4`, { seed: 3, seconds: 1 });
      await writeFile(path, await readFile(`${path}.mp4`));
    },
    says: { type: 'VIDEO', originalMimeType: 'video/mp4', width: 320, height: 240 },
  },
  {
    name: 'hostile.svg',
    make: (path) => makeHostileSvg(path, '/etc/hostname'),
    says: { type: 'IMAGE', width: 300, height: 200, originalMimeType: 'image/svg+xml' },
  },
  {
    name: 'bomb.png',
    make: (path) => makePixelBombPng(path),
    isUnseen: true,
    says: {
      type: 'IMAGE',
      ...uploaded,
      problem: 'This picture is too large to open (60,000 × 60,000 pixels).',
    },
  },
  {
    name: 'noise.jpg',
    make: (path) => makeNoise(path),
    isUnseen: true,
    says: {
      type: 'IMAGE',
      ...uploaded,
      problem: 'This is not a picture: its content is of no known kind.',
    },
  },
  {
    name: 'zeros.heic',
    make: (path) => writeFile(path, Buffer.alloc(50_000)),
    isUnseen: true,
    says: { type: 'IMAGE', ...uploaded, problem: 'This file is damaged and cannot be opened.' },
  },
  {
    name: 'noise.mp4',
    make: (path) => makeNoise(path, 30_000, 2),
    isUnseen: true,
    says: { type: 'VIDEO', ...uploaded, problem: 'This file is damaged and cannot be opened.' },
  },
];
