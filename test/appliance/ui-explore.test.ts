import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type Browser, chromium, type Page } from 'playwright-core';
import { makeJpeg } from '#test/fixtures/media';
import { BROWSER } from './browser.ts';
import { findBarriers } from './find-barriers.ts';
import { startAppliance, type TestAppliance } from './start-appliance.ts';

const ANN = { name: 'Ann', email: 'ann@example.org', password: 'a short sentence' };

/** Photos with what they know of themselves: two in Nice two years apart, one in Lisbon, one from nowhere. */
const PHOTOS = [
  { name: 'beach.jpg', takenAt: '2023:07:04 12:30:00', latitude: 43.7, longitude: 7.27 },
  { name: 'pier.jpg', takenAt: '2025:07:05 12:30:00', latitude: 43.7, longitude: 7.27 },
  { name: 'tram.jpg', takenAt: '2025:09:01 09:00:00', latitude: 38.72, longitude: -9.14 },
  { name: 'cake.jpg', takenAt: '2024:12:24 18:00:00' },
] as const;

// One box and one browser for all tests of this file: each looks at the same few photos in another way.
let box: TestAppliance;
let browser: Browser;
let scratch: string;
let ann: Page;
const ids = new Map<string, string>();
const complaints: string[] = [];
const ends: (() => unknown)[] = [];

const send = async <T>(method: string, path: string, data?: object): Promise<T> => {
  const answer = await ann.request.fetch(`${box.url}/api${path}`, { method, ...(data && { data }) });
  assert.ok(answer.ok(), `${path} was answered ${answer.status()}`);
  return (await answer.json()) as T;
};

const shown = (count: number) =>
  ann.waitForFunction((wanted) => document.querySelectorAll('.tile-shown').length === wanted, count);

/** No barrier, and nothing that has to be scrolled sideways on a phone. */
async function isOpenToAll(what: string): Promise<void> {
  assert.deepEqual(await findBarriers(ann), [], what);
  await ann.setViewportSize({ width: 360, height: 740 });
  await ann.waitForFunction(
    () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
    undefined,
    { timeout: 5_000 },
  );
  await ann.setViewportSize({ width: 1280, height: 800 });
}

/** Somebody with a face on these photos. */
async function addPerson(name: string, photos: readonly string[]): Promise<string> {
  const { id } = await send<{ id: string }>('POST', '/people', name ? { name } : {});
  for (const photo of photos) {
    const answer = await ann.request.post(`${box.url}/api/faces`, {
      data: {
        ...{ assetId: ids.get(photo), personId: id, imageWidth: 320, imageHeight: 240 },
        ...{ x: 100, y: 60, width: 80, height: 80 },
      },
    });
    assert.ok(answer.ok(), `a face was answered ${answer.status()}`);
  }
  return id;
}

before(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'shoebox-explore-'));
  box = await startAppliance({ after: (end: () => unknown) => ends.push(end) } as never);
  browser = await chromium.launch(BROWSER);
  const context = await browser.newContext({
    locale: 'en-GB',
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 800 },
  });
  context.on('weberror', (webError) => complaints.push(String(webError.error())));
  context.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  ann = await context.newPage();
  ann.setDefaultTimeout(20_000);
  await ann.request.post(`${box.url}/api/auth/admin-sign-up`, { data: ANN });
  await ann.request.post(`${box.url}/api/auth/login`, { data: ANN });
});

after(async () => {
  await browser.close();
  for (const end of ends) await end();
  await rm(scratch, { recursive: true });
  assert.deepEqual(complaints, []);
});

test('a box without photos says on each screen what will be there', async () => {
  for (const [path, words] of [
    ['/search', 'Find any photo again'],
    ['/places', 'No photo knows its place yet'],
    ['/people', 'Nobody is marked on your photos yet'],
    ['/memories', 'Memories come with time'],
  ] as const) {
    await ann.goto(box.url + path);
    await ann.getByRole('heading', { name: words }).waitFor();
    await isOpenToAll(`${path}, empty`);
  }
});

