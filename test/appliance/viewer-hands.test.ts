import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeVideo } from '#test/fixtures/moving-media';
import { openPage } from './open-page.ts';

test('a finger goes to the next photo, and a live photo moves while it is held', async (t) => {
  const { url, page, context, ask, addPhoto } = await openPage(t, {
    hasTouch: true,
    viewport: { width: 390, height: 800 },
  });
  const live = await addPhoto('live.jpg', '2024:05:05 12:00:00', 3);
  const older = await addPhoto('older.jpg', '2024:05:04 12:00:00', 4);
  const scratch = await mkdtemp(join(tmpdir(), 'shoebox-live-'));
  t.after(() => rm(scratch, { recursive: true }));
  await makeVideo(join(scratch, 'live.mp4'));
  const sent = await context.request.post(`${url}/api/assets`, {
    multipart: {
      fileCreatedAt: '2024-05-05T10:00:00.000Z',
      fileModifiedAt: '2024-05-05T10:00:00.000Z',
      assetData: {
        name: 'live.mp4',
        mimeType: 'video/mp4',
        buffer: await readFile(join(scratch, 'live.mp4')),
      },
    },
  });
  const { id: livePhotoVideoId } = (await sent.json()) as { id: string };
  await ask('PUT', `/assets/${live}`, { livePhotoVideoId });

  await page.goto(`${url}/photos/${live}`);
  await page.locator('img.stage-shown').first().waitFor();
  await page.getByRole('button', { name: 'Play the live photo' }).waitFor();
  const hands = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
    hands.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y: 400 }] });
  const moving = page.locator('video.stage-live');
  await touch('touchStart', 200);
  await moving.waitFor();
  await touch('touchEnd');
  await moving.waitFor({ state: 'detached' });
  assert.ok(page.url().endsWith(live), 'holding is no tap and no swipe');

  await touch('touchStart', 320);
  for (let x = 300; x > 60; x -= 30) await touch('touchMove', x);
  await touch('touchEnd');
  await page.waitForURL(`${url}/photos/${older}`);
});

test('a screen that got no answer asks again by itself when the box is back', async (t) => {
  const { url, page, context, ask } = await openPage(t);
  await ask('PUT', '/tags', { tags: ['Sea'] });
  await page.goto(`${url}/albums`);
  await page.getByRole('heading', { name: 'Albums', level: 1 }).waitFor();
  await context.route('**/api/tags', (route) => route.abort());
  await page.getByRole('link', { name: 'Tags' }).first().click();
  await page.getByRole('alert').getByText('The box does not answer').waitFor();
  await context.unroute('**/api/tags');
  await page.getByRole('link', { name: /Sea/ }).first().waitFor();
});
