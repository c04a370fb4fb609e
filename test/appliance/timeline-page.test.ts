import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from './open-page.ts';

test('photos lie below the names of their days, are chosen by keys and in ranges, and the trash gives them back', async (t) => {
  const { url, page, ask, addPhoto } = await openPage(t);
  for (let index = 0; index < 4; index += 1)
    await addPhoto(`may-${index}.jpg`, `2024:05:04 1${index}:00:00`, index + 1);
  await addPhoto('june.jpg', '2024:06:20 12:00:00', 9);
  await page.goto(url);
  await page.getByRole('heading', { name: 'June 2024' }).waitFor();
  await page.getByRole('heading', { name: 'Sat 4 May' }).waitFor();
  const tiles = page.locator('.tile');
  assert.equal(await tiles.count(), 5);

  // A key chooses one, another with the shift key all between.
  await tiles.nth(1).focus();
  await page.keyboard.press(' ');
  await page.locator('.selection-count', { hasText: '1 chosen' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ ');
  await page.locator('.selection-count', { hasText: '3 chosen' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.selection-bar').waitFor({ state: 'detached' });

  // The name of a day chooses all of it.
  await page.getByRole('button', { name: 'Choose all of Sat 4 May' }).click();
  await page.locator('.selection-count', { hasText: '4 chosen' }).waitFor();
  await page.getByRole('button', { name: 'Move to the trash' }).click();
  await page.getByText('4 photos moved to the trash').waitFor();
  await page.waitForFunction(() => document.querySelectorAll('.tile').length === 1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.tile').length === 5);
  assert.equal((await ask<{ total: number }>('GET', '/assets/statistics?isTrashed=true')).total, 0);

  // While something is chosen, a click chooses too, and the heart is for all of them.
  await tiles.nth(0).focus();
  await page.keyboard.press(' ');
  await tiles.nth(2).click();
  await page.locator('.selection-count', { hasText: '2 chosen' }).waitFor();
  await page.getByRole('button', { name: 'Add to favourites' }).click();
  await page.getByText('2 photos added to favourites').waitFor();
  await page.getByRole('link', { name: 'Favourites' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.tile').length === 2);
  assert.equal(await page.title(), 'Favourites · Shoebox');
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1');
});

test('what the header of the page names is asked once, and drawn from that', async (t) => {
  const { url, page, addPhoto } = await openPage(t);
  await addPhoto('may.jpg', '2024:05:04 12:00:00', 1);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url().replace(url, '')));
  const answer = await page.goto(url);
  const named = [...(await answer!.allHeaders())['link']!.matchAll(/<([^>]+)>/g)].map(
    ([, address]) => address!,
  );
  assert.equal(named.length, 3);
  await page.locator('.tile-shown').waitFor();
  // The list of months is asked for again once events are heard; who is here and what a month holds are not.
  for (const address of [named[0], named[2]])
    assert.equal(asked.filter((path) => path === address).length, 1, address);
  assert.ok(asked.includes(named[1]!));
});

test('on a phone a resting finger chooses, and the page comes back to where it was', async (t) => {
  const { url, page, addPhoto } = await openPage(t, {
    viewport: { width: 360, height: 640 },
    hasTouch: true,
    isMobile: true,
  });
  for (let index = 0; index < 8; index += 1)
    await addPhoto(`photo-${index}.jpg`, `2024:0${index + 1}:04 12:00:00`, index + 1);
  await page.goto(url);
  const tile = page.locator('.tile').first();
  await tile.waitFor();
  const box = (await tile.boundingBox())!;
  const session = await page.context().newCDPSession(page);
  const touchPoints = [{ x: box.x + 40, y: box.y + 40 }];
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
  await page.locator('.selection-count', { hasText: '1 chosen' }).waitFor();
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await page.locator('.selection-count', { hasText: '1 chosen' }).waitFor();
  assert.equal(await page.getByRole('dialog').count(), 0);
  await page.getByRole('button', { name: 'Choose nothing' }).click();

  // The page is as long as its months once all of them are known.
  await page.waitForFunction(() => {
    window.scrollTo(0, 500);
    return Math.abs(window.scrollY - 500) < 2;
  });
  await page.getByRole('link', { name: 'Albums' }).click();
  await page.getByRole('heading', { name: 'Albums', level: 1 }).waitFor();
  assert.equal(await page.evaluate(() => window.scrollY), 0);
  await page.goBack();
  await page.waitForFunction(() => Math.abs(window.scrollY - 500) < 2);
});
