import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { makeJpeg } from '#test/fixtures/media';
import { heading, isOpenToAll, OWNER, openHousehold, PHONE, signIn } from './ui-household.ts';

test('a family sets its box up, stops half-way, goes on in another browser and sees the first photo arrive', async (t) => {
  const { url, poolDir, newBrowser } = await openHousehold(t);
  const laptop = await (await newBrowser()).newPage();
  await laptop.goto(`${url}/anywhere`);
  await heading(laptop, 'Welcome home, photos').waitFor();
  await isOpenToAll(laptop, 'welcome');

  // By keyboard alone, as far as the account.
  await laptop.keyboard.press('Enter');
  await heading(laptop, 'First, your account').waitFor();
  await isOpenToAll(laptop, 'account');
  for (const [index, words] of [OWNER.name, OWNER.email, 'short'].entries()) {
    if (index > 0) await laptop.keyboard.press('Tab');
    await laptop.keyboard.type(words);
  }
  await laptop.keyboard.press('Enter');
  assert.equal(await heading(laptop, 'First, your account').count(), 1, 'a password of five letters');
  await laptop.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await laptop.keyboard.press('Enter');

  await heading(laptop, 'Give your box a name').waitFor();
  await isOpenToAll(laptop, 'box');
  assert.equal(await laptop.getByLabel('Time zone').inputValue(), 'Europe/Vienna');
  await laptop.getByLabel('Name of the box').fill('Ann’s Box');
  await laptop.getByText('In your network it is written anns-box').waitFor();
  await laptop.getByRole('button', { name: 'Continue' }).click();

  await heading(laptop, 'Your drives').waitFor();
  await laptop.getByText('comes with a later version').waitFor();
  await isOpenToAll(laptop, 'drives');
  await laptop.getByRole('button', { name: 'Continue' }).click();
  await heading(laptop, 'What may the box find out?').waitFor();
  await laptop.context().close();

  // The power was cut, somebody takes another device: the box knows where it was.
  const tablet = await (await newBrowser({ width: 768, timezoneId: 'UTC' })).newPage();
  await tablet.goto(url);
  await signIn(tablet, OWNER);
  await heading(tablet, 'What may the box find out?').waitFor();
  await isOpenToAll(tablet, 'privacy');
  assert.equal(await tablet.getByRole('switch', { name: /faces/ }).isChecked(), false);
  await tablet.getByRole('switch', { name: /other years/ }).press('Space');
  await tablet.reload();
  assert.equal(
    await tablet.getByRole('switch', { name: /other years/ }).isChecked(),
    true,
    'nothing was sent yet',
  );
  await tablet.getByRole('switch', { name: /other years/ }).click();
  await tablet.getByRole('button', { name: 'Continue' }).click();

  await heading(tablet, 'Connect your phone').waitFor();
  await tablet.getByText('Waiting for your phone').waitFor();
  await tablet.getByRole('img', { name: /^QR code of http:\/\/[\d.]+:\d+$/ }).waitFor();
  await isOpenToAll(tablet, 'phone');
  await tablet.reload();
  await tablet.getByText('Waiting for your phone').waitFor();

  const login = await fetch(`${url}/api/auth/login`, {
    method: 'POST',
    headers: { ...PHONE, 'content-type': 'application/json' },
    body: JSON.stringify(OWNER),
  });
  const { accessToken } = (await login.json()) as { accessToken: string };
  await tablet.getByText('Your phone has arrived').waitFor();
  await tablet.getByText('Pixel 8: no photos yet').waitFor();
  const photo = `${poolDir}-photo.jpg`;
  await makeJpeg(photo, { seed: 4 });
  const form = new FormData();
  form.set('fileCreatedAt', '2024-05-01T10:00:00.000Z');
  form.set('fileModifiedAt', '2024-05-01T10:00:00.000Z');
  form.set('assetData', new Blob([await readFile(photo)]), 'photo.jpg');
  await fetch(`${url}/api/assets`, {
    method: 'POST',
    headers: { ...PHONE, authorization: `Bearer ${accessToken}` },
    body: form,
  });
  await tablet.getByText('1 photo so far').waitFor();
  await tablet.getByRole('button', { name: 'Continue' }).click();

  await heading(tablet, 'Your box is ready').waitFor();
  await tablet.getByText('anns-box').waitFor();
  await tablet.getByText('Europe/Vienna').waitFor();
  await isOpenToAll(tablet, 'done');
  await tablet.getByRole('button', { name: 'To your photos' }).click();
  await tablet.getByRole('link', { name: /^Photo, / }).waitFor();
  assert.equal(await tablet.getByText('not finished yet').count(), 0);

  const setup = await tablet.evaluate(async () => (await fetch('/api/appliance/setup')).json());
  assert.equal(setup.next, null);
  const privacy = setup.steps.find(({ id }: { id: string }) => id === 'privacy');
  assert.deepEqual(privacy.answers, { faces: false, placeNames: true, memories: false });
});

