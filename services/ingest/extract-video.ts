import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ExtractedVideo } from '#catalog/findings';
import { makeDurableFolder, syncFolder } from '#storage/durable';
import type { PoolLayout } from '#storage/layout';

/**
 * Copies the video out of a motion photo into the derived files of its own asset `videoId`. The photo stays
 * whole. `discard` removes the copy.
 */
export async function extractVideo(
  layout: PoolLayout,
  videoId: string,
  stillPath: string,
  { offsetBytes, lengthBytes }: { offsetBytes: number; lengthBytes: number },
): Promise<{ video: ExtractedVideo; discard(): Promise<void> }> {
  const file = layout.derivedFile(videoId, 'motion.mp4');
  const folder = dirname(file);
  const discard = () => rm(folder, { recursive: true, force: true });
  const hash = createHash('sha1');
  try {
    await makeDurableFolder(folder);
    await pipeline(
      createReadStream(stillPath, { start: offsetBytes, end: offsetBytes + lengthBytes - 1 }),
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk);
          yield chunk;
        }
      },
      // The catalog will speak of it: flushed before the row, like an original.
      createWriteStream(`${file}.part`, { flush: true }),
    );
    await rename(`${file}.part`, file);
    await syncFolder(folder);
  } catch (error) {
    await discard();
    throw error;
  }
  const path = `${layout.derivedPath(videoId)}/motion.mp4`;
  return { video: { id: videoId, path, checksum: hash.digest('base64'), bytes: lengthBytes }, discard };
}
