import assert from 'node:assert/strict';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openBundleMaker } from '#test/fixtures/update-bundles';
import { faultOf, openRauc, readProgress, readStatus, UpdateRefused } from './rauc.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../test/fixtures/rauc', name));

/** The code of the fault that `run` ends in. */
const refusal = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'none',
    (error: unknown) => {
      if (!(error instanceof UpdateRefused)) throw error;
      return error.fault.code;
    },
  );

test('the real RAUC reads what a signed update is, and refuses every other one in our words', async (t) => {
  const bundles = await openBundleMaker(t);
  const rauc = openRauc(bundles.rauc);
  const good = await bundles.make({ version: '1.2.3-dev' });
  const { version, compatible } = await rauc.readBundle(good);
  assert.deepEqual({ version, compatible }, { version: '1.2.3-dev', compatible: 'shoebox-arm64' });

  assert.equal(await refusal(rauc.readBundle(await bundles.make({ signedBy: 'others' }))), 'not_signed');
  const cut = await bundles.make();
  truncateSync(cut, 100_000);
  assert.equal(await refusal(rauc.readBundle(cut)), 'not_an_update');
  const photo = join(bundles.folder, 'photo.raucb');
  for (const content of ['', 'x', 'a photo by mistake '.repeat(1000)]) {
    writeFileSync(photo, content);
    assert.equal(await refusal(rauc.readBundle(photo)), 'not_an_update', `${content.length} bytes`);
  }
  // The signature covers the manifest: with another version in it the file is nobody's.
  const changed = await bundles.make({ version: '1.0.0' });
  const bytes = readFileSync(changed);
  const at = bytes.lastIndexOf('version=1.0.0');
  assert.ok(at > 0);
  bytes.write('version=9.0.0', at);
  writeFileSync(changed, bytes);
  assert.equal(await refusal(rauc.readBundle(changed)), 'not_signed');
  assert.equal(await refusal(rauc.readBundle(await bundles.make({ version: 'newest' }))), 'not_an_update');
});

test('a program that is not there is a bug and no refusal', async () => {
  await assert.rejects(openRauc(['no-such-rauc']).readBundle('/x'), { reason: 'missing' });
});

test('what installing says becomes a percentage that only grows, however the lines are cut', () => {
  const recorded = fixture('install.txt');
  for (const size of [1, 7, 4096]) {
    const heard: number[] = [];
    const progress = readProgress((percent) => heard.push(percent));
    for (let at = 0; at < recorded.length; at += size) progress.read(recorded.subarray(at, at + size));
    assert.equal(heard[0], 0);
    assert.equal(heard.at(-1), 100);
    assert.ok(heard.length > 20, `${heard.length} steps`);
    assert.deepEqual(
      heard,
      heard.toSorted((a, b) => a - b),
    );
    assert.equal(progress.lastError(), undefined);
  }
});

test('an installation that fails is no progress, and its last error is kept', () => {
  const heard: number[] = [];
  const progress = readProgress((percent) => heard.push(percent));
  progress.read(fixture('install-not-signed.txt'));
  assert.deepEqual(heard, [0, 10]);
  assert.equal(faultOf(progress.lastError()!).code, 'not_signed');
});

test('an installation that RAUC refuses is a refusal, and another error is told in its words', async (t) => {
  const bundles = await openBundleMaker(t);
  const { rauc, calls } = bundles.playBack('install-not-signed.txt');
  const facts = { version: '1.0.0', compatible: 'shoebox-arm64', manifestHash: 'abc' };
  assert.equal(await refusal(openRauc(rauc).install('/x.raucb', facts, () => {})), 'not_signed');
  // Between the look at a file and its installation nobody can put another one in its place.
  assert.deepEqual(calls(), ['install --require-manifest-hash=abc /x.raucb']);
  const fault = faultOf('Failed updating slot root.1: Failed to write: Input/output error');
  assert.equal(fault.code, 'install_failed');
  assert.match(fault.words, /memory card.*Input\/output error$/);
});

test('the two slots are told apart from the partitions that belong to them', () => {
  assert.deepEqual(readStatus(fixture('status.json')), [
    { name: 'A', isRunning: true, isGood: true },
    { name: 'B', isRunning: false, isGood: false },
  ]);
});
