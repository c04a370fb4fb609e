import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeJpeg } from '#test/fixtures/media';
import { heading, isOpenToAll, OWNER, openHousehold, openOwnersPage, PHONE } from './ui-household.ts';

test('keys, devices and news: a secret is shown once, a phone is signed out, news come by themselves', async (t) => {
  const household = await openHousehold(t);
  const page = await openOwnersPage(household, '/keys');
  const opens = async (secret: string) =>
    (await fetch(`${household.url}/api/users/me`, { headers: { 'x-api-key': secret } })).status === 200;

  await page.getByText('No key yet').waitFor();
  await page.getByRole('button', { name: 'New key' }).click();
  const dialog = page.getByRole('dialog');
  await page.keyboard.type('Laptop');
  await dialog.getByLabel('It may').selectOption('chosen');
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  await dialog.getByText('Choose at least one.').waitFor();
  await dialog.getByLabel('Find a permission').fill('user.read');
  await dialog.getByRole('checkbox', { name: 'user.read', exact: true }).press('Space');
  await isOpenToAll(page, 'new key');
  await dialog.getByRole('button', { name: 'Make the key' }).click();
  const secret = await page.getByRole('status', { name: 'Your new key' }).innerText();
  assert.ok(await opens(secret));
  await isOpenToAll(page, 'secret');
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByText(/^1 permission · made on/).waitFor();
  assert.equal((await page.content()).includes(secret), false);

  await page.getByRole('button', { name: 'More about Laptop' }).click();
  await page.getByRole('menuitem', { name: 'Give it a new secret' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Give it a new secret' }).click();
  const renewed = await page.getByRole('status', { name: 'Your new key' }).innerText();
  assert.equal(await opens(secret), false);
  assert.ok(await opens(renewed));
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'More about Laptop' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No key yet').waitFor();
  assert.equal(await opens(renewed), false);

  const login = await fetch(`${household.url}/api/auth/login`, {
    method: 'POST',
    headers: { ...PHONE, 'content-type': 'application/json' },
    body: JSON.stringify(OWNER),
  });
  const { accessToken } = (await login.json()) as { accessToken: string };
  await page.goto(`${household.url}/devices`);
  await page.getByText('this one').waitFor();
  await page.getByText('Pixel 8, Android', { exact: true }).waitFor();
  await isOpenToAll(page, 'devices');
  await page.getByRole('button', { name: 'Sign out Pixel 8, Android' }).click();
  await page.getByText('You are signed in nowhere else.').waitFor();
  const asked = await fetch(`${household.url}/api/users/me`, {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  assert.equal(asked.status, 401);

  await page.goto(`${household.url}/notifications`);
  await page.getByText('Nothing new').waitFor();
  const { id: userId } = await page.evaluate(async () => (await fetch('/api/users/me')).json());
  await page.context().request.post(`${household.url}/api/admin/notifications`, {
    data: { userId, title: 'The drive arrived', description: 'It is on the shelf' },
  });
  await page.getByText('The drive arrived').waitFor();
  await isOpenToAll(page, 'news');
  await page.getByRole('button', { name: 'All read' }).click();
  await page.getByText('new', { exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Remove: The drive arrived' }).click();
  await page.getByText('Nothing new').waitFor();
});

test('the account and the settings of the box: what is saved stays, what is wrong is told', async (t) => {
  const scratch = await mkdtemp(join(tmpdir(), 'shoebox-portrait-'));
  t.after(() => rm(scratch, { recursive: true }));
  const household = await openHousehold(t);
  const page = await openOwnersPage(household, '/account');
  await page.getByRole('textbox', { name: 'Name' }).fill('Anna');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Account of Anna' }).waitFor();

  const picture = join(scratch, 'anna.jpg');
  await makeJpeg(picture, { seed: 2 });
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a picture' }).click();
  await (await choosing).setFiles(picture);
  await page.getByRole('button', { name: 'Remove it' }).waitFor();
  assert.ok((await page.locator('img.avatar').count()) >= 2, 'here and in the corner');

  await page.getByLabel('Current password').fill('not this one');
  await page.getByLabel('New password').fill('another sentence');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await page.getByRole('alert').getByText('Wrong password').waitFor();
  await isOpenToAll(page, 'account');

  await page.getByLabel('Six digits').fill('123456');
  await page.getByRole('button', { name: 'Set a PIN' }).click();
  await page.getByText('There is a PIN.').waitFor();
  await page.getByRole('button', { name: 'Remove the PIN' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Your password').fill(OWNER.password);
  await dialog.getByRole('button', { name: 'Remove the PIN' }).click();
  await page.getByRole('button', { name: 'Set a PIN' }).waitFor();

  await page.getByLabel('Language').last().selectOption('de');
  await heading(page, 'Ihr Konto').waitFor();
  await isOpenToAll(page, 'account in German');
  await page.getByLabel('Sprache').last().selectOption('en');

  await page.goto(`${household.url}/box-settings`);
  await page.getByRole('switch', { name: 'Name the places' }).press('Space');
  await page.getByText('Usually on.').waitFor();
  await page.getByLabel('How long the trash keeps photos').fill('12');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Usually 30 days.').waitFor();
  await page.getByLabel('Address from everywhere').fill('photos.example.org');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('alert').getByText('It has to begin with https://').waitFor();
  await isOpenToAll(page, 'settings of the box');
  await page.reload();
  assert.equal(await page.getByLabel('How long the trash keeps photos').inputValue(), '12');
  assert.equal(await page.getByRole('switch', { name: 'Name the places' }).isChecked(), false);
});
