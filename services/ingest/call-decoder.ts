import type { ClaimedJob } from '#catalog/jobs';
import { MediaProblem } from '#media/media-problem';
import type { CallOptions } from './decoder-pool.ts';
import { DecoderDied } from './decoder-protocol.ts';

/**
 * Calls the decoder for a job. When it dies with other files in flight nobody knows whose fault it was, so the
 * call is repeated alone; a file that kills it alone is the one, and that is a MediaProblem. A job whose
 * process died at an earlier attempt runs alone from the start.
 */
export async function callDecoder<Answer>(
  job: ClaimedJob,
  call: (options: CallOptions) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await call({ alone: job.attempts > 1 });
  } catch (error) {
    if (!(error instanceof DecoderDied) || error.reason === 'closed') throw error;
    if (error.alone) throw new MediaProblem('too_costly', {}, error);
  }
  try {
    return await call({ alone: true });
  } catch (error) {
    if (!(error instanceof DecoderDied) || error.reason === 'closed') throw error;
    throw new MediaProblem('too_costly', {}, error);
  }
}
