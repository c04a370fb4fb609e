/** Bytes of a folder's name; file systems allow 255, and paths below it should stay short enough for any computer. */
const LONGEST_BYTES = 60;

/** Names that Windows keeps for devices, with or without an extension (Microsoft, "Naming Files, Paths, and Namespaces"). */
const DEVICE_NAME = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/**
 * A folder's name for a person: what of the name every computer can read, not among `taken`. Two names that
 * differ only in case are the same, since a drive may be read on a computer that thinks so.
 */
export function userFolder(name: string, taken: readonly string[]): string {
  const used = new Set(taken.map(sameName));
  const readable = shorten(
    name
      .normalize('NFC')
      .replace(/[^\p{L}\p{M}\p{N} '_.-]/gu, ' ')
      .replace(/\s+/g, ' '),
    LONGEST_BYTES,
  );
  const base = readable === '' ? 'user' : DEVICE_NAME.test(readable) ? `${readable}_` : readable;
  for (let number = 1; ; number++) {
    const folder = number === 1 ? base : `${base} ${number}`;
    if (!used.has(sameName(folder))) return folder;
  }
}

/** What two names have in common when a file system that ignores case takes them for one. */
const sameName = (name: string): string => name.normalize('NFC').toUpperCase().toLowerCase();

/** Cuts whole characters off the end, then what may not stand at either end of a name. */
function shorten(name: string, longestBytes: number): string {
  let kept = '';
  let bytes = 0;
  for (const { segment } of new Intl.Segmenter().segment(trimEnds(name))) {
    bytes += Buffer.byteLength(segment);
    if (bytes > longestBytes) break;
    kept += segment;
  }
  return trimEnds(kept);
}

/** A leading dot hides a folder, a leading dash is read as an option; Windows drops dots and spaces at the end. */
const trimEnds = (name: string): string => name.replace(/^[ .'-]+/, '').replace(/[ .]+$/, '');
