import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeJpeg } from '#test/fixtures/media';
import { heading, isOpenToAll, OWNER, openHousehold, openOwnersPage, PHONE, signIn } from './ui-household.ts';

test('the page about the box says how it is, holds its work, knows its phones and hands out the log', async (t) => {
  const logDir = await mkdtemp(join(tmpdir(), 'shoebox-log-'));
  t.after(() => rm(logDir, { recursive: true }));
  const line = JSON.stringify({ time: new Date().toISOString(), msg: 'photo stored' });
  await writeFile(join(logDir, 'ingest.log'), `${line}\n`);
  const household = await openHousehold(t, { SHOEBOX_LOG_DIR: logDir });
  const page = await openOwnersPage(household, '/box');
  await page.getByRole('heading', { name: 'All is well' }).waitFor();
  await page.getByText('There are no photos to check yet.').waitFor();
  await page.getByRole('img', { name: /^How full the drives are/ }).waitFor();
  await isOpenToAll(page, 'box');

  await page.getByRole('button', { name: 'Pause: Making preview pictures' }).press('Enter');
  await page.getByRole('button', { name: 'Go on: Making preview pictures' }).waitFor();
  await page.reload();
  await page.getByText('Paused').waitFor();
  await page.getByRole('button', { name: 'Go on: Making preview pictures' }).click();
  await page.getByRole('button', { name: 'Pause: Making preview pictures' }).waitFor();

  await page.getByText('No phone is connected yet.').waitFor();
  await page.getByRole('button', { name: 'Connect a phone' }).click();
  const dialog = page.getByRole('dialog', { name: 'Connect a phone' });
  await dialog.getByText('Waiting for your phone').waitFor();
  await isOpenToAll(page, 'connect a phone');
  await fetch(`${household.url}/api/auth/login`, {
    method: 'POST',
    headers: { ...PHONE, 'content-type': 'application/json' },
    body: JSON.stringify(OWNER),
  });
  await dialog.getByText('Your phone has arrived').waitFor();
  await page.keyboard.press('Escape');
  await page.getByText('last heard from: now · no photos yet').waitFor();

  await page.getByLabel('How far back').selectOption({ label: 'The last week' });
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the log' }).click();
  const download = await downloading;
  assert.match(download.suggestedFilename(), /^shoebox-log-.*\.jsonl$/);
  assert.match(await readFile(await download.path(), 'utf8'), /"msg":"photo stored"/);
});

test('a second account signs in, is asked for a password of its own, and sees nothing of the administrator', async (t) => {
  const household = await openHousehold(t);
  const page = await openOwnersPage(household, '/settings');
  await isOpenToAll(page, 'settings');
  await page.getByRole('link', { name: /^Accounts/ }).click();
  await heading(page, 'Accounts').waitFor();
  await page.getByRole('button', { name: 'New account' }).click();
  const dialog = page.getByRole('dialog', { name: 'A new account' });
  await dialog.getByLabel('Name').fill('Bob');
  await dialog.getByLabel('E-mail').fill('bob@example.org');
  await dialog.getByLabel('Password for the first time').fill('bob for now');
  await dialog.getByLabel('Room in GB').fill('much');
  await dialog.getByRole('button', { name: 'Make the account' }).click();
  await dialog.getByText('A whole number of gigabytes').waitFor();
  await isOpenToAll(page, 'new account');
  await dialog.getByLabel('Room in GB').fill('50');
  await dialog.getByRole('button', { name: 'Make the account' }).click();
  await page.getByText('0 B of 50 GB taken').waitFor();
  await isOpenToAll(page, 'accounts');

  const bobs = await (await household.newBrowser({ width: 1280 })).newPage();
  await bobs.goto(household.url);
  await signIn(bobs, { email: 'bob@example.org', password: 'bob for now' });
  await bobs.getByText('Room for a lifetime of photos').waitFor();
  assert.equal(await bobs.getByText('not finished yet').count(), 0);
  await bobs.getByRole('link', { name: 'Choose your own' }).click();
  await bobs.getByLabel('Current password').fill('bob for now');
  await bobs.getByLabel('New password').fill('bob for good');
  await bobs.getByRole('button', { name: 'Change the password' }).click();
  await bobs.getByText('Password changed').waitFor();
  await bobs.getByText('Somebody else chose your password').waitFor({ state: 'detached' });

  await bobs.getByRole('link', { name: 'Settings', exact: true }).click();
  await heading(bobs, 'Settings').waitFor();
  assert.equal(await bobs.getByRole('link', { name: /Accounts|Other folders|of the box|set-up/ }).count(), 0);
  for (const path of ['/users', '/libraries', '/box-settings', '/setup']) {
    await bobs.goto(household.url + path);
    await bobs.getByText('Only the person who looks after the box can open this.').waitFor();
  }
  await bobs.goto(`${household.url}/box`);
  await bobs.getByRole('heading', { name: 'All is well' }).waitFor();
  assert.equal(
    await bobs.getByRole('heading', { name: /^(Room|Safety|Work|If something is wrong)$/ }).count(),
    0,
  );

  // Deleted, Bob is out at once; brought back, he may come in again.
  await page.getByRole('button', { name: 'Change Bob' }).click();
  await page.getByRole('menuitem', { name: 'Delete the account' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete the account' }).click();
  await bobs.getByRole('heading', { name: 'Good to see you' }).waitFor();
  await page.getByRole('button', { name: 'Bring back' }).click();
  await page.getByText('Bob is back').waitFor();
  await signIn(bobs, { email: 'bob@example.org', password: 'bob for good' });
  await bobs.getByRole('heading', { name: 'All is well' }).waitFor();
});

test('a folder on another drive is added, looked through and taken out, and a wrong one is refused in words', async (t) => {
  const drive = await mkdtemp(join(tmpdir(), 'shoebox-drive-'));
  t.after(() => rm(drive, { recursive: true }));
  await mkdir(join(drive, 'old'));
  await makeJpeg(join(drive, 'old', 'market.jpg'), { seed: 1 });
  const household = await openHousehold(t, { SHOEBOX_EXTERNAL: drive });
  const page = await openOwnersPage(household, '/libraries');
  await page.getByText('No other folders yet').waitFor();
  await isOpenToAll(page, 'no folders');
  await page.getByRole('button', { name: 'Add a folder' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a folder' });
  await dialog.getByLabel('Name').fill('Old photos');
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await dialog.getByRole('alert').getByText('Choose a folder first.').waitFor();
  await dialog.getByRole('button', { name: drive }).click();
  await dialog.getByRole('button', { name: 'old' }).click();
  await dialog.getByText('No more folders in here.').waitFor();
  await isOpenToAll(page, 'add a folder');
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await page.getByText(/^1 photo · .* · looked through/).waitFor();
  await isOpenToAll(page, 'folders');
  await page.getByRole('button', { name: 'Add a folder' }).click();
  await dialog.getByRole('button', { name: drive }).press('Enter');
  await dialog.getByRole('button', { name: 'Add it' }).click();
  await dialog.getByRole('alert').getByText('it is in the library Old photos already').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'More about Old photos' }).click();
  await page.getByRole('menuitem', { name: 'Take it out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take it out' }).click();
  await page.getByText('No other folders yet').waitFor();
});
