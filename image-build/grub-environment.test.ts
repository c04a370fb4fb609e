import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FRESH_ENVIRONMENT, grubEnvironment, readGrubEnvironment } from './grub-environment.ts';

test('an environment is 1024 bytes and says what was put into it', () => {
  const block = grubEnvironment(FRESH_ENVIRONMENT);
  assert.equal(block.length, 1024);
  assert.deepEqual(readGrubEnvironment(block), { ...FRESH_ENVIRONMENT });
});

test('a torn or empty environment is an error, not an environment without values', () => {
  assert.throws(() => readGrubEnvironment(Buffer.alloc(1024)));
  assert.throws(() => readGrubEnvironment(grubEnvironment(FRESH_ENVIRONMENT).subarray(0, 512)));
  assert.throws(() => readGrubEnvironment(Buffer.alloc(0)));
});

test('GRUB saves every name that the image begins with', () => {
  const script = readFileSync(join(import.meta.dirname, '../os/boot/grub.cfg'), 'utf8');
  const [, saved] = /^save_env --file \S+ (.+)$/m.exec(script) ?? [];
  assert.deepEqual(saved?.split(' ').sort(), Object.keys(FRESH_ENVIRONMENT).sort());
});
