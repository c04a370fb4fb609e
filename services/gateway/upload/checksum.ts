/** SHA-1 as clients write it, 40 hex digits or 28 base64 characters, as base64; undefined when it is neither. */
export function readChecksum(text: string): string | undefined {
  if (/^[0-9a-f]{40}$/i.test(text)) return Buffer.from(text, 'hex').toString('base64');
  // 20 bytes are 27 characters and one `=`; the last character carries four bits only.
  if (/^[A-Za-z0-9+/]{26}[AEIMQUYcgkosw048]=$/.test(text)) return text;
  return undefined;
}
