/**
 * What an ICC profile means for a preview.
 * - `srgb`: the numbers are those of sRGB (or so close that no eye can tell); the profile can be dropped.
 * - `display-p3`: what current phones write; browsers and phones show it as it is.
 * - `other-rgb`: Adobe RGB, ProPhoto, a scanner's own …; has to be converted.
 * - `not-rgb`: grey, CMYK, Lab; has to be converted.
 * - `unreadable`: damaged or not a profile; the numbers are best taken for sRGB.
 */
export type ColourSpace = 'srgb' | 'display-p3' | 'other-rgb' | 'not-rgb' | 'unreadable';

/** More tags than any profile of a camera or a screen has; a table that promises more is damage. */
const MOST_TAGS = 100;

type Triple = readonly [number, number, number];

/** XYZ of the red, green and blue colorants, adapted to D50 (IEC 61966-2-1; SMPTE EG 432-1 with a D65 white). */
const COLORANTS = {
  srgb: [
    [0.4361, 0.2225, 0.0139],
    [0.3851, 0.7169, 0.0971],
    [0.1431, 0.0606, 0.7141],
  ],
  'display-p3': [
    [0.5151, 0.2412, -0.0011],
    [0.292, 0.6922, 0.0419],
    [0.1571, 0.0666, 0.7841],
  ],
} as const satisfies Record<string, readonly [Triple, Triple, Triple]>;

/**
 * How far a colorant may be off. The sRGB profiles in use differ by 0.002 in how they adapt the white; the
 * nearest other space (Apple RGB) is 0.02 away.
 */
const COLORANT_TOLERANCE = 0.006;

/** How far the tone curve may be off sRGB's. A pure power of 2.2, which many "sRGB" profiles use, is within 0.007. */
const CURVE_TOLERANCE = 0.01;

/** Tells the colour space of an ICC profile; undefined stands for a picture without one, which is sRGB. */
export function readColourSpace(profile: Buffer | undefined): ColourSpace {
  if (!profile) return 'srgb';
  const tags = readTags(profile);
  if (!tags) return 'unreadable';
  if (profile.toString('latin1', 16, 20) !== 'RGB ') return 'not-rgb';
  // A lookup table takes precedence over the matrix, and what it does cannot be told from a few numbers.
  if (tags.has('A2B0')) return 'other-rgb';

  const colorants = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => readXyz(tags.get(name)));
  const curves = ['rTRC', 'gTRC', 'bTRC'].map((name) => tags.get(name));
  if (colorants.some((xyz) => !xyz) || curves.some((curve) => !curve)) return 'unreadable';
  if (!curves.every((curve) => curve && isSrgbCurve(curve))) return 'other-rgb';

  for (const [name, expected] of Object.entries(COLORANTS)) {
    const same = expected.every((xyz, channel) =>
      xyz.every((value, axis) => Math.abs(value - colorants[channel]![axis]!) <= COLORANT_TOLERANCE),
    );
    if (same) return name as keyof typeof COLORANTS;
  }
  return 'other-rgb';
}

/** The data of each tag (ICC.1:2010, 7.3), or undefined for bytes that are no profile. */
function readTags(profile: Buffer): Map<string, Buffer> | undefined {
  if (profile.length < 132 || profile.toString('latin1', 36, 40) !== 'acsp') return undefined;
  const count = profile.readUInt32BE(128);
  if (count > MOST_TAGS || profile.length < 132 + 12 * count) return undefined;
  const tags = new Map<string, Buffer>();
  for (let index = 0; index < count; index++) {
    const at = 132 + 12 * index;
    const offset = profile.readUInt32BE(at + 4);
    const bytes = profile.readUInt32BE(at + 8);
    if (offset + bytes > profile.length) return undefined;
    tags.set(profile.toString('latin1', at, at + 4), profile.subarray(offset, offset + bytes));
  }
  return tags;
}

function readXyz(tag: Buffer | undefined): Triple | undefined {
  if (!tag || tag.length < 20 || tag.toString('latin1', 0, 4) !== 'XYZ ') return undefined;
  return [tag.readInt32BE(8) / 65536, tag.readInt32BE(12) / 65536, tag.readInt32BE(16) / 65536];
}

const srgbCurve = (x: number): number => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);

function isSrgbCurve(tag: Buffer): boolean {
  const curve = readCurve(tag);
  if (!curve) return false;
  return [0.1, 0.25, 0.5, 0.75, 0.9].every((x) => Math.abs(curve(x) - srgbCurve(x)) <= CURVE_TOLERANCE);
}

/** The tone curve of a `curv` or `para` tag (ICC.1:2010, 10.5 and 10.15), from 0…1 to 0…1. */
function readCurve(tag: Buffer): ((x: number) => number) | undefined {
  const type = tag.toString('latin1', 0, 4);
  if (type === 'curv' && tag.length >= 12) return readSampledCurve(tag);
  if (type !== 'para' || tag.length < 16) return undefined;
  const kind = tag.readUInt16BE(8);
  const count = [1, 3, 4, 5, 7][kind];
  if (count === undefined || tag.length < 12 + 4 * count) return undefined;
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from(
    { length: count },
    (_, index) => tag.readInt32BE(12 + 4 * index) / 65536,
  );
  if (kind === 0) return (x) => x ** g;
  if (kind === 1) return (x) => (x >= -b / a ? (a * x + b) ** g : 0);
  if (kind === 2) return (x) => (x >= -b / a ? (a * x + b) ** g + c : c);
  if (kind === 3) return (x) => (x >= d ? (a * x + b) ** g : c * x);
  return (x) => (x >= d ? (a * x + b) ** g + e : c * x + f);
}

function readSampledCurve(tag: Buffer): ((x: number) => number) | undefined {
  const count = tag.readUInt32BE(8);
  if (count === 0) return (x) => x;
  if (tag.length < 12 + 2 * count) return undefined;
  if (count === 1) {
    const gamma = tag.readUInt16BE(12) / 256;
    return (x) => x ** gamma;
  }
  return (x) => {
    const at = x * (count - 1);
    const low = Math.floor(at);
    const first = tag.readUInt16BE(12 + 2 * low);
    const second = tag.readUInt16BE(12 + 2 * Math.min(low + 1, count - 1));
    return (first + (second - first) * (at - low)) / 65535;
  };
}
