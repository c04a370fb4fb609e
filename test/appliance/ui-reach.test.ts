import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { findCutText } from './find-cut-text.ts';
import { findUnreachable } from './find-unreachable.ts';
import { type OpenPage, openPage } from './open-page.ts';

/** Screens of the library that need no part of their address from a full box. */
const PATHS = [
  '/',
  '/favourites',
  '/search',
  '/search?q=beach',
  '/memories',
  '/calendar',
  '/people',
  '/places',
  '/archive',
  '/albums',
  '/sharing',
  '/trash',
  '/locked',
  '/tags',
  '/folders',
  '/duplicates',
  '/upload',
];

/** 360 px at 200 %. */
const SMALLEST = { width: 180, height: 400 };

// One box for all tests of this file, which only look at it.
let box: OpenPage;
let ids: string[];
let albumId: string;
let tagId: string;
let personId: string;
let linkKey: string;
const ends: (() => unknown)[] = [];

before(async () => {
  box = await openPage({ after: (end: () => unknown) => ends.push(end) } as never);
  const { ask, addPhoto } = box;
  ids = [];
  for (const [index, name] of ['beach.jpg', 'boat.jpg', 'crab.jpg', 'dune.jpg', 'eel.jpg'].entries())
    ids.push(await addPhoto(name, `2024:05:0${index + 1} 12:00:00`, index + 1));
  await ask('PUT', '/appliance/setup/done', {});
  await ask('PUT', '/assets', { ids: ids.slice(0, 2), isFavorite: true });
  await ask('PUT', '/assets', { ids: ids.slice(0, 1), latitude: 43.77, longitude: 7.5 });
  await ask('PUT', '/assets', { ids: ids.slice(0, 2), duplicateId: 'b0a7b0a7-0000-4000-8000-000000000001' });
  await ask('DELETE', '/assets', { ids: ids.slice(4) });
  albumId = (
    await ask<{ id: string }>('POST', '/albums', {
      albumName: 'Three days in Roquebrune-Cap-Martin',
      description: 'The sea was warmer than the pool.',
      assetIds: ids.slice(0, 3),
    })
  ).id;
  linkKey = (
    await ask<{ key: string }>('POST', '/shared-links', { type: 'ALBUM', albumId, allowUpload: true })
  ).key;
  tagId = (await ask<{ id: string }>('POST', '/tags', { name: 'Grandparents' })).id;
  await ask('POST', '/tags', { name: 'Josef', parentId: tagId });
  await ask('PUT', `/tags/${tagId}/assets`, { ids: ids.slice(0, 1) });
  personId = (await ask<{ id: string }>('POST', '/people', { name: 'Grandpa Josef' })).id;
  await ask('POST', '/faces', {
    ...{ assetId: ids[0], personId, imageWidth: 600, imageHeight: 400 },
    ...{ x: 100, y: 100, width: 100, height: 100 },
  });
  const today = new Date().toISOString().slice(0, 10);
  await ask('POST', '/memories', {
    type: 'on_this_day',
    data: { year: 2024 },
    memoryAt: `2024${today.slice(4)}T00:00:00.000Z`,
    showAt: `${today}T00:00:00.000Z`,
    hideAt: `${today}T23:59:59.999Z`,
    assetIds: ids.slice(0, 3),
  });
});

after(async () => {
  for (const end of ends.reverse()) await end();
});

const paths = () => [
  ...PATHS,
  `/albums/${albumId}`,
  `/albums/${albumId}/add`,
  `/tags/${tagId}`,
  `/people/${personId}`,
];

async function look(page: Page, path: string): Promise<void> {
  await page.goto(box.url + path);
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
}

test('Tab alone leads to every control of every screen, each stop is seen, and nothing moves for those who want it still', async () => {
  const { page } = box;
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const path of [...paths(), `/photos/${ids[0]}`]) {
    await look(page, path);
    assert.deepEqual(await findUnreachable(page), [], path);
    assert.deepEqual(await page.evaluate(listMotion), [], path);
  }
});

