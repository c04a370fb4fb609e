import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { heading, openHousehold, openOwnersPage } from './ui-household.ts';

/** Keeps answers to these addresses back until `release` is called. */
async function holdBack(page: Page, address: RegExp) {
  let release = () => {};
  const isReleased = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(address, async (route: Route) => {
    await isReleased;
    await route.continue();
  });
  return { release };
}

const SOCKET = /\/live-socket-[^/]+\.js$/;

test('what others change before the page can hear the box is on the screen once it can', async (t) => {
  const { url, newBrowser } = await openHousehold(t);
  const { request } = (await openOwnersPage({ url, newBrowser }, '/')).context();
  const context = await newBrowser();
  await context.addCookies((await request.storageState()).cookies);
  const ask = async (method: 'post' | 'patch', path: string, data: object) => {
    const answer = await request[method](`${url}/api${path}`, { data });
    assert.ok(answer.ok(), `${path} was answered ${answer.status()}`);
    return (await answer.json()) as { id: string };
  };

  const albums = await context.newPage();
  const socket = await holdBack(albums, SOCKET);
  await albums.goto(`${url}/albums`);
  await albums.getByText('No albums yet').waitFor();
  const { id } = await ask('post', '/albums', { albumName: 'Trip' });
  assert.equal(await albums.getByRole('link', { name: /Trip/ }).count(), 0);
  socket.release();
  await albums.getByRole('link', { name: /Trip/ }).waitFor();

  const album = await context.newPage();
  const later = await holdBack(album, SOCKET);
  await album.goto(`${url}/albums/${id}`);
  await album.getByText('Nothing in it yet').waitFor();
  await ask('patch', `/albums/${id}`, { description: 'The sea was warmer than the pool.' });
  later.release();
  await album.getByText('The sea was warmer').waitFor();
});

test('the arrow back and the title stand where they will be, before the screen and before its answer are here', async (t) => {
  const household = await openHousehold(t);
  const page = await openOwnersPage(household, '/');
  const { request } = page.context();
  const made = await request.post(`${household.url}/api/albums`, { data: { albumName: 'Trip' } });
  const { id } = (await made.json()) as { id: string };
  const album = await page.context().newPage();
  const screen = await holdBack(album, /\/album-[^/]+\.js$/);
  const answer = await holdBack(album, new RegExp(`/api/albums/${id}`));
  const places = async () => {
    const arrow = await album.getByRole('button', { name: 'Back' }).boundingBox();
    const title = await album.getByRole('heading', { level: 1 }).boundingBox();
    assert.ok(arrow && title);
    // Titles are set in parts of a pixel.
    return [arrow.x, arrow.y, title.y].map(Math.round);
  };
  await album.goto(`${household.url}/albums/${id}`);
  await heading(album, 'Albums').waitFor();
  const first = await places();
  screen.release();
  await album.locator('.skeleton-tiles').waitFor();
  assert.deepEqual(await places(), first);
  answer.release();
  await album.getByText('Nothing in it yet').waitFor();
  assert.deepEqual(await places(), first);
});

test('who is signed out before the page can hear it finds the door, not a page that does nothing', async (t) => {
  const household = await openHousehold(t);
  const { url, newBrowser } = household;
  const owner = (await openOwnersPage(household, '/')).context();
  // The page of somebody who does not look after the box asks for nothing more once its settings are drawn.
  const bob = { name: 'Bob', email: 'bob@example.org', password: 'another sentence' };
  assert.ok((await owner.request.post(`${url}/api/admin/users`, { data: bob })).ok());
  const [here, elsewhere] = [await newBrowser(), await newBrowser()];
  for (const { request } of [here, elsewhere]) await request.post(`${url}/api/auth/login`, { data: bob });
  const page = await here.newPage();
  const socket = await holdBack(page, SOCKET);
  await page.goto(`${url}/settings`);
  await heading(page, 'Settings').waitFor();
  const answer = await elsewhere.request.get(`${url}/api/sessions`);
  for (const { id, current } of (await answer.json()) as { id: string; current: boolean }[])
    if (!current) assert.ok((await elsewhere.request.delete(`${url}/api/sessions/${id}`)).ok());
  socket.release();
  await page.getByRole('heading', { name: 'Good to see you' }).waitFor();
});
