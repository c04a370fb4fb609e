import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { findBarriers } from './find-barriers.ts';
import { type OpenPage, openPage } from './open-page.ts';

// One box and one browser for all tests of this file: they look at the same few photos.
let url: string;
let page: Page;
let ask: OpenPage['ask'];
const ids = new Map<string, string>();
const ends: (() => unknown)[] = [];

/** Nothing that has to be scrolled sideways on a phone, and no barrier. */
async function isOpenToAll(what: string): Promise<void> {
  assert.deepEqual(await findBarriers(page), [], what);
  await page.setViewportSize({ width: 360, height: 740 });
  await page.waitForFunction(
    () => document.documentElement.scrollWidth <= document.documentElement.clientWidth,
  );
  await page.setViewportSize({ width: 1280, height: 800 });
}

before(async () => {
  const opened = await openPage({ after: (end: () => unknown) => ends.push(end) } as never, {
    viewport: { width: 1280, height: 800 },
  });
  ({ url, page, ask } = opened);
  page.setDefaultTimeout(20_000);
  for (const [index, [name, takenAt]] of [
    ['new.jpg', '2025:07:05 12:30:00'],
    ['day-one.jpg', '2023:03:04 12:00:00'],
    ['day-two.jpg', '2023:03:05 12:00:00'],
    ['again.jpg', '2023:03:05 13:00:00'],
  ].entries())
    ids.set(name!, await opened.addPhoto(name!, takenAt!, index + 1));
});

after(async () => {
  for (const end of ends) await end();
});

