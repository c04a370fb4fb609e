import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPage } from './open-page.ts';

test('the page opens while the box is away, shows kept thumbnails, and forgets them with the session', async (t) => {
  const { url, page, context, addPhoto } = await openPage(t);
  const id = await addPhoto('beach.jpg', '2024:05:04 12:00:00', 3);
  await page.goto(url);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.reload();
  await page.locator('.tile-shown').waitFor();
  const kept = () =>
    page.evaluate(async () => (await (await caches.open('pictures')).keys()).map(({ url }) => url));
  // The worker keeps it once it has answered.
  while ((await kept()).length === 0) await page.waitForTimeout(50);
  assert.ok((await kept())[0]!.includes(id));

  await context.setOffline(true);
  await page.reload();
  await page.getByRole('heading', { name: 'Shoebox cannot be reached' }).waitFor();
  await context.setOffline(false);
  await page.locator('.tile-shown').waitFor();

  await page.getByRole('button', { name: 'Account of Ann' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Good to see you' }).waitFor();
  assert.deepEqual(await kept(), []);
});

test('the map is drawn while the box is away, and what it knows goes with the session', async (t) => {
  const { url, page, context, ask, addPhoto } = await openPage(t);
  const id = await addPhoto('beach.jpg', '2024:05:04 12:00:00', 3);
  await ask('PUT', `/assets/${id}`, { latitude: 43.7, longitude: 7.27 });
  await page.goto(url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const kept = () =>
    page.evaluate(async () =>
      (await (await caches.open('map')).keys()).map(({ url }) => new URL(url).pathname),
    );
  const lookAtMap = async () => {
    await page.getByRole('link', { name: 'Places' }).click();
    await page.getByText('1 photo knows where it was taken').waitFor();
    await page.locator('.map-place canvas').waitFor();
  };
  await lookAtMap();
  const keptMaps = () => page.evaluate(async () => (await (await caches.open('map')).keys()).length);
  while ((await keptMaps()) === 0) await page.waitForTimeout(50);
  assert.deepEqual(await kept(), ['/api/map/markers']);
  await page
    .getByRole('link', { name: 'Upload' })
    .or(page.getByRole('link', { name: 'Albums' }))
    .first()
    .click();

  await context.setOffline(true);
  await lookAtMap();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Account of Ann' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Good to see you' }).waitFor();
  assert.deepEqual(await kept(), []);
});

test('what another app shares with the page is uploaded', async (t) => {
  const { url, page } = await openPage(t);
  await page.goto(url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  // As Android does it: a form with files is sent to the address in the manifest.
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(320, 240);
    canvas.getContext('2d')!.fillRect(20, 30, 40, 50);
    const picture = new File([await canvas.convertToBlob({ type: 'image/jpeg' })], 'shared beach.jpg', {
      type: 'image/jpeg',
    });
    const form = document.createElement('form');
    form.method = 'POST';
    form.action = '/share-target';
    form.enctype = 'multipart/form-data';
    const input = document.createElement('input');
    input.type = 'file';
    input.name = 'files';
    const files = new DataTransfer();
    files.items.add(picture);
    input.files = files.files;
    form.append(input);
    document.body.append(form);
    form.submit();
  });
  await page.getByRole('heading', { name: 'Received from another app' }).waitFor();
  await page.getByText('1 stored').waitFor();
  assert.equal(new URL(page.url()).pathname, '/share-target');
});
