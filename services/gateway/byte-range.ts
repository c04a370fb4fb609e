/** A part of a file. */
export interface ByteRange {
  start: number;
  /** At least one. */
  bytes: number;
}

/**
 * What a `Range` header asks of a file of `size` bytes (RFC 9110 §14). `all`: there is none, it makes no sense,
 * or it wants several parts at once, which nobody has to give.
 */
export function readRange(header: string | undefined, size: number): ByteRange | 'all' | 'unsatisfiable' {
  const match = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '');
  if (!match) return 'all';
  const [, from = '', to = ''] = match;
  if (from === '' && to === '') return 'all';
  if (from === '') {
    const bytes = Math.min(Number(to), size);
    return bytes === 0 ? 'unsatisfiable' : { start: size - bytes, bytes };
  }
  const start = Number(from);
  if (to !== '' && Number(to) < start) return 'all';
  if (start >= size) return 'unsatisfiable';
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return { start, bytes: end - start + 1 };
}