test('the calendar leads to a day of the timeline by keyboard and by mouse', async () => {
  await page.goto(`${url}/calendar`);
  await page.getByRole('heading', { name: '2023 3 photos' }).waitFor();
  await page.getByRole('table', { name: 'March' }).first().waitFor();
  await isOpenToAll('calendar');
  await page.getByRole('link', { name: '4 March 2023, 1 photo' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/?day=2023-03-05`);
  // The latest of that day has the focus.
  await page.waitForFunction((id) => document.activeElement?.id.includes(id), ids.get('again.jpg')!);
  await page.goBack();
  await page.getByRole('link', { name: '5 July 2025, 1 photo' }).click();
  await page.waitForFunction((id) => document.activeElement?.id.includes(id), ids.get('new.jpg')!);
});

test('a photo gets a place by its name and by a click on the map, and is shown on the map', async () => {
  const id = ids.get('new.jpg')!;
  const read = async () =>
    (await ask<{ exifInfo: { latitude: number; longitude: number; city: string } }>('GET', `/assets/${id}`))
      .exifInfo;
  await page.goto(`${url}/photos/${id}`);
  await page.locator('img.stage-shown').first().waitFor();
  await page.keyboard.press('i');
  const panel = page.getByRole('complementary', { name: 'About this photo' });
  await panel.getByText('The photo does not know where it was taken.').waitFor();
  await panel.getByRole('button', { name: 'Change place' }).click();
  const dialog = page.getByRole('dialog', { name: 'Where was this?' });
  await dialog.getByLabel('Name of a place').fill('qqqq');
  await dialog.getByText('No place of this name.').waitFor();
  await dialog.getByLabel('Name of a place').fill('zurich');
  await dialog.getByRole('button', { name: /^Zürich Zurich, Switzerland/ }).waitFor();
  await dialog.getByRole('group', { name: /^Map/ }).locator('canvas').waitFor();
  await isOpenToAll('choosing a place');
  await dialog.getByRole('button', { name: /^Zürich Zurich, Switzerland/ }).click();
  await panel.getByText('47.36667, 8.55000').waitFor();
  assert.equal((await read()).latitude, 47.36667);

  await panel.getByRole('button', { name: 'Change place' }).click();
  const map = dialog.getByRole('group', { name: /^Map/ });
  await map.locator('.map-pin').waitFor();
  const box = (await map.boundingBox())!;
  await map.click({ position: { x: box.width / 2 - 40, y: box.height / 2 } });
  await page.waitForFunction(() => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('dialog.dialog input')];
    return fields.some(({ value }) => /^47\.\d+, 8\.1/.test(value));
  });
  // By keyboard: the pin goes to the middle, which the arrow keys have moved to the east again.
  await map.focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.waitForFunction(
    async (path) =>
      ((await (await fetch(path)).json()) as { exifInfo: { longitude: number } }).exifInfo.longitude > 10,
    `/api/assets/${id}`,
  );

  const { latitude, longitude } = await read();
  await panel.getByRole('link', { name: 'Show on the map' }).click();
  await page.waitForURL(`${url}/places?at=${latitude},${longitude}`);
  await page.getByRole('button', { name: /^1 photo/ }).waitFor();
  await page.getByRole('link', { name: /^Photo, / }).waitFor();
});

interface Face {
  id: string;
  boundingBoxX1: number;
  boundingBoxX2: number;
  imageWidth: number;
  person: { name: string } | null;
}

test('faces are marked by mouse, by touch and by keyboard, go to somebody else, and are taken away', async () => {
  const id = ids.get('day-one.jpg')!;
  const faces = () => ask<Face[]>('GET', `/faces?id=${id}`);
  await page.goto(`${url}/photos/${id}`);
  await page.locator('img.stage-shown').first().waitFor();
  await page.keyboard.press('i');
  const panel = page.getByRole('complementary', { name: 'About this photo' });
  await panel.getByText('Nobody is marked yet.').waitFor();
  await panel.getByRole('button', { name: 'Mark and name faces' }).click();
  const editor = page.getByRole('dialog', { name: 'Faces in this photo' });
  await editor.getByText('No face is marked in this photo yet.').waitFor();
  await isOpenToAll('faces');

  // By mouse, somebody new.
  const picture = editor.locator('.face-canvas');
  const box = (await picture.boundingBox())!;
  const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(0.1, 0.1));
  await page.mouse.down();
  await page.mouse.move(...at(0.3, 0.4), { steps: 4 });
  await page.mouse.up();
  // The field has the focus.
  const fieldHasFocus = () =>
    page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
  await fieldHasFocus();
  await page.keyboard.type('Clara');
  await editor.getByRole('button', { name: 'New person “Clara”' }).waitFor();
  await isOpenToAll('naming a face');
  await editor.getByLabel('Who is this?').focus();
  await page.keyboard.press('Enter');
  await editor.getByRole('button', { name: 'Clara', exact: true }).waitFor();
  const [clara] = await faces();
  assert.equal(clara?.person?.name, 'Clara');
  assert.ok(Math.abs(clara.boundingBoxX1 / clara.imageWidth - 0.1) < 0.02, `${clara.boundingBoxX1}`);
  assert.ok(Math.abs(clara.boundingBoxX2 / clara.imageWidth - 0.3) < 0.02, `${clara.boundingBoxX2}`);

  // By keyboard, to the right and larger.
  await editor.getByRole('button', { name: 'Mark a face' }).focus();
  await page.keyboard.press('Enter');
  await editor.getByRole('group', { name: /^Frame around a face/ }).waitFor();
  await page.waitForFunction(() => document.activeElement?.classList.contains('face-draft'));
  for (let step = 0; step < 10; step += 1) await page.keyboard.press('ArrowRight');
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await fieldHasFocus();
  await page.keyboard.type('Ben');
  await page.keyboard.press('Enter');
  await editor.getByRole('button', { name: 'Ben', exact: true }).waitFor();
  const ben = (await faces()).find(({ person }) => person?.name === 'Ben')!;
  assert.ok(Math.abs(ben.boundingBoxX1 / ben.imageWidth - 0.51) < 0.02, `${ben.boundingBoxX1}`);
  assert.ok(Math.abs(ben.boundingBoxX2 / ben.imageWidth - 0.74) < 0.02, `${ben.boundingBoxX2}`);

  // With a finger; Escape takes the frame back before it closes.
  await picture.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    element.setPointerCapture = () => {};
    const touch = (type: string, x: number, y: number) =>
      element.dispatchEvent(
        new PointerEvent(type, {
          ...{ pointerType: 'touch', pointerId: 9, bubbles: true },
          ...{ clientX: left + x * width, clientY: top + y * height },
        }),
      );
    touch('pointerdown', 0.6, 0.6);
    touch('pointermove', 0.8, 0.9);
    touch('pointerup', 0.8, 0.9);
  });
  await editor.getByRole('group', { name: /^Frame around a face/ }).waitFor();
  await page.keyboard.press('Escape');
  await editor.getByRole('group', { name: /^Frame around a face/ }).waitFor({ state: 'detached' });

  // Ben's face was Clara's too.
  await editor.getByRole('button', { name: 'Ben', exact: true }).click();
  await editor.getByLabel('Who is this?').fill('cla');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('.face-frame[aria-label="Clara"]').length === 2);
  await editor.getByRole('button', { name: 'Clara' }).first().click();
  await editor.getByRole('button', { name: 'This is no face' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.face-frame').length === 1);
  assert.equal((await faces()).length, 1);

  await page.keyboard.press('Escape');
  await editor.waitFor({ state: 'detached' });
  await panel.getByRole('link', { name: 'Clara' }).waitFor();
  await panel.getByRole('switch', { name: 'Mark faces in the photo' }).click();
  await page.locator('.stage .face-box').waitFor();
  await isOpenToAll('a photo with faces');
});
