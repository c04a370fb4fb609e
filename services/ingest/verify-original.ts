import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { runCommand } from '#runtime/command';

/**
 * Reads an original from the drive, not from memory, and returns its SHA-1 in base64.
 * Rejects with the drive's error when it cannot be read, ENOENT when it is gone.
 */
export async function checksumOnDrive(path: string, signal: AbortSignal): Promise<string> {
  // Says ENOENT itself; dd would only say that it failed.
  await access(path);
  // GNU dd: with count=0 it only asks the kernel to forget the file's cached pages.
  await runCommand('dd', [`if=${path}`, 'iflag=nocache', 'count=0', 'of=/dev/null', 'status=none']);
  const hash = createHash('sha1');
  await pipeline(createReadStream(path, { highWaterMark: 1024 ** 2 }), hash, { signal });
  return hash.digest('base64');
}
