import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlbumResponse } from '#contract/albums';
import { type AlbumWishes, pickAlbums, roleOf } from './sort-albums.ts';

const person = (id: string) => ({
  id,
  name: id,
  email: '',
  profileImagePath: '',
  avatarColor: 'primary' as const,
  profileChangedAt: '2026-01-01T00:00:00.000Z',
});

function album(albumName: string, owner: string, facts: Partial<AlbumResponse> = {}): AlbumResponse {
  return {
    id: albumName,
    albumName,
    description: '',
    albumThumbnailAssetId: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    albumUsers: [{ user: person(owner), role: 'owner' }],
    shared: false,
    hasSharedLink: false,
    assetCount: 0,
    isActivityEnabled: true,
    order: 'desc',
    ...facts,
  };
}

const ALBUMS = [
  album('Trip 10', 'ann', { assetCount: 3, startDate: '2020-05-01', endDate: '2020-06-01' }),
  album('Trip 9', 'ann', { assetCount: 8, startDate: '2021-05-01', endDate: '2024-06-01' }),
  album('empty', 'ann', { updatedAt: '2026-05-01T00:00:00.000Z' }),
  album('Älpler', 'ben', { assetCount: 1, startDate: '2019-05-01', endDate: '2019-05-01' }),
];

const names = (wishes: Partial<AlbumWishes>) =>
  pickAlbums(ALBUMS, 'ann', { kind: 'all', sort: 'name', words: '', ...wishes }).map(
    ({ albumName }) => albumName,
  );

test('albums stand in the order that was asked for, those without photos last', () => {
  assert.deepEqual(names({ sort: 'name' }), ['Älpler', 'empty', 'Trip 9', 'Trip 10']);
  assert.deepEqual(names({ sort: 'newest' }), ['Trip 9', 'Trip 10', 'Älpler', 'empty']);
  assert.deepEqual(names({ sort: 'oldest' }), ['Älpler', 'Trip 10', 'Trip 9', 'empty']);
  assert.deepEqual(names({ sort: 'size' }), ['Trip 9', 'Trip 10', 'Älpler', 'empty']);
  assert.equal(names({ sort: 'changed' })[0], 'empty');
});

test('only one’s own, only those of others, only those with a word in them', () => {
  assert.deepEqual(names({ kind: 'mine' }), ['empty', 'Trip 9', 'Trip 10']);
  assert.deepEqual(names({ kind: 'shared' }), ['Älpler']);
  assert.deepEqual(names({ words: ' trip ' }), ['Trip 9', 'Trip 10']);
});

test('somebody who is not named in an album may only look', () => {
  assert.equal(roleOf(ALBUMS[0]!, 'ann'), 'owner');
  assert.equal(roleOf(ALBUMS[0]!, 'zoe'), 'viewer');
});
