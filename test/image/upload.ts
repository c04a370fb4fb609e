import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeHeic } from '#test/fixtures/media';
import { claim, queuesEnded, upload } from '../appliance/own-appliance.ts';
import { checkHealthy } from './healthy.ts';
import { startWithPool } from './pool.ts';

test('a photo that is sent to a box with a drive is there, equal, and has a preview', async (t) => {
  const { machine } = await startWithPool(t, 1);
  const owner = await claim(machine.address(80));
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-photo-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'IMG_1.HEIC');
  await makeHeic(file);
  const bytes = readFileSync(file);
  const { status, id } = await upload(owner, 'IMG_1.HEIC', bytes);
  assert.equal(status, 201);
  await queuesEnded(owner);
  const original = await owner.get(`/assets/${id}/original`);
  assert.ok(Buffer.from(await original.arrayBuffer()).equals(bytes));
  const preview = await owner.get(`/assets/${id}/thumbnail?size=preview`);
  assert.deepEqual([preview.status, preview.headers.get('content-type')], [200, 'image/jpeg']);
  await preview.arrayBuffer();
  await checkHealthy(machine);
});