test('who opens the photos of a box that is half set up is reminded, and can pass over every step', async (t) => {
  const { url, newBrowser } = await openHousehold(t);
  const context = await newBrowser();
  for (const step of ['auth/admin-sign-up', 'auth/login'])
    await context.request.post(`${url}/api/${step}`, { data: OWNER });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByText('Setting up this box is not finished yet.').waitFor();
  await page.getByRole('link', { name: 'Go on' }).click();
  await heading(page, 'Give your box a name').waitFor();
  await page.getByRole('button', { name: 'Not now' }).click();
  await heading(page, 'Your drives').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await heading(page, 'What may the box find out?').waitFor();
  // Back to what was passed over, and on from there.
  await page.getByRole('button', { name: /Name$/ }).click();
  await heading(page, 'Give your box a name').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await heading(page, 'Your drives').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  for (const name of ['What may the box find out?', 'Connect your phone']) {
    await heading(page, name).waitFor();
    await page.getByRole('button', { name: 'Not now' }).click();
  }
  await page.getByRole('button', { name: 'To your photos' }).click();
  await page.getByText('Room for a lifetime of photos').waitFor();
  await page.reload();
  await page.getByText('Room for a lifetime of photos').waitFor();
  assert.equal(await page.getByText('not finished yet').count(), 0);

  // All of it can be looked at again later.
  await page.goto(`${url}/settings`);
  await page.getByRole('link', { name: /^Go through the set-up again/ }).click();
  await heading(page, 'Your box is ready').waitFor();
  await page.getByRole('button', { name: /Privacy$/ }).click();
  await heading(page, 'What may the box find out?').waitFor();
});

test('after a power cut at any step the set-up goes on at that step, with what was answered', async (t) => {
  const { url, newBrowser, cutPower } = await openHousehold(t);
  const page = await (await newBrowser({ width: 768 })).newPage();
  /** The power goes at the step that is open; whoever comes back opens the address of the box. */
  const losePower = async (step: string) => {
    await heading(page, step).waitFor();
    // A page rightly complains about a box that is gone.
    await page.goto('about:blank');
    await cutPower();
    await page.goto(url);
  };
  const goOn = async (step: string) => {
    await page.getByRole('link', { name: 'Go on' }).click();
    await heading(page, step).waitFor();
  };
  const next = () => page.getByRole('button', { name: 'Continue' }).click();
  await page.goto(url);
  await losePower('Welcome home, photos');
  await page.getByRole('button', { name: 'begin' }).click();
  await losePower('First, your account');
  await page.getByRole('button', { name: 'begin' }).click();
  for (const [label, words] of [
    ['Your name', OWNER.name],
    ['E-mail', OWNER.email],
    ['Password', OWNER.password],
  ] as const)
    await page.getByLabel(label, { exact: true }).fill(words);
  await page.keyboard.press('Enter');

  await losePower('Give your box a name');
  await goOn('Give your box a name');
  await page.getByLabel('Name of the box').fill('attic');
  await next();
  await losePower('Your drives');
  // Nothing is asked about drives yet, so that it goes on with the next question.
  await goOn('What may the box find out?');
  assert.match(await page.title(), /· attic$/);
  await page.getByRole('switch', { name: /other years/ }).click();
  await next();
  await losePower('Connect your phone');
  await goOn('Connect your phone');
  await page.getByRole('button', { name: 'Not now' }).click();
  await losePower('Your box is ready');
  await goOn('Your box is ready');
  await page.getByText('attic').first().waitFor();
  await page.getByRole('button', { name: 'To your photos' }).click();
  await page.getByText('Room for a lifetime of photos').waitFor();
  await page.goto('about:blank');
  await cutPower();
  await page.goto(url);
  await page.getByText('Room for a lifetime of photos').waitFor();
  assert.equal(await page.getByText('not finished yet').count(), 0);
  const setup = await page.evaluate(async () => (await fetch('/api/appliance/setup')).json());
  const privacy = setup.steps.find(({ id }: { id: string }) => id === 'privacy');
  assert.equal(privacy.answers.memories, false);
});
