import { test } from 'node:test';
import { sendLargeUpload } from './large-upload.ts';

/** `npm run test:large`: more bytes than 32 bits can count; takes as much space on the drive of the temporary folder. */
test('a video of 5 GiB arrives whole and takes no more memory than a photo', async (t) => {
  const { seconds, answerMs, growthBytes } = await sendLargeUpload(t, 5 * 1024 ** 3);
  t.diagnostic(`${((5 * 1024) / seconds).toFixed(0)} MiB/s`);
  t.diagnostic(`${answerMs.toFixed(0)} ms from the last byte to the answer`);
  t.diagnostic(`${(growthBytes / 1024 ** 2).toFixed(0)} MiB more memory`);
});
