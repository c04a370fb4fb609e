import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from './open-page.ts';

/** As many as the cache of pictures keeps. */
const MAX_PICTURES = 3000;

test('the oldest thumbnails leave the browser once there are too many, also when its worker is young', async (t) => {
  const { url, page, addPhoto } = await openPage(t);
  await page.goto(url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.evaluate(async (count) => {
    const cache = await caches.open('pictures');
    for (let at = 0; at < count; at += 100)
      await Promise.all(
        Array.from({ length: 100 }, (_, index) => cache.put(`/old/${at + index}`, new Response('picture'))),
      );
  }, MAX_PICTURES + 200);
  const id = await addPhoto('beach.jpg', '2024:05:04 12:00:00', 3);
  await page.reload();
  await page.locator('.tile-shown').waitFor();
  const listKept = () =>
    page.evaluate(async () =>
      (await (await caches.open('pictures')).keys()).map(({ url }) => new URL(url).pathname),
    );
  // The worker goes on removing after it has answered.
  let kept = await listKept();
  while (kept.length > MAX_PICTURES) kept = await listKept();
  assert.equal(kept.length, MAX_PICTURES);
  assert.equal(kept.at(-1), `/api/assets/${id}/thumbnail`);
  assert.ok(!kept.includes('/old/0'));
});
