import { MediaProblem } from '#media/media-problem';
import { DecoderDied } from './decoder-protocol.ts';
import type { IngestParts } from './parts.ts';

/**
 * Makes the picture of an account from what was uploaded under this id, and tells the gateway, which waits for it
 * and removes the upload. A file that kills the decoder is told like one that is no picture.
 */
export async function makePortrait(parts: IngestParts, id: string): Promise<void> {
  const { layout, decoder, tell, log } = parts;
  const { uploadPath, path } = layout.portrait(id);
  try {
    await decoder.portrait({ uploadPath, outPath: layout.resolve(path) }, { alone: true });
    tell({ type: 'portrait-made', id, problem: null });
  } catch (error) {
    if (error instanceof MediaProblem) return tell({ type: 'portrait-made', id, problem: error.words });
    log.error({ err: error }, 'portrait not made');
    const words = error instanceof DecoderDied ? new MediaProblem('too_costly').words : 'Please try again.';
    tell({ type: 'portrait-made', id, problem: words });
  }
}
