/** Where an Apple maker note's own directory begins; offsets in it count from the start of the note. */
const HEADER = 'Apple iOS\0';
const DIRECTORY_OFFSET = 14;
const ENTRY_BYTES = 12;
const TYPE_ASCII = 2;
/** Longest text believed; both identifiers are UUIDs of 36 characters. */
const MAX_TEXT_BYTES = 200;

/** Tag numbers as in exiftool's list of Apple tags. */
const TAGS = { 11: 'burstId', 17: 'contentIdentifier' } as const;

/**
 * Reads the identifiers that tie an iPhone's pictures together from its maker note. Empty for another
 * maker's note and for a damaged one.
 */
export function readAppleMakerNote(note: Buffer): { burstId?: string; contentIdentifier?: string } {
  const found: { burstId?: string; contentIdentifier?: string } = {};
  if (note.length < DIRECTORY_OFFSET + 2 || !note.toString('latin1', 0, HEADER.length).startsWith(HEADER))
    return found;
  const little = note.toString('latin1', 12, 14) === 'II';
  const short = (at: number) => (little ? note.readUInt16LE(at) : note.readUInt16BE(at));
  const long = (at: number) => (little ? note.readUInt32LE(at) : note.readUInt32BE(at));

  const count = short(DIRECTORY_OFFSET);
  for (let index = 0; index < count; index++) {
    const at = DIRECTORY_OFFSET + 2 + index * ENTRY_BYTES;
    if (at + ENTRY_BYTES > note.length) break;
    const name = TAGS[short(at) as keyof typeof TAGS];
    const length = long(at + 4);
    if (!name || short(at + 2) !== TYPE_ASCII || length > MAX_TEXT_BYTES) continue;
    // Four bytes or fewer stand in the entry itself.
    const start = length <= 4 ? at + 8 : long(at + 8);
    const text = note
      .toString('latin1', start, start + length)
      .split('\0')[0]
      ?.trim();
    if (text) found[name] = text;
  }
  return found;
}
