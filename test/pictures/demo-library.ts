import { join } from 'node:path';
import sharp from 'sharp';
import { createRandom, drawScene, type SceneName } from './scenes.ts';

/** One photo of the demo library. */
export interface DemoPhoto {
  name: string;
  scene: SceneName;
  widthPx: number;
  heightPx: number;
  /** Wall clock at the place of capture, `2025:07:04 12:30:00`. */
  takenAt: string;
  /** Degrees; absent for photos that do not know where they are. */
  latitude?: number;
  longitude?: number;
}

/** What a family did in two years, newest first: what they saw, on which days, how many photos. */
const OUTINGS: readonly {
  day: string;
  scenes: readonly SceneName[];
  count: number;
  place?: readonly [number, number];
}[] = [
  { day: '2026-11-08', scenes: ['forest', 'portrait'], count: 5, place: [47.99, 7.85] },
  { day: '2026-11-01', scenes: ['forest'], count: 2, place: [47.99, 7.85] },
  { day: '2026-10-24', scenes: ['birthday', 'family', 'portrait'], count: 9 },
  { day: '2026-10-18', scenes: ['balloons'], count: 3, place: [48.06, 8.46] },
  { day: '2026-10-17', scenes: ['flowers'], count: 1 },
  { day: '2026-10-11', scenes: ['mountains'], count: 1, place: [47.42, 10.98] },
  { day: '2026-10-10', scenes: ['mountains', 'family'], count: 6, place: [47.42, 10.98] },
  { day: '2026-08-22', scenes: ['beach', 'family', 'beach', 'portrait'], count: 14, place: [43.77, 7.5] },
  { day: '2026-08-21', scenes: ['beach', 'city'], count: 7, place: [43.7, 7.27] },
  { day: '2026-08-20', scenes: ['dunes', 'beach'], count: 4, place: [43.7, 7.27] },
  { day: '2026-08-15', scenes: ['flowers'], count: 2 },
  { day: '2026-06-14', scenes: ['meadow', 'portrait', 'flowers'], count: 6, place: [47.66, 9.18] },
  { day: '2026-05-03', scenes: ['meadow'], count: 3, place: [47.66, 9.18] },
  { day: '2025-12-28', scenes: ['snow', 'family'], count: 6, place: [46.62, 8.04] },
  { day: '2025-12-24', scenes: ['birthday', 'portrait'], count: 4 },
  { day: '2025-09-06', scenes: ['city'], count: 5, place: [52.52, 13.4] },
  { day: '2025-07-19', scenes: ['dunes', 'mountains'], count: 5, place: [38.72, -9.14] },
];

/** Width by height of what phones and cameras make, and how often. */
const SHAPES = [
  [1600, 1200],
  [1600, 1200],
  [1200, 1600],
  [1620, 1080],
  [1600, 900],
  [1080, 1620],
  [1400, 1400],
] as const;

/** The photos of the demo library; always the same ones. */
export function planDemoLibrary(): DemoPhoto[] {
  const random = createRandom(7);
  const photos: DemoPhoto[] = [];
  for (const { day, scenes, count, place } of OUTINGS) {
    for (let index = 0; index < count; index += 1) {
      const scene = scenes[index % scenes.length]!;
      const [widthPx, heightPx] =
        scene === 'portrait' && random() < 0.7
          ? ([1200, 1600] as const)
          : SHAPES[Math.floor(random() * SHAPES.length)]!;
      const minutes = 9 * 60 + Math.floor(((index + random() * 0.8) / count) * 9 * 60);
      const two = (value: number) => String(value).padStart(2, '0');
      const photo: DemoPhoto = {
        name: `IMG_${day.replaceAll('-', '')}_${String(index + 1).padStart(3, '0')}.jpg`,
        scene,
        widthPx,
        heightPx,
        takenAt: `${day.replaceAll('-', ':')} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(index)}`,
      };
      if (place) {
        photo.latitude = place[0] + (random() - 0.5) * 0.02;
        photo.longitude = place[1] + (random() - 0.5) * 0.02;
      }
      photos.push(photo);
    }
  }
  return photos;
}

/** Draws a photo into `folder` as a JPEG with the tags a phone writes. Returns its path. */
export async function drawDemoPhoto(photo: DemoPhoto, folder: string, seed: number): Promise<string> {
  const { name, scene, widthPx, heightPx, takenAt, latitude, longitude } = photo;
  const file = join(folder, name);
  const svg = drawScene(scene, widthPx, heightPx, seed);
  await sharp(Buffer.from(svg))
    .flatten({ background: '#000' })
    .composite([
      {
        input: {
          create: {
            width: widthPx,
            height: heightPx,
            channels: 3,
            background: '#808080',
            noise: { type: 'gaussian', mean: 128, sigma: 14 },
          },
        },
        blend: 'soft-light',
      },
    ])
    .modulate({ saturation: 0.94 })
    .withExif({
      IFD0: { Make: 'Larch', Model: 'Pocket 12', Software: 'Shoebox demo' },
      IFD2: {
        DateTimeOriginal: takenAt,
        OffsetTimeOriginal: '+02:00',
        FNumber: '18/10',
        ExposureTime: '1/240',
        ISOSpeedRatings: '64',
        FocalLength: '26/1',
      },
      ...(latitude !== undefined && longitude !== undefined && { IFD3: gpsTags(latitude, longitude) }),
    })
    .jpeg({ quality: 82 })
    .toFile(file);
  return file;
}

function gpsTags(latitude: number, longitude: number): Record<string, string> {
  const asDegrees = (value: number) => {
    const size = Math.abs(value);
    const minutes = (size % 1) * 60;
    return `${Math.floor(size)}/1 ${Math.floor(minutes)}/1 ${Math.round((minutes % 1) * 6000)}/100`;
  };
  return {
    GPSLatitudeRef: latitude < 0 ? 'S' : 'N',
    GPSLatitude: asDegrees(latitude),
    GPSLongitudeRef: longitude < 0 ? 'W' : 'E',
    GPSLongitude: asDegrees(longitude),
  };
}
