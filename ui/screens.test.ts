import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fillPath, findScreen, isPartOf, SCREENS, type ScreenEntry } from './screens.ts';

const entry = (path: string): ScreenEntry => ({
  name: path,
  path,
  title: () => path,
  load: () => Promise.reject(new Error('not drawn here')),
  who: 'member',
});

test('an address leads to its screen and brings what its path names', () => {
  const screens = [entry('/'), entry('/albums'), entry('/albums/:albumId')];
  assert.equal(findScreen('/', screens)?.screen.path, '/');
  assert.equal(findScreen('/albums', screens)?.screen.path, '/albums');
  assert.deepEqual(findScreen('/albums/a%20b', screens)?.params, { albumId: 'a b' });
  assert.deepEqual(findScreen('/albums/%', screens)?.params, { albumId: '%' });
  assert.equal(findScreen('/albums/', screens), undefined);
  assert.equal(findScreen('/elsewhere', screens), undefined);
});

test('the way back of an address keeps what its path names', () => {
  assert.equal(fillPath('/albums', { albumId: 'a' }), '/albums');
  assert.equal(fillPath('/albums/:albumId', { albumId: 'a b' }), '/albums/a%20b');
});

test('a screen is a part of the one that its way back leads to, and of the one whose address begins its own', () => {
  const settings = entry('/settings');
  assert.ok(isPartOf({ ...entry('/account'), frame: { back: '/settings' } }, settings));
  assert.ok(isPartOf(entry('/albums/:albumId/add'), entry('/albums')));
  assert.ok(!isPartOf(settings, settings));
  assert.ok(!isPartOf(entry('/albums'), entry('/')));
});

test('every way back leads to a screen', () => {
  for (const { name, frame = {} } of SCREENS)
    if (frame.back) assert.ok(findScreen(fillPath(frame.back, { albumId: 'a' })), name);
});

test('every screen has a folder with a file of its name, and at most four are in the bar of a phone', () => {
  for (const { name } of SCREENS)
    assert.ok(existsSync(join(import.meta.dirname, 'screens', name, `${name}.tsx`)), name);
  assert.ok(SCREENS.filter(({ nav }) => nav?.isInBar).length <= 4);
  assert.equal(new Set(SCREENS.map(({ name }) => name)).size, SCREENS.length);
});
