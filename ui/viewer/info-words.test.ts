import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setLocale } from '../locale.ts';
import { cameraWords, placeWords } from './info-words.ts';

test('a place is named from near to far, and by its numbers when it has no name', () => {
  assert.deepEqual(placeWords({ city: 'Menton', state: 'Alpes-Maritimes', country: 'France' }), [
    'Menton',
    'Alpes-Maritimes, France',
  ]);
  assert.deepEqual(placeWords({ country: 'France' }), ['France']);
  assert.deepEqual(placeWords({ latitude: 47.42, longitude: 10.98 }), ['47.42000, 10.98000']);
  assert.deepEqual(placeWords(undefined), []);
});

test('a country is in the language of the page', (t) => {
  setLocale('de');
  t.after(() => setLocale('en'));
  assert.deepEqual(placeWords({ city: 'Roma', state: 'Lazio', country: 'Italy' }), [
    'Roma',
    'Lazio, Italien',
  ]);
});

test('a camera is not named twice, and unknown settings are left out', () => {
  assert.deepEqual(cameraWords({ make: 'Canon', model: 'Canon EOS R5', fNumber: 1.8, iso: 64 }), [
    'Canon EOS R5',
    'ƒ/1.8 · ISO 64',
  ]);
  assert.deepEqual(cameraWords({ make: 'Apple', model: 'iPhone 12' }), ['Apple iPhone 12']);
  assert.deepEqual(cameraWords({}), []);
});
