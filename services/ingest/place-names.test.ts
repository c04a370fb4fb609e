import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { settingChanges } from '#catalog/settings';
import { buildGazetteer } from '#media/places';
import { createLog } from '#runtime/log';
import { NOON, openTestLibrary } from '#test/fixtures/library';
import { makeJpeg } from '#test/fixtures/media';
import { openIngest } from './ingest.ts';

test('a box whose owner wants no names of places names none, and does when they want them again', async (t) => {
  const { db, layout, ann, addAsset } = openTestLibrary(t);
  const runDir = mkdtempSync(join(tmpdir(), 'shoebox-run-'));
  t.after(() => rmSync(runDir, { recursive: true }));
  const gazetteerFile = join(runDir, 'gazetteer.db');
  await buildGazetteer(gazetteerFile, {
    cities: [{ name: 'Thalwil', lat: '47.2918', lng: '8.5635', country: 'CH', admin1: 'ZH' }],
    states: [{ code: 'CH.ZH', name: 'Zurich' }],
  });
  mkdirSync(layout.libraryDir, { recursive: true });
  await makeJpeg(join(layout.libraryDir, 'lake.jpg'), {
    exif: { GPSLatitude: '47.29', GPSLatitudeRef: 'N', GPSLongitude: '8.56', GPSLongitudeRef: 'E' },
  });
  const id = addAsset(ann.id, { path: 'library/lake.jpg' });
  const settings = settingChanges(db);
  const read = async (isWanted: boolean) => {
    settings.patchSystemConfig({ leaves: { 'reverseGeocoding.enabled': isWanted }, now: NOON });
    db.prepare(`INSERT INTO job (kind, asset_id, due_at, created_at) VALUES ('metadata', ?, 0, 0)`).run(id);
    const ingest = await openIngest({
      config: {
        poolDir: layout.poolDir,
        runDir,
        gazetteerFile,
        logLevel: 'silent',
        concurrency: 1,
        decoderMemoryBytes: 768 * 1024 ** 2,
        decoderTimeMs: 60_000,
        reservedBytes: 0,
      },
      log: createLog('ingest', 'silent'),
      now: () => NOON,
    });
    await ingest.idle();
    await ingest.stop();
    return db.prepare('SELECT latitude, city, country FROM asset WHERE id = ?').get(id);
  };
  assert.deepEqual(await read(true), { latitude: 47.29, city: 'Thalwil', country: 'Switzerland' });
  assert.deepEqual(await read(false), { latitude: 47.29, city: null, country: null });
  assert.deepEqual(await read(true), { latitude: 47.29, city: 'Thalwil', country: 'Switzerland' });
});
