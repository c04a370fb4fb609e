/** A profile has some twenty tags. */
const MAX_TAGS = 200;

/**
 * The name of a colour profile ("Display P3"), from its `desc` tag (ICC.1:2022, 9.2.41; 10.15 for the
 * texts in several languages, and ICC.1:2001 for the older form). Undefined for what is no profile.
 */
export function readProfileDescription(profile: Buffer): string | undefined {
  if (profile.length < 132 || profile.toString('latin1', 36, 40) !== 'acsp') return undefined;
  const count = Math.min(profile.readUInt32BE(128), MAX_TAGS);
  for (let index = 0; index < count; index++) {
    const entry = profile.subarray(132 + index * 12, 144 + index * 12);
    if (entry.length < 12) return undefined;
    if (entry.toString('latin1', 0, 4) !== 'desc') continue;
    const offset = entry.readUInt32BE(4);
    return readText(profile.subarray(offset, offset + entry.readUInt32BE(8)));
  }
  return undefined;
}

function readText(tag: Buffer): string | undefined {
  const type = tag.toString('latin1', 0, 4);
  if (type === 'desc' && tag.length >= 12) {
    const length = tag.readUInt32BE(8);
    return (
      tag
        .subarray(12, 12 + length)
        .toString('latin1')
        .split('\0')[0]
        ?.trim() || undefined
    );
  }
  // Plain text is not what the standard wants here, but some writers put it.
  if (type === 'text') return tag.subarray(8).toString('latin1').split('\0')[0]?.trim() || undefined;
  if (type === 'mluc' && tag.length >= 28) {
    // The first language will do: a profile's name is rarely translated.
    const length = tag.readUInt32BE(20);
    const offset = tag.readUInt32BE(24);
    const text = new TextDecoder('utf-16be').decode(tag.subarray(offset, offset + length));
    return text.split('\0')[0]?.trim() || undefined;
  }
  return undefined;
}
