import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssetResponse } from '#contract/assets';
import type { Person } from '../../calls/people.ts';
import { setLocale } from '../../locale.ts';
import { joinWishes, NO_WISH, readWish, requestOf, wishAddress } from './search-wish.ts';
import { listThings, suggest, understand } from './understand.ts';
import { findReasons } from './why.ts';
import { chipsOf } from './wish-words.ts';

const TODAY = '2026-11-22';

const person = (id: string, name: string): Person => ({
  id,
  name,
  birthDate: null,
  thumbnailPath: '',
  isHidden: false,
  isFavorite: false,
  updatedAt: '2026-11-22T00:00:00.000Z',
});

const NOTHING = { people: [], tags: [], cities: [], states: [], countries: [], makes: [], models: [] };

const THINGS = listThings({
  people: [person('p1', 'Anna'), person('p2', 'Grandpa Josef'), person('p3', '')],
  tags: [{ id: 't1', name: 'lake', value: 'trips/lake', createdAt: '', updatedAt: '' }],
  cities: ['Nice', 'Garmisch-Partenkirchen', 'Sankt Märgen'],
  states: ['Bavaria'],
  countries: ['France'],
  makes: ['Apple'],
  models: ['iPhone 15 Pro'],
});

test('people, places and dates in one sentence become what they are', () => {
  assert.deepEqual(understand('Anna in Nice summer 2023', THINGS, TODAY), {
    ...NO_WISH,
    personIds: ['p1'],
    city: 'Nice',
    from: '2023-06-01',
    to: '2023-08-31',
  });
  assert.deepEqual(understand('videos von grandpa josef', THINGS, TODAY), {
    ...NO_WISH,
    personIds: ['p2'],
    type: 'VIDEO',
  });
  assert.deepEqual(understand('sankt margen', THINGS, TODAY), { ...NO_WISH, city: 'Sankt Märgen' });
});

test('a country is understood in every language of the page and asked for by the name the box knows', () => {
  for (const words of ['Frankreich', 'in frankreich', 'France'])
    assert.deepEqual(understand(words, THINGS, TODAY), { ...NO_WISH, country: 'France' }, words);
  assert.deepEqual(understand('Strand in Frankreich', THINGS, TODAY), {
    ...NO_WISH,
    country: 'France',
    texts: ['Strand'],
  });
  assert.deepEqual(
    suggest('frankr', THINGS, 5).map(({ thing }) => thing.name),
    ['France'],
  );
});

test('in German, a country is offered, named and given as a reason in German', (t) => {
  setLocale('de-DE');
  t.after(() => setLocale('en'));
  const things = listThings({ ...NOTHING, countries: ['Italy'] });
  assert.deepEqual(
    suggest('ital', things, 5).map(({ thing }) => [thing.name, thing.wish.country]),
    [['Italien', 'Italy']],
  );
  assert.deepEqual(
    chipsOf({ ...NO_WISH, country: 'Italy' }, undefined).map(({ words }) => words),
    ['Italien'],
  );
  const asset = { originalFileName: 'a.jpg', exifInfo: { city: 'Roma', country: 'Italy' } };
  assert.deepEqual(findReasons(asset as AssetResponse, ['italy']), [
    { kind: 'place', words: 'Roma, Italien' },
  ]);
});

test('what is not known stays text, with its small words', () => {
  assert.deepEqual(understand('dog at the lake', THINGS, TODAY), { ...NO_WISH, texts: ['dog at the lake'] });
  assert.deepEqual(understand('Anna with dog', THINGS, TODAY), {
    ...NO_WISH,
    personIds: ['p1'],
    texts: ['dog'],
  });
  assert.deepEqual(understand('photos', THINGS, TODAY), { ...NO_WISH, texts: ['photos'] });
});

test('names are offered from the beginning of any of their words, and the words before stay', () => {
  const names = (words: string) => suggest(words, THINGS, 5).map(({ thing, rest }) => [rest, thing.name]);
  assert.deepEqual(names('jos'), [['', 'Grandpa Josef']]);
  assert.deepEqual(names('parten'), [['', 'Garmisch-Partenkirchen']]);
  assert.deepEqual(names('dog in fra'), [['dog', 'France']]);
  assert.deepEqual(names('lak'), [['', 'trips/lake']]);
});

test('a wish is the same after it was an address', () => {
  const wish = {
    ...NO_WISH,
    texts: ['a & b', 'c'],
    personIds: ['p1'],
    tagIds: ['t1'],
    city: 'Nice',
    model: 'iPhone 15 Pro',
    from: '2023-06-01',
    type: 'VIDEO',
    isFavorite: true,
    rating: 4,
    isArchived: true,
  } as const;
  assert.deepEqual(readWish(new URL(wishAddress(wish), 'http://box').searchParams), wish);
  assert.equal(wishAddress(NO_WISH), '/search');
  assert.deepEqual(readWish(new URLSearchParams('from=soon&stars=9&type=x&q=')), NO_WISH);
});

test('a later range takes the place of the earlier one as a whole', () => {
  const joined = joinWishes(
    { ...NO_WISH, from: '2020-01-01', to: '2020-12-31' },
    { ...NO_WISH, from: '2022-01-01' },
  );
  assert.deepEqual(joined, { ...NO_WISH, from: '2022-01-01' });
});

test('the archive is looked through only when it is asked for, and the last day belongs to the range', () => {
  assert.equal(requestOf(NO_WISH).visibility, 'timeline');
  assert.equal(requestOf({ ...NO_WISH, isArchived: true }).visibility, 'archive');
  const { takenAfter, takenBefore } = requestOf({ ...NO_WISH, from: '2023-06-01', to: '2023-06-01' });
  assert.equal(Date.parse(takenBefore!) - Date.parse(takenAfter!), 86_400_000 - 1);
});

test('the reason names the part of a description around the word, the place and the file', () => {
  const asset = {
    originalFileName: 'beach_01.jpg',
    exifInfo: {
      description: 'Ben finds a starfish on the beach, and Clara wants to keep it for ever and ever',
      city: 'Nice',
      country: 'France',
    },
    people: [person('p1', 'Anna')],
    tags: [],
  } as unknown as AssetResponse;
  assert.deepEqual(
    findReasons(asset, ['beach']).map(({ kind }) => kind),
    ['description', 'file'],
  );
  assert.match(findReasons(asset, ['beach'])[0]!.words, /^…?\w.*on the beach/);
  assert.deepEqual(findReasons(asset, ['france']), [{ kind: 'place', words: 'Nice, France' }]);
  assert.deepEqual(findReasons(asset, ['ann']), [{ kind: 'person', words: 'Anna' }]);
  assert.deepEqual(findReasons(asset, []), []);
});
