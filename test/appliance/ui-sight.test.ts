import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBarriers } from './find-barriers.ts';
import { findCutText } from './find-cut-text.ts';
import { findUnreachable } from './find-unreachable.ts';
import { openScreen, SMALLEST, shareFullLibrary } from './full-library.ts';

const library = shareFullLibrary();

test('every screen with something in it is open to screen readers in both themes', async () => {
  const { page, url, paths } = library();
  for (const path of paths) {
    await openScreen(page, url + path);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    assert.deepEqual(await findBarriers(page), [], `${path}, light`);
    // Themes differ in their colours.
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    assert.deepEqual(await findBarriers(page, { isColoursOnly: true }), [], `${path}, dark`);
  }
});

test('a phone at 200 % shows every German word, and a guest every one of theirs', async () => {
  const { url, context, paths, linkPath } = library();
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
  for (const path of paths) {
    await openScreen(page, url + path);
    assert.deepEqual(await findCutText(page), [], path);
  }
  const guests = await browser.newContext(small);
  const guest = await guests.newPage();
  await guest.goto(url + linkPath);
  await guest.locator('.tile-shown').first().waitFor();
  assert.deepEqual(await findCutText(guest), [], 'guest');
  assert.deepEqual(await findUnreachable(guest), [], 'guest');
});
