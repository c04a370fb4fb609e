import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { buildGazetteer, type Gazetteer, type GazetteerSource, openGazetteer } from './places.ts';

/** A gazetteer of GeoNames, or of a few towns of our own where the earth has none in the right place. */
async function openTestGazetteer(t: TestContext, source?: GazetteerSource): Promise<Gazetteer> {
  const folder = await mkdtemp(join(tmpdir(), 'places-'));
  const file = join(folder, 'places.db');
  await buildGazetteer(file, source);
  const gazetteer = openGazetteer(file);
  t.after(async () => {
    gazetteer.close();
    await rm(folder, { recursive: true });
  });
  return gazetteer;
}

const town = (name: string, latitude: number, longitude: number) => ({
  name,
  lat: String(latitude),
  lng: String(longitude),
  country: 'FJ',
  admin1: '01',
});

test('a photo in a town of GeoNames has its name, its state and its country in English', async (t) => {
  const gazetteer = await openTestGazetteer(t);
  assert.deepEqual(gazetteer.findPlace(45.7485, 4.8467), {
    city: 'Lyon',
    state: 'Auvergne-Rhône-Alpes',
    country: 'France',
  });
  assert.equal(gazetteer.findPlace(27.7172, 85.324)?.country, 'Nepal');
  assert.equal(gazetteer.findPlace(41.2203, -96.0716)?.state, 'Nebraska');
  assert.equal(gazetteer.findPlace(0, -150), undefined);
});

test('a place beyond 25 km is not taken, one just within is', async (t) => {
  const gazetteer = await openTestGazetteer(t, { cities: [town('North', 78.2, 15.6)], states: [] });
  // 0.22 degrees are 24.5 km.
  assert.equal(gazetteer.findPlace(78.2 + 0.22, 15.6)?.city, 'North');
  assert.equal(gazetteer.findPlace(78.2 + 0.23, 15.6), undefined);
  // At this latitude 1.05 degrees of longitude are 23.9 km.
  assert.equal(gazetteer.findPlace(78.2, 15.6 - 1.05)?.city, 'North');
  assert.equal(gazetteer.findPlace(78.2, 15.6 - 1.15), undefined);
});

test('the nearest of several places is taken, also from the neighbouring cell', async (t) => {
  const cities = [town('Far', 10.01, 10.24), town('Near', 10.01, 10.26), town('Farther', 10.2, 10.2)];
  const gazetteer = await openTestGazetteer(t, { cities, states: [{ code: 'FJ.01', name: 'Ours' }] });
  assert.deepEqual(gazetteer.findPlace(10.01, 10.2505001), { city: 'Near', state: 'Ours', country: 'Fiji' });
  assert.equal(gazetteer.findPlace(9.99, 10.249)?.city, 'Far');
});

test('a town is found from the other side of the date line', async (t) => {
  const cities = [town('West', -16.8, 179.95), town('East', 60, -179.9)];
  const gazetteer = await openTestGazetteer(t, { cities, states: [] });
  assert.equal(gazetteer.findPlace(-16.8, -179.99)?.city, 'West');
  assert.equal(gazetteer.findPlace(-16.8, 180)?.city, 'West');
  assert.equal(gazetteer.findPlace(-16.8, -180)?.city, 'West');
  assert.equal(gazetteer.findPlace(60, 179.9)?.city, 'East');
  assert.equal(gazetteer.findPlace(60, 179.5), undefined);
});

test('a town near a pole is found from across it', async (t) => {
  const gazetteer = await openTestGazetteer(t, { cities: [town('Pole', 89.95, 20)], states: [] });
  assert.equal(gazetteer.findPlace(89.95, -160)?.city, 'Pole');
  assert.equal(gazetteer.findPlace(90, 77)?.city, 'Pole');
  assert.equal(gazetteer.findPlace(-90, 0), undefined);
});

test('coordinates that are none have no place', async (t) => {
  const gazetteer = await openTestGazetteer(t, { cities: [town('Null', 0, 0)], states: [] });
  assert.equal(gazetteer.findPlace(0, 0)?.state, null);
  assert.equal(gazetteer.findPlace(Number.NaN, 0), undefined);
  assert.equal(gazetteer.findPlace(95, 0), undefined);
  assert.equal(gazetteer.findPlace(0, 200), undefined);
});

test('a gazetteer that is not there is an error and not an empty one', () => {
  assert.throws(() => openGazetteer(join(tmpdir(), 'no such gazetteer')), { code: 'SQLITE_CANTOPEN' });
});
