import './qr-code.css';
import { useMemo } from 'preact/hooks';
import { encode } from 'uqr';

export interface QrCodeProps {
  /** What a phone reads from it: an address. */
  value: string;
  /** Says what it is. */
  label: string;
}

/** A QR code, dark on white in both themes: not every camera reads the opposite. */
export function QrCode({ value, label }: QrCodeProps) {
  const { path, size } = useMemo(() => {
    const { data } = encode(value, { ecc: 'M', border: 0 });
    const squares = data.flatMap((row, y) =>
      row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : [])),
    );
    return { path: squares.join(''), size: data.length };
  }, [value]);
  return (
    <svg
      class="qr-code"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path d={path} />
    </svg>
  );
}
