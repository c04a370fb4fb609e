import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findCutText } from './find-cut-text.ts';
import { findUnreachable } from './find-unreachable.ts';
import { openScreen, SMALLEST, shareFullLibrary } from './full-library.ts';

const library = shareFullLibrary();

test('Tab alone leads to every control of every screen, each stop is seen, and nothing moves for those who want it still', async () => {
  const box = library();
  const { page } = box;
  await page.setViewportSize({ width: 1280, height: 900 });
  for (const path of box.paths) {
    await openScreen(page, box.url + path);
    assert.deepEqual(await findUnreachable(page), [], path);
    assert.deepEqual(await page.evaluate(listMotion), [], path);
  }
});

test('what opens above a screen keeps the keyboard, fits the smallest screen, and gives the focus back on Escape', async () => {
  const box = library();
  const { page } = box;
  const openers: [path: string, button: string | RegExp][] = [
    ['/albums', 'New album'],
    [box.albumPath, 'Share'],
    [box.albumPath, 'Comments and likes'],
    ['/tags', 'New tag'],
    ['/search', 'Filters'],
    ['/sharing', 'QR code'],
    ['/sharing', 'Share my timeline'],
    ['/trash', 'Empty the trash'],
    [box.personPath, 'Same person as…'],
    ['/memories', /years? ago/],
    [box.photoPath, 'Share with a link'],
    [box.photoPath, 'Add to album'],
    [box.photoPath, 'Change date and time'],
    [box.photoPath, 'Change place'],
    [box.photoPath, 'Mark and name faces'],
  ];
  let at = '';
  for (const [path, name] of openers) {
    await page.setViewportSize({ width: 1280, height: 900 });
    if (path !== at) await openScreen(page, box.url + path);
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
  const box = library();
  const { page } = box;
  await openScreen(page, box.url + box.photoPath);
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
  // It comes back with the next frame.
  await page.waitForFunction((element) => element === document.activeElement, await more.elementHandle());
});

/** What moves longer than anybody sees. */
const listMotion = () =>
  document
    .getAnimations()
    .filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 1)
    .map(({ effect }) => (effect as KeyframeEffect).target?.className);