test('photos are found by words, dates and places, each with the reason, by keyboard alone', async () => {
  const files = await Promise.all(
    PHOTOS.map(async (photo, index) => {
      const file = join(scratch, photo.name);
      const exif: Record<string, string> = { DateTimeOriginal: photo.takenAt };
      if ('latitude' in photo) {
        exif['GPSLatitude'] = String(photo.latitude);
        exif['GPSLatitudeRef'] = 'N';
        exif['GPSLongitude'] = String(Math.abs(photo.longitude));
        exif['GPSLongitudeRef'] = photo.longitude < 0 ? 'W' : 'E';
      }
      await makeJpeg(file, { seed: index + 1, exif });
      return file;
    }),
  );
  await ann.goto(box.url);
  await ann.locator('input[type=file]').first().setInputFiles(files);
  await shown(PHOTOS.length);
  const found = await send<{ assets: { items: { id: string; originalFileName: string }[] } }>(
    'POST',
    '/search/metadata',
    {},
  );
  for (const { id, originalFileName } of found.assets.items) ids.set(originalFileName, id);
  await send('PUT', `/assets/${ids.get('cake.jpg')}`, { description: 'Seven candles for Clara' });

  await ann.goto(`${box.url}/search`);
  await ann.getByRole('heading', { name: 'Just arrived' }).waitFor();
  await isOpenToAll('explore');
  const field = ann.getByRole('combobox', { name: 'Search your photos' });
  await field.focus();
  await ann.keyboard.type('candles');
  await ann.getByRole('option', { name: 'Search for “candles”' }).waitFor();
  await isOpenToAll('suggestions');
  await field.focus();
  await ann.keyboard.press('Enter');
  await ann.getByText('1 photo found').waitFor();
  await ann.getByRole('link', { name: /^Photo, .*Seven candles for Clara/ }).waitFor();
  await isOpenToAll('found');
  // What was understood is a chip, and Backspace takes the last one away.
  await ann.getByRole('button', { name: 'Remove “candles”' }).waitFor();
  await field.focus();
  await ann.keyboard.press('Backspace');
  await ann.getByRole('heading', { name: 'Just arrived' }).waitFor();

  await ann.keyboard.type('Sommer 2025');
  await ann.keyboard.press('Enter');
  await ann.getByText('1 photo found').waitFor();
  await ann.getByRole('button', { name: /^Remove 1 June 2025 – 31 August 2025/ }).click();
  // A name that is begun is offered and chosen with the arrow keys.
  await field.focus();
  await ann.keyboard.type('jpg France');
  await ann.keyboard.press('ArrowDown');
  await ann.getByRole('option', { selected: true, name: /France/ }).waitFor();
  await ann.keyboard.press('Enter');
  await ann.getByText('2 photos found').waitFor();
  assert.deepEqual(new URL(ann.url()).searchParams.getAll('country'), ['France']);
  await ann.reload();
  await ann.getByText('2 photos found').waitFor();

  await ann.getByRole('button', { name: 'Filters' }).click();
  await ann.getByLabel('Kind').selectOption('VIDEO');
  assert.deepEqual(await findBarriers(ann), [], 'filters');
  await ann.getByRole('button', { name: 'Show photos' }).click();
  await ann.getByRole('heading', { name: 'Nothing matches all of this' }).waitFor();
  await ann.getByRole('button', { name: 'Remove Videos' }).click();
  await ann.getByText('2 photos found').waitFor();
});

test('the map shows photos where they were taken and can be moved by keys and mouse', async () => {
  await ann.goto(`${box.url}/places`);
  await ann.getByText('3 photos know where they were taken').waitFor();
  await ann.getByRole('button', { name: /^2 photos/ }).waitFor();
  await shown(3);
  await isOpenToAll('map');
  const map = ann.getByRole('group', { name: /^Map of your photos/ });
  await map.focus();
  // As far west as Lisbon's neighbour is out of sight.
  for (const key of ['+', '+', '+', '+', '+', '+']) await ann.keyboard.press(key);
  await ann.getByRole('heading', { name: 'No photos in this part of the map' }).waitFor();
  await ann.getByRole('button', { name: 'Show all photos' }).click();
  await shown(3);

  const towns = ann.getByRole('region', { name: 'Places with photos' });
  await towns.getByRole('button', { name: /Portugal/ }).click();
  await shown(1);
  const { x, y, width, height } = (await map.boundingBox())!;
  await ann.mouse.move(x + width / 2 + 60, y + height / 2 + 60);
  await ann.mouse.down();
  await ann.mouse.move(x + 5, y + height / 2 + 60, { steps: 4 });
  await ann.mouse.up();
  await ann.getByRole('heading', { name: 'No photos in this part of the map' }).waitFor();
});

