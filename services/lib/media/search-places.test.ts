import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { buildGazetteer, type GazetteerSource } from './places.ts';
import { openPlaceNames, type PlaceNames } from './search-places.ts';

/** All of GeoNames, or a few towns of our own. */
async function openTestNames(t: TestContext, source?: GazetteerSource): Promise<PlaceNames> {
  const folder = await mkdtemp(join(tmpdir(), 'names-'));
  const file = join(folder, 'places.db');
  await buildGazetteer(file, source);
  const names = openPlaceNames(file);
  t.after(async () => {
    names.close();
    await rm(folder, { recursive: true });
  });
  return names;
}

const town = (name: string, lat: string, lng: string, country = 'DE', admin1 = '02') => ({
  name,
  ...{ lat, lng, country, admin1 },
});

test('of places with one name the one that most people mean comes first', async (t) => {
  const names = await openTestNames(t);
  for (const [typed, country] of [
    ['Paris', 'France'],
    ['berlin', 'Germany'],
    ['London', 'United Kingdom'],
  ] as const)
    assert.equal(names.search(typed, 1)[0]?.country, country, typed);
  const [zurich] = names.search('zurich', 5);
  assert.deepEqual(zurich, {
    ...{ name: 'Zürich', state: 'Zurich', country: 'Switzerland' },
    ...{ latitude: 47.36667, longitude: 8.55 },
  });
});

test('what follows a comma says in which state or country', async (t) => {
  const names = await openTestNames(t);
  assert.deepEqual(
    names.search('Paris, Tex', 5).map(({ state }) => state),
    ['Texas'],
  );
  assert.deepEqual(
    new Set(names.search('Paris, united states', 50).map(({ country }) => country)),
    new Set(['United States']),
  );
});

test('a name is found by the beginning of any word in it, without its accents', async (t) => {
  const cities = [
    town('Garmisch-Partenkirchen', '47.5', '11.1'),
    town('Partenstein', '50', '9.5'),
    town('Großkötz', '48.4', '10.3'),
  ];
  const names = await openTestNames(t, { cities, states: [{ code: 'DE.02', name: 'Bavaria' }] });
  const find = (typed: string) => names.search(typed, 10).map(({ name }) => name);
  // A name that begins so comes before one with such a word inside.
  assert.deepEqual(find('parten'), ['Partenstein', 'Garmisch-Partenkirchen']);
  assert.deepEqual(find('GROSSKO'), ['Großkötz']);
  assert.deepEqual(find('garmisch part'), ['Garmisch-Partenkirchen']);
  assert.deepEqual(find('kirchen'), []);
});

test('what is no name finds nothing', async (t) => {
  const names = await openTestNames(t, { cities: [town('Ulm', '48.4', '10')], states: [] });
  for (const typed of ['', '  ', '*', '?', '[a-z]*', ', ', '\0', 'x'.repeat(100_000)])
    assert.deepEqual(names.search(typed, 10), [], JSON.stringify(typed.slice(0, 20)));
  assert.equal(names.search('*ulm*', 10)[0]?.state, null);
});
