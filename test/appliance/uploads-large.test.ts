import { test } from 'node:test';
import { sendLargeUpload } from './large-upload.ts';

test('a video of 400 MB arrives whole and takes no more memory than a photo', async (t) => {
  await sendLargeUpload(t, 400 * 1024 ** 2);
});
