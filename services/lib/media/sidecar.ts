import { open } from 'node:fs/promises';
import { MAX_XMP_BYTES, readXmp, XmpError, type XmpTags } from './xmp.ts';

/** Size above which a sidecar is not read at all. */
const MAX_SIDECAR_BYTES = MAX_XMP_BYTES;

/**
 * Reads an XMP sidecar. A file that is no XMP gives no tags and a warning in plain words; a file that
 * cannot be opened throws the file system's error.
 */
export async function readSidecar(path: string): Promise<{ tags: XmpTags; warnings: string[] }> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    if (size > MAX_SIDECAR_BYTES)
      return { tags: {}, warnings: ['The sidecar was not read: it is too large.'] };
    return { tags: readXmp(decodeXmp(await handle.readFile())), warnings: [] };
  } catch (error) {
    if (error instanceof XmpError)
      return { tags: {}, warnings: [`The sidecar was not read: ${error.message}.`] };
    throw error;
  } finally {
    await handle.close();
  }
}

/** XMP is UTF-8; old tools also wrote UTF-16, which its byte order mark tells. */
export function decodeXmp(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return bytes.toString('utf8');
}
