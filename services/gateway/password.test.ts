import assert from 'node:assert/strict';
import { argon2Sync } from 'node:crypto';
import { test } from 'node:test';
import { Problem } from '#contract/problems';
import { buildPasswords } from './password.ts';

test('a password matches what was kept of it, another one does not', async () => {
  const passwords = buildPasswords();
  const encoded = await passwords.hash('correct horse');
  assert.match(encoded, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  assert.deepEqual(await passwords.verify(encoded, 'correct horse'), { matches: true, isOutdated: false });
  assert.deepEqual(await passwords.verify(encoded, 'correct horsf'), { matches: false, isOutdated: false });
  assert.notEqual(await passwords.hash('correct horse'), encoded);
});

test('nothing matches an account that does not exist', async () => {
  const passwords = buildPasswords();
  assert.equal((await passwords.verify(undefined, '')).matches, false);
  assert.equal((await passwords.verify(null, 'anything')).matches, false);
});

test('a password kept with other parameters still matches and is said to be outdated', async () => {
  const salt = Buffer.from('0123456789abcdef');
  const hash = argon2Sync('argon2id', {
    message: 'old',
    nonce: salt,
    memory: 8192,
    passes: 3,
    parallelism: 1,
    tagLength: 32,
  });
  const plain = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  const encoded = `$argon2id$v=19$m=8192,t=3,p=1$${plain(salt)}$${plain(hash)}`;
  assert.deepEqual(await buildPasswords().verify(encoded, 'old'), { matches: true, isOutdated: true });
});

test('a letter with its accent is the same password however it is typed', async () => {
  const passwords = buildPasswords();
  const encoded = await passwords.hash('caf\u00e9 1234');
  assert.equal((await passwords.verify(encoded, 'cafe\u0301 1234')).matches, true);
});

test('a damaged row is an error and not a wrong password', async () => {
  await assert.rejects(buildPasswords().verify('$argon2id$v=19$m=99999999,t=2,p=1$AAAA$AAAA', 'x'));
  await assert.rejects(buildPasswords().verify('secret', 'secret'));
});

test('more than may wait are told that the box is busy, the others are served', async () => {
  const passwords = buildPasswords({ mostWaiting: 4 });
  const results = await Promise.allSettled(Array.from({ length: 9 }, () => passwords.verify(undefined, 'x')));
  const refused = results.filter((result) => result.status === 'rejected');
  assert.equal(refused.length, 3);
  assert.ok(refused.every(({ reason }) => reason instanceof Problem && reason.code === 'catalog_busy'));
});
