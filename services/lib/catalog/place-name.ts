/**
 * Longest file name we make, in bytes: file systems end at 255, and a number against clashes (" (999)") and
 * the sidecar's ".xmp" must still fit behind it.
 */
const MOST_NAME_BYTES = 240;

/**
 * A name that any Linux, and any desktop a drive may be plugged into, can hold: the uploader's name without
 * folders, control characters and what Windows forbids. Never empty, never hidden, never "..".
 */
export function safeFileName(originalName: string): string {
  const base = originalName.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const cleaned = base.replace(/[\u0000-\u001f\u007f<>:"|?*]/g, '_').replace(/^[\s.]+|[\s.]+$/g, '');
  const dot = cleaned.lastIndexOf('.');
  const hasExtension = dot > 0 && cleaned.length - dot <= 12;
  const stem = hasExtension ? cleaned.slice(0, dot) : cleaned;
  const extension = hasExtension ? cleaned.slice(dot) : '';
  return (cutBytes(stem, MOST_NAME_BYTES - Buffer.byteLength(extension)) || 'unnamed') + extension;
}

/** `IMG_1.jpg` → `IMG_1 (2).jpg`, or with any other mark; 1 is the name itself. */
export function numberedName(name: string, number: number | string): string {
  if (number === 1) return name;
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)} (${number})${name.slice(dot)}` : `${name} (${number})`;
}

/** What a damaged file is called that an upload has replaced; `id` tells several of one photo apart. */
export const damagedName = (name: string, id?: string): string =>
  numberedName(name, id === undefined ? 'damaged' : `damaged ${id}`);

/** The name that a file had before `damagedName`; undefined for any other name. */
export function undamagedName(name: string): string | undefined {
  const found = /^(.+) \(damaged(?: [0-9a-f]{8})?\)(\.[^.]*)?$/.exec(name);
  return found ? found[1]! + (found[2] ?? '') : undefined;
}

/** `2024/2024-05`, by the capture date known at arrival (Unix ms, read as UTC). */
export function monthFolder(capturedAtMs: number): string {
  const date = new Date(capturedAtMs);
  const year = String(Math.min(9999, Math.max(0, date.getUTCFullYear()))).padStart(4, '0');
  return `${year}/${year}-${String(date.getUTCMonth() + 1).padStart(2, '0')}`;
}

/** The longest start of `text` that fits into `bytes` of UTF-8, cut between characters. */
function cutBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  let cut = '';
  let used = 0;
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > bytes) break;
    cut += character;
  }
  return cut.trimEnd();
}
