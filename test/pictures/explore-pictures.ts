import type { DemoBox } from './demo-box.ts';
import type { Picture } from './picture.ts';

const made = new WeakMap<DemoBox, Promise<void>>();

/** People, a description and a memory in the demo library, made once for all pictures of a box. */
function fill(box: DemoBox): Promise<void> {
  const known = made.get(box) ?? fillOnce(box);
  made.set(box, known);
  return known;
}

async function fillOnce({ ask, findAsset }: DemoBox): Promise<void> {
  const photos = await Promise.all(
    ['001', '002', '003', '004', '005'].map((number) => findAsset(`IMG_20261108_${number}.jpg`)),
  );
  for (const [index, name] of ['Anna', 'Ben', 'Clara', 'Grandpa Josef', ''].entries()) {
    const { id } = await ask<{ id: string }>('POST', '/people', name ? { name } : {});
    await ask('POST', '/faces', {
      ...{ assetId: photos[index], personId: id, imageWidth: 1200, imageHeight: 1200 },
      ...{ x: 360, y: 300, width: 480, height: 480 },
    });
  }
  await ask('PUT', `/assets/${await findAsset('IMG_20260822_001.jpg')}`, {
    description: 'Ben finds a starfish on the beach',
  });
  const today = new Date().toISOString().slice(0, 10);
  const year = Number(today.slice(0, 4)) - 1;
  await ask('POST', '/memories', {
    type: 'on_this_day',
    data: { year },
    memoryAt: `${year}${today.slice(4)}T00:00:00.000Z`,
    showAt: `${today}T00:00:00.000Z`,
    hideAt: `${today}T23:59:59.999Z`,
    assetIds: photos,
  });
}

const at = (path: string) => async (box: DemoBox) => {
  await fill(box);
  return path;
};

/** Search, map, people and memories. */
export const EXPLORE_PICTURES: readonly Picture[] = [
  { name: 'search', path: at('/search') },
  {
    name: 'search-found',
    path: at('/search?q=beach'),
    prepare: async (page) => {
      await page.locator('.tile-shown').first().waitFor();
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'search-suggestions',
    path: at('/search'),
    prepare: async (page) => {
      await page.getByRole('combobox').fill('an');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'places',
    path: at('/places'),
    prepare: async (page) => {
      await page.locator('.map-cluster').first().waitFor();
      await page.waitForTimeout(900);
    },
  },
  {
    name: 'calendar',
    path: at('/calendar'),
    prepare: async (page) => {
      await page.locator('a.month-day').first().waitFor();
      await page.waitForTimeout(300);
    },
  },
  {
    name: 'viewer-place',
    path: async (box) => `/photos/${await box.findAsset('IMG_20260822_001.jpg')}`,
    prepare: async (page) => {
      await page.locator('img.stage-shown').waitFor();
      await page.keyboard.press('i');
      await page.getByRole('button', { name: 'Change place' }).click();
      await page.getByLabel('Name of a place').fill('lis');
      await page.locator('.album-choice').first().waitFor();
      await page.locator('.pin-map canvas').waitFor();
      await page.waitForTimeout(600);
    },
  },
  {
    name: 'viewer-faces',
    path: async (box) => {
      await fill(box);
      return `/photos/${await box.findAsset('IMG_20261108_001.jpg')}`;
    },
    prepare: async (page) => {
      await page.locator('img.stage-shown').waitFor();
      await page.keyboard.press('i');
      await page.getByRole('button', { name: 'Mark and name faces' }).click();
      await page.locator('.face-frame').first().click();
      await page.locator('.person-choice').first().waitFor();
      await page.waitForTimeout(600);
    },
  },
  { name: 'people', path: at('/people') },
  {
    name: 'person',
    path: async (box) => {
      await fill(box);
      const { people } = await box.ask<{ people: { id: string; name: string }[] }>('GET', '/people');
      return `/people/${people.find(({ name }) => name === 'Ben')?.id}`;
    },
    prepare: async (page) => {
      await page.locator('.tile-shown').first().waitFor();
      await page.waitForTimeout(400);
    },
  },
  { name: 'memories', path: at('/memories') },
  {
    name: 'memories-player',
    path: at('/memories'),
    prepare: async (page) => {
      await page.getByRole('button', { name: /^1 year ago/ }).click();
      await page.waitForTimeout(600);
    },
  },
];
