import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { makeVideo } from '#test/fixtures/moving-media';
import { findBarriers } from './find-barriers.ts';
import { openPage } from './open-page.ts';

/** Waits until a version of this quality plays on from `seconds` or later. */
const playsOn = (page: Page, quality: string, seconds: number) =>
  page.waitForFunction(
    ([quality, seconds]) => {
      const video = document.querySelector('video');
      return (
        video?.currentSrc.includes(`quality=${quality}`) &&
        video.readyState >= 2 &&
        video.currentTime >= seconds
      );
    },
    [quality, seconds] as const,
    { timeout: 60_000 },
  );

test('a video is watched small, which is remembered, and goes on where it was', async (t) => {
  const { url, page, context, ask } = await openPage(t);
  const scratch = await mkdtemp(join(tmpdir(), 'shoebox-film-'));
  t.after(() => rm(scratch, { recursive: true }));
  // Larger than 1080p, so that it gets a small version, and played by every browser all the same.
  await makeVideo(join(scratch, 'lake.mp4'), { widthPx: 2048, heightPx: 1152, seconds: 9 });
  await ask('PUT', '/jobs/videoConversion', { command: 'pause' });
  const uploaded = await context.request.post(`${url}/api/assets`, {
    multipart: {
      fileCreatedAt: '2024-05-04T12:00:00.000Z',
      fileModifiedAt: '2024-05-04T12:00:00.000Z',
      assetData: {
        name: 'lake.mp4',
        mimeType: 'video/mp4',
        buffer: await readFile(join(scratch, 'lake.mp4')),
      },
    },
  });
  const { id } = (await uploaded.json()) as { id: string };
  while (!(await ask<{ thumbhash: string | null }>('GET', `/assets/${id}`)).thumbhash)
    await page.waitForTimeout(100);

  await page.goto(`${url}/photos/${id}`);
  await playsOn(page, 'original', 0);
  const quality = (name: string) => page.getByRole('button', { name: `Quality: ${name}` });
  const choice = (name: RegExp) => page.getByRole('menuitemradio', { name });
  // By keyboard, while the small version is still to be made.
  await quality('Original').focus();
  await page.keyboard.press('Enter');
  await choice(/^Original · [\d.]+ [kM]B$/).waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByText('The small version is still being made.').waitFor();
  await page.evaluate(() => {
    const video = document.querySelector('video')!;
    video.pause();
    video.currentTime = 5;
  });
  await ask('PUT', '/jobs/videoConversion', { command: 'resume' });
  // The page finds out by itself, and does not begin again.
  await playsOn(page, 'small', 5);
  await page.getByText('The small version is still being made.').waitFor({ state: 'detached' });
  const { isPaused, lines } = await page.evaluate(() => {
    const video = document.querySelector('video')!;
    return { isPaused: video.paused, lines: video.videoHeight };
  });
  assert.deepEqual([isPaused, lines], [true, 720]);
  assert.deepEqual(await findBarriers(page), []);

  await page.reload();
  await playsOn(page, 'small', 0);
  await page.evaluate(() => {
    document.querySelector('video')!.currentTime = 4;
  });
  await quality('Small').click();
  await choice(/^Small – for slow Wi-Fi · /)
    .and(page.locator('[aria-checked=true]'))
    .waitFor();
  await choice(/^Original/).click();
  await playsOn(page, 'original', 4);
  await page.reload();
  await playsOn(page, 'original', 0);

  // Guests of a link choose as well, on a phone.
  const link = { type: 'INDIVIDUAL', assetIds: [id], showMetadata: false };
  const { key } = await ask<{ key: string }>('POST', '/shared-links', link);
  const guest = await context
    .browser()!
    .newContext({ viewport: { width: 360, height: 740 }, locale: 'de-DE' });
  const phone = await guest.newPage();
  await phone.goto(`${url}/share/${key}`);
  await phone.locator('.tile').first().click();
  await phone.getByRole('button', { name: 'Qualität: Original' }).click();
  await phone.getByRole('menuitemradio', { name: /^Klein/ }).click();
  await playsOn(phone, 'small', 0);
});