test('two people who are the same are put together by hand, and the person is named, hidden and found', async () => {
  const anna = await addPerson('Anna', ['beach.jpg', 'pier.jpg']);
  const unnamed = await addPerson('', ['cake.jpg']);
  await addPerson('Ben', ['tram.jpg']);

  await ann.goto(`${box.url}/people`);
  await ann.getByRole('link', { name: 'Ben' }).waitFor();
  await isOpenToAll('people');
  await ann.getByRole('link', { name: 'Add a name' }).click();
  await ann.getByText('1 photo', { exact: true }).first().waitFor();
  await shown(1);
  await isOpenToAll('person');

  await ann.getByRole('button', { name: 'Same person as…' }).click();
  await ann.getByRole('heading', { name: 'Alike' }).waitFor();
  assert.deepEqual(await findBarriers(ann), [], 'whom to merge');
  await ann.getByRole('dialog').getByRole('button', { name: 'Anna' }).click();
  await ann.getByRole('heading', { name: 'Are these the same person?' }).waitFor();
  assert.deepEqual(await findBarriers(ann), [], 'whether to merge');
  await ann.getByRole('button', { name: 'Yes, put together' }).click();
  // The one with a name stays.
  await ann.waitForURL(`${box.url}/people/${anna}`);
  await shown(3);
  assert.equal((await ann.request.get(`${box.url}/api/people/${unnamed}`)).status(), 400);

  await ann.getByRole('button', { name: 'Anna', exact: true }).click();
  await ann.keyboard.press('End');
  await ann.keyboard.type(' Berger');
  await ann.keyboard.press('Enter');
  await ann.getByRole('heading', { name: 'Anna Berger' }).waitFor();
  await ann.getByRole('button', { name: 'Actions for Anna Berger' }).click();
  await ann.getByRole('menuitem', { name: 'Date of birth' }).click();
  await ann.getByLabel('Date of birth').last().fill('2019-05-04');
  await ann.getByRole('button', { name: 'Save' }).click();
  await ann.getByText('born 4 May 2019').waitFor();

  await ann.goto(`${box.url}/people`);
  await ann.getByRole('button', { name: 'Actions for Ben' }).click();
  await ann.getByRole('menuitem', { name: 'Hide' }).click();
  await ann.getByRole('link', { name: 'Ben' }).waitFor({ state: 'detached' });
  await ann.getByRole('button', { name: 'Show hidden (1)' }).click();
  await ann.getByRole('link', { name: 'Ben' }).waitFor();

  await ann.goto(`${box.url}/search`);
  await ann.getByRole('link', { name: 'Anna Berger' }).waitFor();
  await ann.getByRole('combobox').fill('Anna Berger 2024');
  await ann.keyboard.press('Enter');
  await ann.getByText('1 photo found').waitFor();
  await ann.getByRole('button', { name: 'Remove Anna Berger' }).waitFor();
});

test('a memory is played by keyboard and finger, kept, and not shown again', async () => {
  const day = await ann.evaluate(() => {
    const now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  });
  const year = Number(day.slice(0, 4)) - 2;
  await send('POST', '/memories', {
    type: 'on_this_day',
    data: { year },
    memoryAt: `${year}${day.slice(4)}T00:00:00.000Z`,
    showAt: `${day}T00:00:00.000Z`,
    hideAt: `${day}T23:59:59.999Z`,
    assetIds: [ids.get('beach.jpg'), ids.get('pier.jpg'), ids.get('cake.jpg')],
  });
  await ann.goto(`${box.url}/memories`);
  const card = ann.getByRole('button', { name: /^2 years ago/ });
  await card.waitFor();
  await isOpenToAll('memories');
  await card.click();
  const player = ann.getByRole('dialog', { name: 'Memory: 2 years ago' });
  await player.getByText('Photo 1 of 3').waitFor();
  assert.deepEqual(await findBarriers(ann), [], 'player');
  await ann.keyboard.press('ArrowRight');
  await player.getByText('Photo 2 of 3').waitFor();
  await player.locator('.memory-stage').evaluate((stage) => {
    const touch = (type: string, clientX: number) =>
      stage.dispatchEvent(
        new PointerEvent(type, { pointerType: 'touch', clientX, clientY: 200, bubbles: true }),
      );
    touch('pointerdown', 300);
    touch('pointerup', 100);
  });
  await player.getByText('Photo 3 of 3').waitFor();
  await player.getByRole('button', { name: 'Keep this memory' }).click();
  await player.getByRole('button', { name: 'Stop keeping it' }).waitFor();
  await ann.keyboard.press('Escape');
  await ann.getByRole('heading', { name: 'Kept' }).waitFor();

  await card.first().click();
  await player.getByRole('button', { name: 'More' }).click();
  await ann.getByRole('menuitem', { name: 'Do not show this memory again' }).click();
  await ann.getByRole('heading', { name: 'Memories come with time' }).waitFor();
});