test('what opens above a screen keeps the keyboard, fits the smallest screen, and gives the focus back on Escape', async () => {
  const { page } = box;
  const openers: [path: string, button: string | RegExp][] = [
    ['/albums', 'New album'],
    [`/albums/${albumId}`, 'Share'],
    [`/albums/${albumId}`, 'Comments and likes'],
    ['/tags', 'New tag'],
    ['/search', 'Filters'],
    ['/sharing', 'QR code'],
    ['/sharing', 'Share my timeline'],
    ['/trash', 'Empty the trash'],
    [`/people/${personId}`, 'Same person as…'],
    ['/memories', /years? ago/],
    [`/photos/${ids[0]}`, 'Share with a link'],
    [`/photos/${ids[0]}`, 'Add to album'],
    [`/photos/${ids[0]}`, 'Change date and time'],
    [`/photos/${ids[0]}`, 'Change place'],
    [`/photos/${ids[0]}`, 'Mark and name faces'],
  ];
  let at = '';
  for (const [path, name] of openers) {
    await page.setViewportSize({ width: 1280, height: 900 });
    if (path !== at) await look(page, path);
    at = path;
    const layers = page.locator('dialog[open]');
    const isViewer = path.startsWith('/photos/');
    const layersBefore = isViewer ? 1 : 0;
    if (isViewer && !(await page.locator('.info').isVisible()))
      await page.getByRole('button', { name: 'About this photo' }).click();
    const opener = page.getByRole('button', { name, exact: true }).first();
    await opener.focus();
    await page.keyboard.press('Enter');
    await layers.nth(layersBefore).waitFor();
    assert.deepEqual(await findUnreachable(page), [], `${path}, ${name}`);
    await page.setViewportSize(SMALLEST);
    assert.deepEqual(await findCutText(page), [], `${path}, ${name}`);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.keyboard.press('Escape');
    await layers.nth(layersBefore).waitFor({ state: 'detached' });
    assert.ok(await opener.evaluate((element) => element === document.activeElement), `${path}, ${name}`);
  }
});

test('the editor of a photo leaves nothing behind it to be reached, and Escape leads back to the menu', async () => {
  const { page } = box;
  await look(page, `/photos/${ids[0]}`);
  const more = page.getByRole('dialog').getByRole('button', { name: 'More' });
  await more.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Crop and turn' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Corner of the picture 1' }).waitFor();
  assert.deepEqual(await findUnreachable(page), []);
  assert.equal(await page.evaluate(() => document.activeElement?.closest('.editor') !== null), true);
  await page.keyboard.press('Escape');
  await page.locator('.editor').waitFor({ state: 'detached' });
  assert.ok(await more.evaluate((element) => element === document.activeElement));
});

test('a phone at 200 % shows every German word, and a guest every one of theirs', async () => {
  const { url, context } = box;
  const small = {
    viewport: SMALLEST,
    deviceScaleFactor: 2,
    hasTouch: true,
    reducedMotion: 'reduce',
    locale: 'de-DE',
  } as const;
  const browser = context.browser()!;
  const phone = await browser.newContext({ ...small, storageState: await context.storageState() });
  const page = await phone.newPage();
  for (const path of [...paths(), `/photos/${ids[0]}`]) {
    await look(page, path);
    assert.deepEqual(await findCutText(page), [], path);
  }
  const guests = await browser.newContext(small);
  const guest = await guests.newPage();
  await guest.goto(`${url}/share/${linkKey}`);
  await guest.locator('.tile-shown').first().waitFor();
  assert.deepEqual(await findCutText(guest), [], 'guest');
  assert.deepEqual(await findUnreachable(guest), [], 'guest');
});

/** What moves longer than anybody sees. */
const listMotion = () =>
  document
    .getAnimations()
    .filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 1)
    .map(({ effect }) => (effect as KeyframeEffect).target?.className);
