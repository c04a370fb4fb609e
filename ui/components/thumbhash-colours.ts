/** A small picture, three bytes for each pixel: red, green, blue; the upper row first. */
export interface Colours {
  width: number;
  height: number;
  rgb: Uint8Array;
}

/** The longer side: a thumbhash holds seven waves, and 16 pixels show them. */
const SIDE_PX = 16;

/** How much of a channel swings how often across and down. */
interface Wave {
  across: number;
  down: number;
  share: number;
}

/**
 * The few colours that a thumbhash stands for. A thumbhash is a number of bits, the lowest first: the mean of the
 * lightness and of two differences of colours, how far each swings, then four bits for each of their waves.
 */
export function readColours(hash: Uint8Array): Colours {
  let at = 0;
  const take = (bits: number): number => {
    let value = 0;
    for (let bit = 0; bit < bits; bit += 1, at += 1) value |= (((hash[at >> 3] ?? 0) >> (at & 7)) & 1) << bit;
    return value;
  };
  const lightness = take(6) / 63;
  const yellow = take(6) / 31.5 - 1;
  const red = take(6) / 31.5 - 1;
  const lightnessSwing = take(5) / 31;
  const hasAlpha = take(1) === 1;
  const shorter = take(3);
  const yellowSwing = (take(6) / 63) * 1.25;
  const redSwing = (take(6) / 63) * 1.25;
  const isWide = take(1) === 1;
  // How see-through it is matters to no photo, but it takes its place.
  if (hasAlpha) take(8);
  const longer = hasAlpha ? 5 : 7;
  const across = isWide ? longer : shorter;
  const down = isWide ? shorter : longer;

  const readWaves = (columns: number, rows: number, swing: number): Wave[] => {
    const waves: Wave[] = [];
    for (let y = 0; y < rows; y += 1)
      for (let x = y === 0 ? 1 : 0; x * rows < columns * (rows - y); x += 1)
        waves.push({ across: x, down: y, share: 2 * swing * (take(4) / 7.5 - 1) });
    return waves;
  };
  const ofLightness = readWaves(Math.max(3, across), Math.max(3, down), lightnessSwing);
  const ofYellow = readWaves(3, 3, yellowSwing);
  const ofRed = readWaves(3, 3, redSwing);

  const ratio = across / down;
  const width = Math.max(1, Math.round(ratio > 1 ? SIDE_PX : SIDE_PX * ratio));
  const height = Math.max(1, Math.round(ratio > 1 ? SIDE_PX / ratio : SIDE_PX));
  const swingAcross = swings(width);
  const swingDown = swings(height);
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, to += 3) {
      const add = (mean: number, waves: readonly Wave[]): number => {
        let value = mean;
        for (const wave of waves)
          value += wave.share * swingAcross[WAVES * x + wave.across]! * swingDown[WAVES * y + wave.down]!;
        return value;
      };
      const light = add(lightness, ofLightness);
      const blue = light - (2 / 3) * add(yellow, ofYellow);
      const redToGreen = add(red, ofRed);
      const r = (3 * light - blue + redToGreen) / 2;
      rgb[to] = toByte(r);
      rgb[to + 1] = toByte(r - redToGreen);
      rgb[to + 2] = toByte(blue);
    }
  }
  return { width, height, rgb };
}

const toByte = (value: number): number => 255 * Math.min(1, Math.max(0, value));

/** As many waves as a channel has at most. */
const WAVES = 7;

const made = new Map<number, Float64Array>();

/** Where each wave stands in the middle of each of `count` pixels. Kept: there are only sixteen lengths. */
function swings(count: number): Float64Array {
  const known = made.get(count);
  if (known) return known;
  const values = new Float64Array(WAVES * count);
  for (let at = 0; at < count; at += 1)
    for (let wave = 0; wave < WAVES; wave += 1)
      values[WAVES * at + wave] = Math.cos((Math.PI / count) * (at + 0.5) * wave);
  made.set(count, values);
  return values;
}
