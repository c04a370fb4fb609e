/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What a drawn photo shows. */
export type SceneName = keyof typeof SCENES;

type Random = () => number;

/** A drawing of `widthPx` by `heightPx` as SVG; the same for the same seed. */
export function drawScene(name: SceneName, widthPx: number, heightPx: number, seed: number): string {
  const random = createRandom(seed);
  const body = SCENES[name](widthPx, heightPx, random);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}">${body}</svg>`;
}

const between = (random: Random, low: number, high: number) => low + random() * (high - low);
const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

function sky(w: number, h: number, stops: readonly string[]): string {
  const list = stops
    .map((color, index) => `<stop offset="${index / (stops.length - 1)}" stop-color="${color}"/>`)
    .join('');
  return `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">${list}</linearGradient><filter id="soft"><feGaussianBlur stdDeviation="${w / 160}"/></filter><filter id="softer"><feGaussianBlur stdDeviation="${w / 60}"/></filter></defs><rect width="${w}" height="${h}" fill="url(#sky)"/>`;
}

/** A ridge from left to right, filled to the lower edge. */
function ridge(
  w: number,
  h: number,
  random: Random,
  y: number,
  height: number,
  steps: number,
  fill: string,
): string {
  const points: string[] = [];
  for (let index = 0; index <= steps; index += 1)
    points.push(`${(w * index) / steps},${y - random() * height}`);
  return `<path d="M0,${h} L${points.join(' L')} L${w},${h} Z" fill="${fill}"/>`;
}

/** A rolling line instead of a jagged one. */
function hill(w: number, h: number, random: Random, y: number, height: number, fill: string): string {
  const a = y - between(random, -height, height);
  const b = y - between(random, -height, height);
  return `<path d="M0,${h} L0,${y} C${w * 0.3},${a} ${w * 0.6},${b} ${w},${y - between(random, -height, height) / 2} L${w},${h} Z" fill="${fill}"/>`;
}

function clouds(w: number, h: number, random: Random, color: string): string {
  let body = '';
  for (let index = 0; index < 5; index += 1) {
    const x = random() * w;
    const y = between(random, 0.05, 0.35) * h;
    for (let puff = 0; puff < 5; puff += 1)
      body += `<ellipse cx="${x + between(random, -1, 1) * w * 0.08}" cy="${y + between(random, -1, 1) * h * 0.02}" rx="${w * between(random, 0.04, 0.09)}" ry="${h * between(random, 0.015, 0.035)}"/>`;
  }
  return `<g fill="${color}" opacity="0.75" filter="url(#soft)">${body}</g>`;
}

function tree(x: number, base: number, size: number, color: string): string {
  return `<path d="M${x},${base - size} L${x + size * 0.28},${base} L${x - size * 0.28},${base} Z" fill="${color}"/>`;
}

/** A person from the chest up, simple and friendly. */
function person(x: number, base: number, size: number, random: Random): string {
  const skin = pick(random, ['#f1c7a5', '#dba37c', '#b97a52', '#8a5638', '#f6d7bd']);
  const hair = pick(random, ['#3a2417', '#6b4226', '#c8974f', '#1d1714', '#8d8078']);
  const shirt = pick(random, ['#b9472b', '#2f5d73', '#d9a441', '#52703f', '#7b4a66', '#e9e2d5']);
  const head = size * 0.23;
  const y = base - size * 0.68;
  return `<path d="M${x - size * 0.42},${base} C${x - size * 0.42},${base - size * 0.42} ${x + size * 0.42},${base - size * 0.42} ${x + size * 0.42},${base} Z" fill="${shirt}"/><rect x="${x - head * 0.38}" y="${y}" width="${head * 0.76}" height="${size * 0.36}" rx="${head * 0.3}" fill="${skin}"/><ellipse cx="${x}" cy="${y - head * 0.28}" rx="${head * 1.08}" ry="${head * 1.18}" fill="${hair}"/><ellipse cx="${x}" cy="${y}" rx="${head * 0.92}" ry="${head * 1.08}" fill="${skin}"/><path d="M${x - head * 0.95},${y - head * 0.25} C${x - head * 0.6},${y - head * 1.25} ${x + head * 0.7},${y - head * 1.25} ${x + head * 0.95},${y - head * 0.15} C${x + head * 0.3},${y - head * 0.55} ${x - head * 0.4},${y - head * 0.6} ${x - head * 0.95},${y - head * 0.25} Z" fill="${hair}"/><circle cx="${x - head * 0.34}" cy="${y + head * 0.06}" r="${head * 0.09}" fill="#2a1d16"/><circle cx="${x + head * 0.34}" cy="${y + head * 0.06}" r="${head * 0.09}" fill="#2a1d16"/><path d="M${x - head * 0.34},${y + head * 0.42} Q${x},${y + head * 0.78} ${x + head * 0.34},${y + head * 0.42}" fill="none" stroke="#8c3b2e" stroke-width="${head * 0.1}" stroke-linecap="round"/>`;
}

