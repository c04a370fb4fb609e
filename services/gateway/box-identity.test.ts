import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listTimeZones, requireTimeZone } from './box-identity.ts';

test('zones have the names that people write today, and older ones are understood', () => {
  const zones = listTimeZones();
  assert.ok(zones.includes('Asia/Kolkata') && !zones.includes('Asia/Calcutta'));
  assert.equal(requireTimeZone('Asia/Calcutta'), 'Asia/Kolkata');
  assert.equal(requireTimeZone('europe/kyiv'), 'Europe/Kyiv');
  assert.equal(new Set(zones).size, zones.length);
});

test('every zone that is offered is accepted as it is', () => {
  for (const zone of listTimeZones()) assert.equal(requireTimeZone(zone), zone);
});
