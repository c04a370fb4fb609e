import assert from 'node:assert/strict';
import { test } from 'node:test';
import { damagedName, monthFolder, numberedName, safeFileName, undamagedName } from './place-name.ts';

test('a file name loses folders and what no drive can hold, and keeps everything else', () => {
  assert.equal(safeFileName('IMG_0001.JPG'), 'IMG_0001.JPG');
  assert.equal(safeFileName('Ünïcödé 日本語 😀.heic'), 'Ünïcödé 日本語 😀.heic');
  assert.equal(safeFileName('../../etc/passwd.jpg'), 'passwd.jpg');
  assert.equal(safeFileName('C:\\Users\\me\\a.jpg'), 'a.jpg');
  assert.equal(safeFileName('a\u0000b\nc?.jpg'), 'a_b_c_.jpg');
  assert.equal(safeFileName('.hidden.jpg'), 'hidden.jpg');
  for (const empty of ['', '.', '..', '/', ' . '])
    assert.equal(safeFileName(empty), 'unnamed', JSON.stringify(empty));
});

test('a very long name is cut between characters and keeps its extension', () => {
  const name = safeFileName(`${'😀'.repeat(200)}.jpeg`);
  assert.ok(Buffer.byteLength(name) <= 240);
  assert.match(name, /^(?:😀)+\.jpeg$/u);
});

test('numbers go before the extension', () => {
  assert.equal(numberedName('a.b.jpg', 1), 'a.b.jpg');
  assert.equal(numberedName('a.b.jpg', 2), 'a.b (2).jpg');
  assert.equal(numberedName('noextension', 'x'), 'noextension (x)');
});

test('the name of a damaged file tells that of the original', () => {
  for (const name of ['library/Ann/2019/IMG_1.jpg', 'a (damaged).b.jpg', 'noextension'])
    for (const kept of [damagedName(name), damagedName(name, '0a1b2c3d')])
      assert.equal(undamagedName(kept), name);
  for (const name of ['a.jpg', 'a (2).jpg', 'a (damaged by rain).jpg', 'damaged.jpg', ' (damaged).jpg'])
    assert.equal(undamagedName(name), undefined, name);
});

test('the folder of a month follows from the date in UTC, also before 1970 and in absurd years', () => {
  assert.equal(monthFolder(Date.UTC(2024, 0, 31, 23, 59)), '2024/2024-01');
  assert.equal(monthFolder(Date.UTC(1955, 11, 1)), '1955/1955-12');
  assert.equal(monthFolder(Date.UTC(20_000, 0, 1)), '9999/9999-01');
});
