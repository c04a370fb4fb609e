import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDatePhrase } from './date-phrases.ts';

const TODAY = '2026-11-22';

const when = (words: string) => {
  const found = readDatePhrase(words, TODAY);
  return found && [found.range.from ?? '', found.range.to ?? '', found.rest];
};

test('seasons, months and years are understood in both languages', () => {
  assert.deepEqual(when('summer 2023'), ['2023-06-01', '2023-08-31', '']);
  assert.deepEqual(when('Sommer 2023'), ['2023-06-01', '2023-08-31', '']);
  assert.deepEqual(when('winter 2023'), ['2023-12-01', '2024-02-29', '']);
  assert.deepEqual(when('2021'), ['2021-01-01', '2021-12-31', '']);
  assert.deepEqual(when('März 2024'), ['2024-03-01', '2024-03-31', '']);
  assert.deepEqual(when('12/2020'), ['2020-12-01', '2020-12-31', '']);
  assert.deepEqual(when('Christmas 2025'), ['2025-12-24', '2025-12-26', '']);
  assert.deepEqual(when('1990er'), ['1990-01-01', '1999-12-31', '']);
});

test('what is last is over, and what is this may go on', () => {
  assert.deepEqual(when('last May'), ['2026-05-01', '2026-05-31', '']);
  assert.deepEqual(when('letzten Dezember'), ['2025-12-01', '2025-12-31', '']);
  assert.deepEqual(when('last November'), ['2025-11-01', '2025-11-30', '']);
  assert.deepEqual(when('last summer'), ['2026-06-01', '2026-08-31', '']);
  assert.deepEqual(when('letztes Jahr'), ['2025-01-01', '2025-12-31', '']);
  assert.deepEqual(when('this year'), ['2026-01-01', '2026-12-31', '']);
  assert.deepEqual(when('letzte Woche'), ['2026-11-09', '2026-11-15', '']);
  assert.deepEqual(when('last 7 days'), ['2026-11-16', '2026-11-22', '']);
  assert.deepEqual(when('gestern'), ['2026-11-21', '2026-11-21', '']);
});

test('days are read as people write them', () => {
  for (const words of ['24.12.2022', '24/12/2022', '2022-12-24', '24. Dezember 2022', 'December 24, 2022'])
    assert.deepEqual(when(words), ['2022-12-24', '2022-12-24', ''], words);
  assert.equal(when('31.4.2022'), undefined);
});

test('ranges may be open', () => {
  assert.deepEqual(when('since 2019'), ['2019-01-01', '', '']);
  assert.deepEqual(when('vor 2019'), ['', '2018-12-31', '']);
  assert.deepEqual(when('2019 bis 2021'), ['2019-01-01', '2021-12-31', '']);
  assert.deepEqual(when('2019-2021'), ['2019-01-01', '2021-12-31', '']);
});

test('the other words stay as they were, without the one that led to the date', () => {
  assert.deepEqual(when('Beach in summer 2023'), ['2023-06-01', '2023-08-31', 'Beach']);
  assert.deepEqual(when('Oma im Sommer 2023 am See'), ['2023-06-01', '2023-08-31', 'Oma am See']);
});

test('names that are months too, and numbers of files, say no date', () => {
  for (const words of ['May', 'June', 'April', 'IMG_2023', 'img 4711', 'spring', 'Strand'])
    assert.equal(when(words), undefined, words);
});
