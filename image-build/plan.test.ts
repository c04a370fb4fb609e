import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { boards } from '#hardware/registry';
import { readLock } from './debian/lock.ts';
import { type ImageRequest, type Plan, planImage, type StepId } from './plan.ts';
import { arm64Image } from './profile.ts';
import { findStepKeys } from './step-keys.ts';

const root = join(import.meta.dirname, '..');
const request: ImageRequest = {
  version: '1.2.3',
  hostArch: 'amd64',
  lock: readLock(join(root, 'os/packages/debian.lock.json')),
  keyringFile: '/keys/ca.pem',
  keyringHash: 'a'.repeat(64),
  downloadUrl: '',
  rockchipLoader: undefined,
};

/** A copy of all files that steps read, to change in a test. */
function copySources(t: TestContext, plan: Plan): string {
  const folder = mkdtempSync(join(tmpdir(), 'plan-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const path of new Set(plan.steps.flatMap(({ files }) => files))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  return folder;
}

/** The steps whose key differs between two sets. */
function changed(before: ReadonlyMap<StepId, string>, after: ReadonlyMap<StepId, string>): StepId[] {
  return [...before].filter(([id, key]) => after.get(id) !== key).map(([id]) => id);
}

test('every step needs only steps before it, and all but the last are needed', () => {
  const { steps } = planImage(arm64Image, request);
  const seen = new Set<StepId>();
  for (const { id, needs } of steps) {
    for (const need of needs) assert.ok(seen.has(need), `${id} needs ${need}`);
    seen.add(id);
  }
  const needed = new Set(steps.flatMap(({ needs }) => needs));
  assert.deepEqual(
    steps.map(({ id }) => id).filter((id) => !needed.has(id)),
    ['release'],
  );
});

test('a version that GRUB or a file name could not carry is refused', () => {
  for (const version of ['', '1.2', '1.2.3 4', '1.2.3-$(reboot)', '../1.2.3'])
    assert.throws(() => planImage(arm64Image, { ...request, version }), /a version is like 1\.2\.3/);
});

test('a change of the app makes neither the packages nor the kernel again', (t) => {
  const plan = planImage(arm64Image, request);
  const folder = copySources(t, plan);
  const before = findStepKeys(plan, folder);
  writeFileSync(join(folder, 'services/gateway/new-file.ts'), 'export const one = 1;\n');
  assert.deepEqual(changed(before, findStepKeys(plan, folder)), [
    ...['app', 'root', 'slot', 'disk', 'update', 'release'],
  ]);
});

test('a test or a README of the services changes nothing in the image', (t) => {
  const plan = planImage(arm64Image, request);
  const folder = copySources(t, plan);
  const before = findStepKeys(plan, folder);
  writeFileSync(join(folder, 'services/gateway/new-file.test.ts'), '');
  writeFileSync(join(folder, 'services/gateway/README.md'), 'new words\n');
  assert.deepEqual(changed(before, findStepKeys(plan, folder)), []);
});

test('other keys, another version and another package each make what they are part of again', (t) => {
  const plan = planImage(arm64Image, request);
  const folder = copySources(t, plan);
  const before = findStepKeys(plan, folder);
  const after = (other: Partial<ImageRequest>) =>
    changed(before, findStepKeys(planImage(arm64Image, { ...request, ...other }), folder));
  assert.deepEqual(after({ keyringHash: 'b'.repeat(64) }), ['root', 'slot', 'disk', 'update', 'release']);
  assert.deepEqual(after({ version: '1.2.4' }), ['root', 'slot', 'esp', 'disk', 'update', 'release']);
  const debs = request.lock.debs.map((deb) =>
    deb.name === 'bash' ? { ...deb, sha256: 'c'.repeat(64) } : deb,
  );
  assert.ok(after({ lock: { ...request.lock, debs } }).includes('packages'));
});

test('the boot files have a device tree of every board that brings none', () => {
  const { deviceTrees } = planImage(arm64Image, request);
  for (const { id, deviceTree } of boards)
    if (deviceTree.file !== null)
      assert.ok([...deviceTrees.inSlot, ...deviceTrees.onEsp].includes(deviceTree.file), id);
});
