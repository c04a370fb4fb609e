import { encode } from 'uqr';

/** Modules of quiet space around the code, as ISO/IEC 18004 asks for. */
const QUIET = 4;

/** An address as a QR code. Always dark on light, also on a dark page: cameras expect it. */
export function QrCode({ value, label }: { value: string; label: string }) {
  const { data, size } = encode(value, { ecc: 'M', border: 0 });
  const side = size + 2 * QUIET;
  return (
    <svg class="qr-code" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={label}>
      <rect width={side} height={side} class="qr-paper" />
      <path d={drawModules(data)} class="qr-ink" />
    </svg>
  );
}

/** One path for all dark modules, a run in a row at a time. */
export function drawModules(data: readonly (readonly boolean[])[]): string {
  let path = '';
  for (const [y, row] of data.entries()) {
    for (let x = 0; x < row.length; x += 1) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x += 1;
      path += `M${from + QUIET} ${y + QUIET}h${x - from + 1}v1h-${x - from + 1}z`;
    }
  }
  return path;
}
