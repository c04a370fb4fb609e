import type { Page } from 'playwright-core';
import type { DemoBox } from './demo-box.ts';
import { planDemoLibrary } from './demo-library.ts';
import type { Picture } from './picture.ts';

/** What is shared in the demo library. */
interface Shared {
  albumId: string;
  key: string;
  lockedKey: string;
}

const made = new WeakMap<DemoBox, Promise<Shared>>();

/** Albums, people and links, made once for all pictures of a box. */
function share(box: DemoBox): Promise<Shared> {
  const known = made.get(box) ?? makeShared(box);
  made.set(box, known);
  return known;
}

async function makeShared(box: DemoBox): Promise<Shared> {
  const { ask } = box;
  const photosOf = (days: readonly string[]) =>
    Promise.all(
      planDemoLibrary()
        .filter(({ name }) => days.some((day) => name.includes(day)))
        .map(({ name }) => box.findAsset(name)),
    );
  const person = (name: string) =>
    ask<{ id: string }>('POST', '/admin/users', {
      name,
      email: `${name.split(' ')[0]!.toLowerCase()}@example.org`,
      password: 'a short sentence',
    });
  const jonas = await person('Jonas Berger');
  const oma = await person('Oma Helga');
  const make = async (albumName: string, days: readonly string[], description = '') =>
    ask<{ id: string }>('POST', '/albums', { albumName, description, assetIds: await photosOf(days) });
  await make('Winter in Grindelwald', ['20251228']);
  await make('Balloons', ['20261018']);
  await make('Berlin with Jonas', ['20250906']);
  await make('Garden', ['20261017', '20260815', '20260614']);
  const birthday = await make('Mia is six', ['20261024']);
  const trip = await make(
    'Three days in Menton',
    ['20260822', '20260821', '20260820'],
    'The sea was warmer than the pool, and the ice cream was gone before anybody could photograph it.',
  );
  await make('Mountains', ['20261010', '20261011']);
  await ask('PUT', `/albums/${trip.id}/users`, {
    albumUsers: [
      { userId: jonas.id, role: 'editor' },
      { userId: oma.id, role: 'viewer' },
    ],
  });
  await ask('POST', '/partners', { sharedWithId: jonas.id });
  await ask('POST', '/activities', { albumId: trip.id, type: 'like' });
  await ask('POST', '/activities', {
    albumId: trip.id,
    type: 'comment',
    comment: 'We should go back before the children are too old to build castles.',
  });
  const link = (body: object) => ask<{ key: string }>('POST', '/shared-links', body);
  const { key } = await link({
    type: 'ALBUM',
    albumId: trip.id,
    slug: 'menton',
    description: 'For everybody who was there',
    allowUpload: true,
  });
  const locked = await link({
    type: 'ALBUM',
    albumId: birthday.id,
    password: 'six candles',
    expiresAt: '2027-05-04T20:00:00.000Z',
    allowUpload: false,
  });
  await link({
    type: 'INDIVIDUAL',
    assetIds: await photosOf(['20261108']),
    allowUpload: false,
    showMetadata: false,
  });
  return { albumId: trip.id, key, lockedKey: locked.key };
}

const shown = async (page: Page) => {
  await page.locator('.tile-shown').nth(3).waitFor();
  await page.waitForTimeout(600);
};
const album = async (box: DemoBox) => `/albums/${(await share(box)).albumId}`;
const opening = (name: string) => async (page: Page) => {
  await shown(page);
  await page.locator('main, .guest').getByRole('button', { name, exact: true }).first().click();
  await page.waitForTimeout(500);
};

/** Albums, sharing and the pages of guests. */
export const SHARING_PICTURES: readonly Picture[] = [
  {
    name: 'albums',
    path: async (box) => {
      await share(box);
      return '/albums';
    },
    prepare: async (page) => {
      await page.locator('.album-card').nth(3).waitFor();
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'albums-new',
    path: '/albums',
    prepare: async (page) => {
      await page.getByRole('button', { name: 'New album' }).first().click();
      await page.waitForTimeout(300);
    },
  },
  { name: 'album', path: album, prepare: shown },
  { name: 'album-share', path: album, prepare: opening('Share') },
  { name: 'album-talk', path: album, prepare: opening('Comments and likes') },
  {
    name: 'album-talk-photo',
    path: album,
    prepare: async (page) => {
      await shown(page);
      await page.locator('.tile').nth(1).focus();
      await page.keyboard.press(' ');
      await page.getByRole('button', { name: 'Say something about it' }).click();
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'album-about',
    path: album,
    prepare: async (page) => {
      await opening('More')(page);
      await page.getByRole('menuitem', { name: 'About this album' }).click();
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'album-add',
    path: async (box) => `${await album(box)}/add`,
    prepare: async (page) => {
      await shown(page);
      for (const index of [0, 2]) await page.locator('.tile').nth(index).click();
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'sharing',
    path: async (box) => {
      await share(box);
      return '/sharing';
    },
    prepare: async (page) => {
      await page.locator('.link-card').nth(2).waitFor();
      await page.waitForTimeout(400);
    },
  },
  {
    name: 'sharing-edit',
    path: '/sharing',
    prepare: async (page) => {
      await page.locator('.link-card').first().getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: 'Change what it allows' }).click();
      await page.waitForTimeout(500);
    },
  },
  {
    name: 'sharing-qr',
    path: '/sharing',
    prepare: async (page) => {
      await page.locator('.link-card').first().getByRole('button', { name: 'QR code' }).click();
      await page.waitForTimeout(400);
    },
  },
  { name: 'guest', path: async (box) => `/share/${(await share(box)).key}`, prepare: shown, as: 'nobody' },
  {
    name: 'guest-viewer',
    path: async (box) => `/share/${(await share(box)).key}`,
    prepare: async (page) => {
      await shown(page);
      await page.locator('.tile').nth(2).click();
      await page.waitForTimeout(1200);
    },
    as: 'nobody',
  },
  { name: 'guest-password', path: async (box) => `/share/${(await share(box)).lockedKey}`, as: 'nobody' },
  { name: 'guest-gone', path: '/s/nothing-here', as: 'nobody' },
];
