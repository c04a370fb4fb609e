import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findBarriers } from './find-barriers.ts';
import { openPage } from './open-page.ts';

interface Details {
  isFavorite: boolean;
  isEdited: boolean;
  isTrashed: boolean;
  localDateTime: string;
  width: number;
  height: number;
  exifInfo: { description: string; latitude: number | null };
}

test('what is read beside a photo can be corrected there, and is kept', async (t) => {
  const { url, page, ask, addPhoto } = await openPage(t);
  const id = await addPhoto('beach.jpg', '2024:05:04 12:00:00', 3);
  const read = () => ask<Details>('GET', `/assets/${id}`);
  await page.goto(`${url}/photos/${id}`);
  const viewer = page.getByRole('dialog', { name: 'Photo viewer' });
  await viewer.locator('img.stage-shown').first().waitFor();
  await page.keyboard.press('i');
  const panel = page.getByRole('complementary', { name: 'About this photo' });
  await panel.getByText('beach.jpg').waitFor();
  await panel.getByText('Kept safe').waitFor();
  assert.deepEqual(await findBarriers(page), []);

  await panel.getByLabel('Description').fill('Sand everywhere');
  await panel.getByRole('button', { name: 'Change date and time' }).focus();
  await page.getByText('Saved').waitFor();
  assert.equal((await read()).exifInfo.description, 'Sand everywhere');

  await panel.getByRole('button', { name: 'Change date and time' }).click();
  const dialog = page.getByRole('dialog', { name: 'Date and time' });
  await dialog.getByLabel('Date').fill('2023-12-24');
  await dialog.getByLabel('Time', { exact: true }).fill('18:30');
  await dialog.getByLabel('Time zone').selectOption('Europe/Berlin');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await panel.getByText(/24 December 2023.*18:30/).waitFor();
  assert.match((await read()).localDateTime, /^2023-12-24T18:30/);

  await panel.getByRole('button', { name: 'Change place' }).click();
  const place = page.getByRole('dialog', { name: 'Where was this?' });
  await place.getByLabel('Or latitude and longitude').fill('43.77, 7.5');
  await place.getByRole('button', { name: 'Save' }).click();
  await place.waitFor({ state: 'detached' });
  assert.equal((await read()).exifInfo.latitude, 43.77);

  await viewer.getByRole('button', { name: 'Add to favourites' }).click();
  await viewer.getByRole('button', { name: 'Remove from favourites', pressed: true }).waitFor();
  assert.equal((await read()).isFavorite, true);
});

test('a photo is turned and cropped without touching its original, and comes back as it was', async (t) => {
  const { url, page, ask, addPhoto } = await openPage(t);
  const id = await addPhoto('tower.jpg', '2024:05:04 12:00:00', 4);
  const edits = async () => (await ask<{ edits: { action: string }[] }>('GET', `/assets/${id}/edits`)).edits;
  const open = async () => {
    await page.getByRole('dialog').getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Crop and turn' }).click();
    await page.getByRole('button', { name: 'Turn', exact: true }).waitFor();
  };
  await page.goto(`${url}/photos/${id}`);
  await page.locator('img.stage-shown').first().waitFor();
  await open();
  assert.deepEqual(await findBarriers(page), []);
  await page.getByRole('button', { name: 'Turn', exact: true }).click();
  await page.getByLabel('Shape').selectOption('square');
  await page.getByRole('button', { name: 'Corner of the picture 1' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The picture is being made').waitFor();
  assert.deepEqual(
    (await edits()).map(({ action }) => action),
    ['crop', 'rotate'],
  );
  await page.waitForFunction(
    async (path) => ((await (await fetch(path)).json()) as { isEdited: boolean }).isEdited,
    `/api/assets/${id}`,
  );
  await page.reload();
  await page.locator('img.stage-shown').first().waitFor();
  await open();
  await page.getByRole('button', { name: 'Back to the original' }).click();
  await page.getByRole('status').getByText('The original is back').waitFor();
  assert.deepEqual(await edits(), []);
});

test('the next photo is shown after one goes to the trash, and a link to one is made from the viewer', async (t) => {
  const { url, page, ask, addPhoto } = await openPage(t);
  const first = await addPhoto('first.jpg', '2024:05:04 12:00:00', 5);
  const second = await addPhoto('second.jpg', '2024:05:03 12:00:00', 6);
  await page.goto(url);
  await page.locator('.tile').first().click();
  const name = page.locator('.viewer-name');
  await name.getByText('first.jpg').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Move to the trash' }).click();
  await name.getByText('second.jpg').waitFor();
  assert.equal((await ask<Details>('GET', `/assets/${first}`)).isTrashed, true);
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('button', { name: 'Previous photo' }).click();
  await name.getByText('first.jpg').waitFor();
  await page.getByRole('button', { name: 'Next photo' }).click();
  await name.getByText('second.jpg').waitFor();

  await page.getByRole('button', { name: 'Share with a link' }).click();
  await page.getByRole('button', { name: 'Make the link' }).click();
  await page.getByRole('button', { name: 'Copy the link' }).waitFor();
  const address = await page.getByRole('dialog').getByRole('textbox').last().inputValue();
  const links = await ask<{ key: string; assets: { id: string }[] }[]>('GET', '/shared-links');
  assert.deepEqual(
    links[0]!.assets.map(({ id }) => id),
    [second],
  );
  assert.ok(address.endsWith(links[0]!.key), address);
});