const SCENES = {
  mountains: (w: number, h: number, random: Random) => {
    const [top, low, far, middle, near] = pick(random, [
      ['#5f8fb8', '#f3dcc0', '#9db3c1', '#6a8798', '#37505c'],
      ['#32466b', '#f0a36b', '#8a7fa0', '#54527a', '#26294a'],
      ['#84b6d9', '#eef4f2', '#b6c9cc', '#7d9a8c', '#3f6247'],
    ] as const);
    return `${sky(w, h, [top, low])}<circle cx="${w * between(random, 0.2, 0.8)}" cy="${h * 0.42}" r="${h * 0.06}" fill="#fff3d6" opacity="0.9" filter="url(#soft)"/>${clouds(w, h, random, '#fffaf2')}${ridge(w, h, random, h * 0.62, h * 0.26, 9, far)}${ridge(w, h, random, h * 0.74, h * 0.2, 12, middle)}${hill(w, h, random, h * 0.86, h * 0.08, near)}${Array.from({ length: 26 }, () => tree(random() * w, h * between(random, 0.9, 1.04), h * between(random, 0.07, 0.16), near)).join('')}`;
  },
  beach: (w: number, h: number, random: Random) => {
    const evening = random() < 0.5;
    const colors = evening ? ['#3f5f8f', '#f2a679', '#fbd9a0'] : ['#4fa3d9', '#cfeaf5'];
    const sea = evening ? '#5d7c95' : '#2f8fae';
    const boatX = w * between(random, 0.2, 0.8);
    return `${sky(w, h, colors)}${evening ? '' : clouds(w, h, random, '#ffffff')}<circle cx="${w * 0.7}" cy="${h * (evening ? 0.5 : 0.15)}" r="${h * 0.07}" fill="#fff0c4" filter="url(#soft)"/><rect y="${h * 0.54}" width="${w}" height="${h * 0.3}" fill="${sea}"/>${Array.from({ length: 22 }, () => `<rect x="${random() * w}" y="${h * between(random, 0.56, 0.8)}" width="${w * between(random, 0.03, 0.12)}" height="${h * 0.004}" fill="#ffffff" opacity="0.35"/>`).join('')}<path d="M${boatX},${h * 0.55} l${w * 0.06},0 l-${w * 0.012},${h * 0.025} l-${w * 0.036},0 Z" fill="#7a3b22"/><path d="M${boatX + w * 0.03},${h * 0.54} l0,-${h * 0.13} l${w * 0.035},${h * 0.12} Z" fill="#fffaf0"/><path d="M0,${h} L0,${h * 0.82} C${w * 0.3},${h * 0.76} ${w * 0.6},${h * 0.88} ${w},${h * 0.79} L${w},${h} Z" fill="#e7cfa2"/><path d="M0,${h * 0.83} C${w * 0.3},${h * 0.77} ${w * 0.6},${h * 0.89} ${w},${h * 0.8}" stroke="#fff" stroke-width="${h * 0.012}" fill="none" opacity="0.8"/>`;
  },
  forest: (w: number, h: number, random: Random) => {
    const tones = pick(random, [
      ['#dfe8d2', '#a9c09a', '#6f9167', '#3e6344', '#22402c'],
      ['#f3dfb9', '#e3b173', '#c9803f', '#93512a', '#4e2d1c'],
    ]);
    let body = sky(w, h, [tones[0]!, tones[1]!]);
    for (let layer = 1; layer < 5; layer += 1)
      for (let index = 0; index < 15; index += 1)
        body += tree(
          random() * w,
          h * (0.62 + layer * 0.11),
          h * between(random, 0.3, 0.55) * (0.6 + layer * 0.14),
          tones[layer]!,
        );
    return body;
  },
  city: (w: number, h: number, random: Random) => {
    let body = sky(w, h, ['#1b2444', '#4b3f72', '#c97b84']);
    for (let layer = 0; layer < 2; layer += 1)
      for (let x = 0; x < w; ) {
        const width = w * between(random, 0.05, 0.11);
        const height = h * between(random, 0.2, 0.6) * (layer === 0 ? 1.1 : 0.8);
        body += `<rect x="${x}" y="${h - height}" width="${width}" height="${height}" fill="${layer === 0 ? '#2b2f55' : '#171b36'}"/>`;
        if (layer === 1)
          for (let lights = 0; lights < 16; lights += 1)
            body += `<rect x="${x + random() * width * 0.85}" y="${h - random() * height}" width="${w * 0.006}" height="${h * 0.014}" fill="#ffd98a" opacity="${between(random, 0.4, 1)}"/>`;
        x += width;
      }
    return body;
  },
  meadow: (w: number, h: number, random: Random) => {
    let body = `${sky(w, h, ['#7fc0e8', '#e9f5f5'])}${clouds(w, h, random, '#ffffff')}${hill(w, h, random, h * 0.6, h * 0.08, '#8fb56d')}${hill(w, h, random, h * 0.72, h * 0.07, '#6f9d4f')}${hill(w, h, random, h * 0.84, h * 0.05, '#54833c')}`;
    for (let index = 0; index < 90; index += 1)
      body += `<circle cx="${random() * w}" cy="${h * between(random, 0.82, 1)}" r="${h * between(random, 0.004, 0.013)}" fill="${pick(random, ['#f4d35e', '#ee6352', '#ffffff', '#c77dba'])}"/>`;
    return body;
  },
  snow: (w: number, h: number, random: Random) => {
    let body = `${sky(w, h, ['#9fb9d6', '#f4ece8'])}${ridge(w, h, random, h * 0.6, h * 0.3, 8, '#c3d0dc')}${hill(w, h, random, h * 0.74, h * 0.06, '#eef2f6')}`;
    for (let index = 0; index < 12; index += 1)
      body += tree(random() * w, h * between(random, 0.74, 0.86), h * between(random, 0.12, 0.26), '#56736f');
    body += hill(w, h, random, h * 0.88, h * 0.05, '#ffffff');
    for (let index = 0; index < 130; index += 1)
      body += `<circle cx="${random() * w}" cy="${random() * h}" r="${h * between(random, 0.002, 0.007)}" fill="#fff" opacity="0.85"/>`;
    return body;
  },
  dunes: (w: number, h: number, random: Random) =>
    `${sky(w, h, ['#6fa8c9', '#f8e3c0'])}<circle cx="${w * 0.75}" cy="${h * 0.24}" r="${h * 0.08}" fill="#fff7df" filter="url(#soft)"/>${hill(w, h, random, h * 0.56, h * 0.12, '#e3b778')}${hill(w, h, random, h * 0.7, h * 0.12, '#cf9a58')}${hill(w, h, random, h * 0.86, h * 0.1, '#a97238')}`,
  flowers: (w: number, h: number, random: Random) => {
    let body = sky(w, h, ['#3d5a3c', '#86a36b']);
    body += `<g filter="url(#softer)">${Array.from({ length: 30 }, () => `<circle cx="${random() * w}" cy="${random() * h}" r="${h * between(random, 0.03, 0.1)}" fill="${pick(random, ['#c9d78f', '#f0c5ce', '#6f8f5a', '#f6e6b4'])}" opacity="0.6"/>`).join('')}</g>`;
    const petals = pick(random, ['#e4572e', '#f2b5d4', '#f7f0e6', '#f3b63f', '#8f6bb3']);
    for (let flower = 0; flower < 3; flower += 1) {
      const x = w * between(random, 0.2, 0.8);
      const y = h * between(random, 0.3, 0.7);
      const size = h * between(random, 0.1, 0.19);
      body += `<path d="M${x},${y} Q${x + size * 0.3},${y + size * 2} ${x},${h}" stroke="#2f4b2a" stroke-width="${size * 0.1}" fill="none"/>`;
      for (let petal = 0; petal < 8; petal += 1)
        body += `<ellipse cx="${x}" cy="${y - size * 0.62}" rx="${size * 0.26}" ry="${size * 0.55}" fill="${petals}" transform="rotate(${petal * 45} ${x} ${y})"/>`;
      body += `<circle cx="${x}" cy="${y}" r="${size * 0.28}" fill="#f5cf61"/>`;
    }
    return body;
  },
  portrait: (w: number, h: number, random: Random) => {
    const back = pick(random, [
      ['#e7d3b8', '#c49a6c'],
      ['#a9c4c2', '#5d8583'],
      ['#cfe0ea', '#86a9bf'],
      ['#d8dcc0', '#8ea06b'],
    ]);
    return `${sky(w, h, back)}<g filter="url(#softer)">${Array.from({ length: 12 }, () => `<circle cx="${random() * w}" cy="${random() * h * 0.7}" r="${h * between(random, 0.04, 0.12)}" fill="#fff6e4" opacity="0.35"/>`).join('')}</g>${person(w / 2, h * 1.02, Math.min(w, h) * 0.98, random)}`;
  },
  family: (w: number, h: number, random: Random) => {
    const count = Math.min(4, Math.max(2, Math.round(w / h + 1)));
    let body = `${sky(w, h, ['#8cc3e6', '#f2ead2'])}${clouds(w, h, random, '#ffffff')}${hill(w, h, random, h * 0.66, h * 0.06, '#7ea45c')}`;
    for (let index = 0; index < count; index += 1)
      body += person(
        (w * (index + 0.5)) / count,
        h * 1.02,
        Math.min(h, w / count) * between(random, 0.72, 0.98),
        random,
      );
    return body;
  },
  birthday: (w: number, h: number, random: Random) => {
    const x = w / 2;
    const base = h * 0.82;
    let body = `${sky(w, h, ['#5d3a3a', '#a86a4c'])}<g filter="url(#softer)">${Array.from({ length: 16 }, () => `<circle cx="${random() * w}" cy="${random() * h * 0.8}" r="${h * between(random, 0.02, 0.06)}" fill="#ffd98a" opacity="0.55"/>`).join('')}</g><rect y="${base}" width="${w}" height="${h - base}" fill="#3e2723"/><rect x="${x - h * 0.27}" y="${base - h * 0.24}" width="${h * 0.54}" height="${h * 0.25}" rx="${h * 0.02}" fill="#f3d9c4"/><rect x="${x - h * 0.27}" y="${base - h * 0.25}" width="${h * 0.54}" height="${h * 0.08}" rx="${h * 0.03}" fill="#fff7f0"/>`;
    for (let candle = -3; candle <= 3; candle += 1) {
      const cx = x + candle * h * 0.065;
      body += `<rect x="${cx - h * 0.007}" y="${base - h * 0.34}" width="${h * 0.014}" height="${h * 0.1}" fill="${pick(random, ['#e4572e', '#4fa3a5', '#f3b63f', '#f2b5d4'])}"/><ellipse cx="${cx}" cy="${base - h * 0.37}" rx="${h * 0.011}" ry="${h * 0.023}" fill="#ffe9a8"/><circle cx="${cx}" cy="${base - h * 0.37}" r="${h * 0.04}" fill="#ffd98a" opacity="0.3" filter="url(#soft)"/>`;
    }
    return body;
  },
  balloons: (w: number, h: number, random: Random) => {
    let body = `${sky(w, h, ['#6ab0de', '#fdebd0'])}${clouds(w, h, random, '#ffffff')}${hill(w, h, random, h * 0.9, h * 0.05, '#86a860')}`;
    for (let index = 0; index < 4; index += 1) {
      const x = w * between(random, 0.12, 0.88);
      const y = h * between(random, 0.18, 0.6);
      const size = h * between(random, 0.08, 0.16);
      const color = pick(random, ['#d1495b', '#edae49', '#30638e', '#66a182', '#8d5a97']);
      body += `<path d="M${x - size * 0.5},${y + size * 0.7} L${x - size * 0.16},${y + size * 1.5} h${size * 0.32} L${x + size * 0.5},${y + size * 0.7}" stroke="#5b4636" stroke-width="${size * 0.03}" fill="none"/><ellipse cx="${x}" cy="${y}" rx="${size * 0.82}" ry="${size}" fill="${color}"/><ellipse cx="${x}" cy="${y}" rx="${size * 0.36}" ry="${size}" fill="#fff" opacity="0.28"/><rect x="${x - size * 0.18}" y="${y + size * 1.45}" width="${size * 0.36}" height="${size * 0.26}" rx="${size * 0.04}" fill="#6b4a2f"/>`;
    }
    return body;
  },
} as const;

export const SCENE_NAMES = Object.keys(SCENES) as SceneName[];
