import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { makeJpeg } from '#test/fixtures/media';
import { openPage } from './open-page.ts';

/** Drawn photos as a person chooses them from a disk. */
async function drawPhotos(names: readonly string[]) {
  return Promise.all(
    names.map(async (name, index) => {
      const file = join(tmpdir(), `${process.pid}-${name}`);
      await makeJpeg(file, {
        seed: 40 + index,
        exif: { DateTimeOriginal: `2024:05:0${index + 1} 12:00:00` },
      });
      const buffer = await readFile(file);
      await rm(file);
      return { name, mimeType: 'image/jpeg', buffer };
    }),
  );
}

const choose = (page: Page, files: Awaited<ReturnType<typeof drawPhotos>>) =>
  page.locator('.top-bar input[type=file]').setInputFiles(files);

/** Every record of uploads that this browser keeps. */
const kept = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ name: string; outcome?: { kind: string }; file?: File }[]>((resolve) => {
        const opening = indexedDB.open('uploads');
        opening.onsuccess = () => {
          const asked = opening.result.transaction('upload').objectStore('upload').getAll();
          asked.onsuccess = () => {
            opening.result.close();
            resolve(asked.result.map(({ name, outcome, file }) => ({ name, outcome, file })));
          };
        };
      }),
  );

test('an upload goes on after the page was closed, with its receipt, and sends nothing twice', async (t) => {
  const { url, page, context, ask } = await openPage(t);
  const photos = await drawPhotos(['one.jpg', 'two.jpg', 'three.jpg', 'four.jpg', 'five.jpg']);
  let sentCount = 0;
  context.on('request', (request) => {
    if (request.method() === 'POST' && new URL(request.url()).pathname === '/api/assets') sentCount += 1;
  });
  await page.goto(url);
  await choose(page, photos.slice(0, 1));
  await page.getByText('1 stored').waitFor();
  assert.ok(page.workers().length > 0, 'files are read in a worker');
  await context.setOffline(true);
  await choose(page, photos.slice(1));
  await page.getByText('The box does not answer.').waitFor();
  const records = await kept(page);
  assert.deepEqual(records.map(({ outcome }) => outcome?.kind ?? 'waits').sort(), [
    'stored',
    'waits',
    'waits',
    'waits',
    'waits',
  ]);

  await page.close();
  await context.setOffline(false);
  sentCount = 0;
  const next = await context.newPage();
  await next.goto(url);
  await next.getByText('Not finished last time').waitFor();
  await next.getByText('4 photos and videos were still waiting').waitFor();
  await next.getByText('1 stored').waitFor();
  assert.equal(sentCount, 0, 'nothing is sent before somebody wants it');
  await next.getByRole('button', { name: 'Go on adding' }).click();
  await next.getByText('5 stored').waitFor();
  await next.getByText('All done').waitFor();
  assert.equal(sentCount, 4);
  const { total } = await ask<{ total: number }>('GET', '/assets/statistics');
  assert.equal(total, 5);

  await next.reload();
  // Good news of before is told in one line.
  await next.getByRole('button', { name: 'Show the list' }).click();
  await next.getByText('5 stored').waitFor();
  await choose(next, photos.slice(0, 2));
  await next.getByText('2 already there').waitFor();
  assert.equal(sentCount, 4, 'what the box has is recognised without sending it');

  await next.getByRole('button', { name: 'Close' }).click();
  await next.locator('.uploads').waitFor({ state: 'detached' });
  assert.deepEqual(await kept(next), []);
});

test('what failed is told with its reason after a reload and can be tried again; signing out forgets all', async (t) => {
  const { url, page, context } = await openPage(t);
  const [photo] = await drawPhotos(['full.jpg']);
  let isRefused = true;
  await context.route('**/api/assets', (route) =>
    isRefused
      ? route.fulfill({ status: 507, json: { message: 'The drive is full.', statusCode: 507 } })
      : route.continue(),
  );
  await page.goto(url);
  await choose(page, [photo!]);
  await page.getByText('The drive is full.').waitFor();
  await page.reload();
  await page.getByText('The drive is full.').waitFor();
  isRefused = false;
  await page.getByRole('button', { name: 'Try the failed ones again' }).click();
  await page.getByText('1 stored').waitFor();
  assert.deepEqual(
    (await kept(page)).map(({ outcome }) => outcome?.kind),
    ['stored'],
  );

  await page.getByRole('button', { name: 'Account of Ann' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Good to see you' }).waitFor();
  assert.deepEqual(
    await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)),
    [],
  );
});
