import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { updateFault } from '#contract/appliance-updates';
import { startUpdates } from './start-updates.ts';
import { isOpenToAll, openHousehold, openOwnersPage } from './ui-household.ts';

const choose = (page: Page, file: string) => page.locator('input[accept=".raucb"]').setInputFiles(file);

test('an update goes from a file to the version that runs, in a browser, and what happened is on the page', async (t) => {
  const box = await startUpdates(t);
  const household = await openHousehold(t, { SHOEBOX_UPDATES_SOCKET: box.socket });
  const page = await openOwnersPage(household, '/box');
  await page.getByRole('heading', { name: 'Updates' }).waitFor();
  await page.getByRole('link', { name: 'To the updates' }).press('Enter');
  await page.getByRole('heading', { name: 'Version 0.1.0' }).waitFor();
  await page.getByText('This is the version that the box came with.').waitFor();
  await isOpenToAll(page, 'updates');

  await choose(page, await box.bundles.make({ version: '0.2.0', signedBy: 'others' }));
  await page.getByText('This file was not made by those who make this box’s system').waitFor();
  await isOpenToAll(page, 'a refused update');

  const file = await box.bundles.make({ version: '0.2.0' });
  await choose(page, file);
  await page.getByRole('heading', { name: 'Version 0.2.0 is ready' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Choose a file' }).count(), 0);
  await isOpenToAll(page, 'an update that waits');
  await page.getByRole('button', { name: 'Tonight', exact: true }).click();
  await page.getByText(/^The box starts again by itself: .*:00\.$/).waitFor();
  await page.getByRole('button', { name: 'Not tonight' }).click();
  await page.getByRole('button', { name: 'Tonight', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Start again now' }).press('Enter');
  await page.getByRole('heading', { name: 'The box starts again' }).waitFor();
  assert.equal(box.restarts(), 1);
  await isOpenToAll(page, 'a restart');

  await box.startAs({ version: '0.2.0', slot: 'B' });
  await page.getByRole('heading', { name: 'Version 0.2.0 is being tried' }).waitFor();
  await isOpenToAll(page, 'a version that is tried');
  await box.memory.write('updates/kept.v1.json', { version: '0.2.0', slot: 'B', at: Date.now() });
  await box.memory.write('updates/minimum.v1.json', { version: '0.2.0' });
  await box.updates().tick();
  await page.getByText('Updated to version 0.2.0, now.').waitFor();
  await page.getByText('Versions older than 0.2.0 are refused').waitFor();
  await isOpenToAll(page, 'an update that is done');

  // The next one does not work out.
  await choose(page, await box.bundles.make({ version: '0.3.0' }));
  await page.getByRole('heading', { name: 'Version 0.3.0 is ready' }).waitFor();
  const fault = updateFault('drives_missing', { found: 1, expected: 2 });
  const failure = { slot: 'A', version: '0.3.0', reason: '1 of 2 drives are there', fault };
  await box.memory.write('slot-failure.json', failure);
  await box.startAs({ version: '0.2.0', slot: 'B' });
  await page.reload();
  await page.getByText('The box went back from version 0.3.0 to 0.2.0.').waitFor();
  await page.getByText('only 1 of 2 drives were there. Your photos were not touched.').waitFor();
  await isOpenToAll(page, 'a version that was given up');
});

test('a file that breaks off goes on when it is chosen again, and an address is asked', async (t) => {
  const box = await startUpdates(t);
  const household = await openHousehold(t, { SHOEBOX_UPDATES_SOCKET: box.socket });
  const page = await openOwnersPage(household, '/updates');
  await page.getByRole('heading', { name: 'Version 0.1.0' }).waitFor();
  // Larger than a part, so that the second can be lost.
  const file = join(box.bundles.folder, 'large.raucb');
  writeFileSync(file, readFileSync(await box.bundles.make({ version: '0.2.0', bytes: 4_000_000 })));
  let isLost = true;
  const sent: number[] = [];
  await page.route('**/api/appliance/updates/file?*', async (route) => {
    const offset = Number(new URL(route.request().url()).searchParams.get('offset'));
    sent.push(offset);
    if (offset > 0 && isLost) await route.abort('connectionreset');
    else await route.continue();
  });
  await choose(page, file);
  await page.getByText('The file did not arrive whole. Choose it again').waitFor();
  await isOpenToAll(page, 'a file that broke off');
  isLost = false;
  await page.reload();
  await page.getByText('The file did not arrive whole. Choose it again').waitFor();
  await choose(page, file);
  await page.getByRole('heading', { name: 'Version 0.2.0 is ready' }).waitFor();
  assert.deepEqual(sent, [0, 8 * 1024 ** 2, 8 * 1024 ** 2]);

  await page.getByLabel('Address for updates').fill('http://updates.example/latest.json');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('has to begin with https://').waitFor();
  await page.getByLabel('Address for updates').fill('https://127.0.0.1:9/latest.json');
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await page.getByText('The address for updates did not answer. Nothing answers there.').waitFor();
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByText('Last checked: now').waitFor();
  await isOpenToAll(page, 'an address that does not answer');
});

test('a Shoebox that was not flashed says so, and nobody else gets there', async (t) => {
  const household = await openHousehold(t);
  const page = await openOwnersPage(household, '/updates');
  await page.getByRole('heading', { name: 'This Shoebox is updated in another way' }).waitFor();
  await isOpenToAll(page, 'no updates');
  await page.goto(`${household.url}/box`);
  await page.getByRole('heading', { name: 'All is well' }).waitFor();
  assert.equal(await page.getByRole('link', { name: 'To the updates' }).count(), 0);
});
