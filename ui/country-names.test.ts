import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countrySpellings, countryWords, placeInEnglish } from './country-names.ts';

test('a country is named in the page’s language, and what is no country’s name stays', () => {
  assert.equal(countryWords('Italy', 'de-AT'), 'Italien');
  assert.equal(countryWords('Bosnia & Herzegovina', 'de'), 'Bosnien und Herzegowina');
  assert.equal(countryWords('Italy', 'en-GB'), 'Italy');
  assert.equal(countryWords('Narnia', 'de'), 'Narnia');
  assert.equal(countryWords('', 'de'), '');
});

test('the name is the one that families use', () => {
  assert.equal(countryWords('Hong Kong SAR China', 'de'), 'Hongkong');
  assert.equal(countryWords('United States', 'de'), 'Vereinigte Staaten');
  assert.equal(countryWords('United Kingdom', 'de'), 'Vereinigtes Königreich');
});

test('every country that the box can name is known, however the browser spells it', () => {
  const nameIn = (language: string, style: 'long' | 'short', code: string) =>
    new Intl.DisplayNames(language, { type: 'region', style }).of(code)!;
  for (const code of ['CI', 'CD', 'DE', 'HK', 'JP', 'MM', 'PS', 'ST', 'TR', 'VA', 'XK', 'ZA']) {
    const german = [nameIn('de', 'long', code), nameIn('de', 'short', code)];
    assert.ok(german.includes(countryWords(nameIn('en', 'long', code), 'de')), code);
  }
  for (const spelling of ['Turkey', 'Türkiye']) assert.equal(countryWords(spelling, 'de'), 'Türkei');
  assert.equal(countryWords('Czech Republic', 'de'), 'Tschechien');
});

test('a country is meant by its names in both languages and by what people call it', () => {
  assert.deepEqual(countrySpellings('Italy'), ['Italy', 'Italien']);
  const britain = countrySpellings('United Kingdom');
  for (const name of ['UK', 'Vereinigtes Königreich', 'Großbritannien']) assert.ok(britain.includes(name));
  assert.ok(countrySpellings('United States').includes('USA'));
  assert.ok(!countrySpellings('United States').includes('US'));
  assert.deepEqual(countrySpellings('Narnia'), ['Narnia']);
});

test('the country after a comma is asked for in English', () => {
  assert.equal(placeInEnglish('Paris, Frankreich', 'de'), 'Paris, France');
  assert.equal(placeInEnglish('Paris, Frank', 'de'), 'Paris, France');
  assert.equal(placeInEnglish('Paris, Tex', 'de'), 'Paris, Tex');
  assert.equal(placeInEnglish('Ried, Niger', 'de'), 'Ried, Niger');
  assert.equal(placeInEnglish('Frankreich', 'de'), 'Frankreich');
  assert.equal(placeInEnglish('Paris, Frankreich', 'en'), 'Paris, Frankreich');
});
