import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkKeys, makeDevelopmentKeys } from './keys.ts';

test('development keys: a signer that its authority vouches for, and no way to make a second one', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const keys = await makeDevelopmentKeys(join(folder, 'keys'));
  const ca = new X509Certificate(readFileSync(keys.keyringFile));
  const signer = new X509Certificate(readFileSync(keys.certificateFile));
  assert.ok(signer.checkIssued(ca));
  assert.ok(signer.verify(ca.publicKey));
  assert.equal(signer.ca, false);
  assert.deepEqual(signer.keyUsage, ['1.3.6.1.5.5.7.3.3']);
  assert.equal(statSync(keys.privateKeyFile).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(join(folder, 'keys')).sort(), ['ca.pem', 'signer.key', 'signer.pem']);
});

test('keys are never replaced, and missing ones are named with the command that makes them', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  t.after(() => rmSync(folder, { recursive: true }));
  await assert.rejects(makeDevelopmentKeys(folder), /is there already/);
  assert.throws(() => checkKeys(folder), /npm run image:keys/);
});
