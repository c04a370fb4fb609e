import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildGazetteer } from '#media/places';
import { startGateway } from '#test/appliance/start-gateway';

test('a place of the world is found by its name, and without a gazetteer none is', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'gazetteer-'));
  t.after(() => rm(folder, { recursive: true }));
  const gazetteerFile = join(folder, 'gazetteer.db');
  const gateway = await startGateway(t, { config: { gazetteerFile } });
  const ann = await gateway.signUp();
  const find = (name: string) => gateway.ask('GET', `/api/search/places?name=${name}`, { as: ann });

  assert.deepEqual(await find('suva'), []);
  await buildGazetteer(gazetteerFile, {
    cities: [
      { name: 'Suva', lat: '-18.14161', lng: '178.44149', country: 'FJ', admin1: '01' },
      { name: 'Nadi', lat: '-17.80309', lng: '177.41617', country: 'FJ', admin1: 'none' },
    ],
    states: [{ code: 'FJ.01', name: 'Central' }],
  });
  assert.deepEqual(await Promise.all([find('suva'), find('n%C3%A1d'), find('nowhere'), find('')]), [
    [{ name: 'Suva', latitude: -18.14161, longitude: 178.44149, admin1name: 'Central', country: 'Fiji' }],
    [{ name: 'Nadi', latitude: -17.80309, longitude: 177.41617, country: 'Fiji' }],
    [],
    [],
  ]);
  assert.equal((await gateway.request('GET', '/api/search/places', { as: ann })).status, 400);
});
