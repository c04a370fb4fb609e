import assert from 'node:assert/strict';
import { after, before, type TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import { type OpenPage, openPage } from './open-page.ts';

/** Screens of the library that need no part of their address from a full box. */
const PATHS = [
  '/',
  '/favourites',
  '/search',
  '/search?q=beach',
  '/memories',
  '/calendar',
  '/people',
  '/places',
  '/archive',
  '/albums',
  '/sharing',
  '/trash',
  '/locked',
  '/tags',
  '/folders',
  '/duplicates',
  '/upload',
];

/** A box in which no screen of the library is empty. */
export interface FullLibrary extends OpenPage {
  /** Every screen of the library, and a photo in the viewer. */
  paths: readonly string[];
  photoPath: string;
  albumPath: string;
  personPath: string;
  /** What a guest opens; photos may be added. */
  linkPath: string;
}

/** 360 px at 200 %. */
export const SMALLEST = { width: 180, height: 400 };

/** One such box for all tests of a file, which only look at it: there from the first of them to the last. */
export function shareFullLibrary(): () => FullLibrary {
  const ends: (() => unknown)[] = [];
  let box: FullLibrary | undefined;
  before(async () => {
    box = await openFullLibrary({ after: (end: () => unknown) => void ends.push(end) } as never);
  });
  after(async () => {
    for (const end of ends) await end();
  });
  return () => {
    assert.ok(box, 'asked for before the first test');
    return box;
  };
}

/** Starts a box and a browser on it, and fills what its screens show. */
async function openFullLibrary(t: Pick<TestContext, 'after'>): Promise<FullLibrary> {
  const box = await openPage(t as TestContext);
  const { ask, addPhoto } = box;
  const ids: string[] = [];
  for (const [index, name] of ['beach.jpg', 'boat.jpg', 'crab.jpg', 'dune.jpg', 'eel.jpg'].entries())
    ids.push(await addPhoto(name, `2024:05:0${index + 1} 12:00:00`, index + 1));
  await ask('PUT', '/appliance/setup/done', {});
  await ask('PUT', '/assets', { ids: ids.slice(0, 2), isFavorite: true });
  await ask('PUT', '/assets', { ids: ids.slice(0, 1), latitude: 43.77, longitude: 7.5 });
  await ask('PUT', '/assets', { ids: ids.slice(0, 2), duplicateId: 'b0a7b0a7-0000-4000-8000-000000000001' });
  await ask('DELETE', '/assets', { ids: ids.slice(4) });
  const { id: albumId } = await ask<{ id: string }>('POST', '/albums', {
    albumName: 'Three days in Roquebrune-Cap-Martin',
    description: 'The sea was warmer than the pool.',
    assetIds: ids.slice(0, 3),
  });
  const link = { type: 'ALBUM', albumId, allowUpload: true };
  const { key: linkKey } = await ask<{ key: string }>('POST', '/shared-links', link);
  const { id: tagId } = await ask<{ id: string }>('POST', '/tags', { name: 'Grandparents' });
  await ask('POST', '/tags', { name: 'Josef', parentId: tagId });
  await ask('PUT', `/tags/${tagId}/assets`, { ids: ids.slice(0, 1) });
  const { id: personId } = await ask<{ id: string }>('POST', '/people', { name: 'Grandpa Josef' });
  await ask('POST', '/faces', {
    ...{ assetId: ids[0], personId, imageWidth: 600, imageHeight: 400 },
    ...{ x: 100, y: 100, width: 100, height: 100 },
  });
  const today = new Date().toISOString().slice(0, 10);
  await ask('POST', '/memories', {
    type: 'on_this_day',
    data: { year: 2024 },
    memoryAt: `2024${today.slice(4)}T00:00:00.000Z`,
    showAt: `${today}T00:00:00.000Z`,
    hideAt: `${today}T23:59:59.999Z`,
    assetIds: ids.slice(0, 3),
  });
  const photoPath = `/photos/${ids[0]}`;
  const albumPath = `/albums/${albumId}`;
  const personPath = `/people/${personId}`;
  return {
    ...box,
    ...{ photoPath, albumPath, personPath, linkPath: `/share/${linkKey}` },
    paths: [...PATHS, albumPath, `${albumPath}/add`, `/tags/${tagId}`, personPath, photoPath],
  };
}

/** Opens a screen and waits until it has what it asked for. */
export async function openScreen(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
}
