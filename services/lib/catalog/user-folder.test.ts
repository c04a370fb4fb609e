import assert from 'node:assert/strict';
import { test } from 'node:test';
import { userFolder } from './user-folder.ts';

test('a readable name stays as it is', () => {
  for (const name of ['Ann', 'Jürgen Groß', 'O’Neil'.replace('’', "'"), '山田 太郎', 'Ann-Marie_2'])
    assert.equal(userFolder(name, []), name);
});

test('a name cannot leave the library or hide in it', () => {
  assert.equal(userFolder('../../etc', []), 'etc');
  assert.equal(userFolder('..', []), 'user');
  assert.equal(userFolder('.shoebox', []), 'shoebox');
  assert.equal(userFolder('a/b\\c:d\u0000e', []), 'a b c d e');
  assert.equal(userFolder('trailing. . ', []), 'trailing');
});

test('a name of which nothing is readable becomes user', () => {
  for (const name of ['', '   ', '🎉🎉', '///', '.']) assert.equal(userFolder(name, []), 'user');
});

test('a name that Windows keeps for a device gets a mark', () => {
  assert.equal(userFolder('CON', []), 'CON_');
  assert.equal(userFolder('lpt1.photos', []), 'lpt1.photos_');
  assert.equal(userFolder('Connie', []), 'Connie');
});

test('names that differ only in case or in how accents are written get different folders', () => {
  assert.equal(userFolder('ann', ['Ann']), 'ann 2');
  assert.equal(userFolder('ANN', ['Ann', 'ann 2']), 'ANN 3');
  assert.equal(userFolder('Jose\u0301', ['José']), 'José 2');
});

test('a very long name is cut between characters', () => {
  const folder = userFolder('é'.repeat(5000), []);
  assert.equal(folder, 'é'.repeat(30));
  assert.ok(Buffer.byteLength(userFolder(`${'नि'.repeat(40)}`, [])) <= 60);
});
