import type { Page } from 'playwright-core';
import type { DemoBox } from './demo-box.ts';
import { planDemoLibrary } from './demo-library.ts';
import type { Picture } from './picture.ts';

const PIN = '281104';

const made = new WeakMap<DemoBox, Promise<{ tagId: string }>>();

/** Tags, look-alikes, a trash and a locked folder, made once for all pictures of a box. */
function tidy(box: DemoBox): Promise<{ tagId: string }> {
  const known = made.get(box) ?? makeTidy(box);
  made.set(box, known);
  return known;
}

async function makeTidy({ ask, findAsset }: DemoBox): Promise<{ tagId: string }> {
  const photosOf = (day: string) =>
    Promise.all(
      planDemoLibrary()
        .filter(({ name }) => name.includes(day))
        .map(({ name }) => findAsset(name)),
    );
  const tag = async (name: string, color: string | null, days: readonly string[], parentId?: string) => {
    const { id } = await ask<{ id: string }>('POST', '/tags', { name, color, parentId: parentId ?? null });
    for (const day of days) await ask('PUT', `/tags/${id}/assets`, { ids: await photosOf(day) });
    return id;
  };
  const family = await tag('Family', '#c8643a', ['20261024']);
  await tag('Grandparents', null, [], family);
  await tag('Mia', '#c96a98', ['20261017'], family);
  const trips = await tag('Trips', '#4a7fc1', ['20260822']);
  const mountains = await tag('Mountains', '#3f9a94', ['20261010'], trips);
  await tag('Menton', '#d6a21e', ['20260821'], trips);
  await tag('Huts', null, [], mountains);
  await tag('To print', '#5f9950', ['20261018']);
  const alike = await photosOf('20261011');
  await ask('PUT', '/assets', {
    ids: alike.slice(0, 2),
    duplicateId: 'b0a7b0a7-0000-4000-8000-000000000001',
  });
  const others = await photosOf('20260820');
  await ask('PUT', '/assets', {
    ids: others.slice(0, 3),
    duplicateId: 'b0a7b0a7-0000-4000-8000-000000000002',
  });
  await ask('DELETE', '/assets', { ids: (await photosOf('20260614')).slice(0, 4) });
  await ask('PUT', '/assets', { ids: (await photosOf('20251228')).slice(0, 5), visibility: 'locked' });
  return { tagId: trips };
}

const at = (path: string) => async (box: DemoBox) => {
  await tidy(box);
  return path;
};
const calm = (page: Page) => page.waitForTimeout(600);
const shown = async (page: Page) => {
  await page.locator('.tile-shown').first().waitFor();
  await calm(page);
};
const pressing = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name, exact: true }).first().click();
  await calm(page);
};
/** Chooses the PIN the first time, gives it afterwards. */
const openLocked = async (page: Page) => {
  await page.getByLabel('PIN').first().waitFor();
  const isNew = await page.getByLabel('New PIN').isVisible();
  await page.getByLabel(isNew ? 'New PIN' : 'PIN', { exact: true }).fill(PIN);
  if (isNew) {
    await page.getByLabel('The same again').fill(PIN);
    await page.keyboard.press('Enter');
  }
  await shown(page);
};

/** Trash, locked folder, tags, folders and look-alikes. */
export const TIDY_PICTURES: readonly Picture[] = [
  { name: 'trash', path: at('/trash'), prepare: shown },
  { name: 'trash-empty', path: at('/trash'), prepare: pressing('Empty the trash') },
  { name: 'tags', path: at('/tags'), prepare: calm },
  { name: 'tags-new', path: at('/tags'), prepare: pressing('New tag') },
  { name: 'tag', path: async (box) => `/tags/${(await tidy(box)).tagId}`, prepare: shown },
  { name: 'folders', path: at('/folders'), prepare: shown },
  { name: 'duplicates', path: at('/duplicates'), prepare: calm },
  {
    name: 'locked-closed',
    path: at('/locked'),
    prepare: calm,
  },
  { name: 'locked', path: at('/locked'), prepare: openLocked },
];
