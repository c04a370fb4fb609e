import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readableBytes } from './numbers.ts';
import { language, pickLanguage, speak, text } from './text.ts';

test('sizes are rounded to what people compare', () => {
  assert.equal(readableBytes(0), '0 B');
  assert.equal(readableBytes(999), '999 B');
  assert.equal(readableBytes(1500), '1.5 kB');
  assert.equal(readableBytes(999_900), '1.0 MB');
  assert.equal(readableBytes(4_700_000_000), '4.7 GB');
  assert.equal(readableBytes(52_000_000), '52 MB');
});

test('one photo is not one photos', () => {
  assert.equal(text.photos.count(1), '1 photo');
  assert.equal(text.photos.count(12_345), '12,345 photos');
});

test('the page speaks the first of the reader’s languages that it knows', () => {
  assert.equal(pickLanguage(['fr-FR', 'de-AT', 'en-GB']), 'de');
  assert.equal(pickLanguage(['en-GB', 'de']), 'en');
  assert.equal(pickLanguage(['fr']), 'en');
  assert.equal(pickLanguage(['den']), 'en');
});

test('German comes with its own numbers, and English comes back', async () => {
  await speak('de', ['de-AT']);
  assert.equal(language, 'de');
  assert.equal(text.photos.count(12_345), '12.345 Fotos'.replace('.', (12_345).toLocaleString('de-AT')[2]!));
  assert.equal(readableBytes(1500), '1,5 kB');
  await speak('en', ['en-GB']);
  assert.equal(text.photos.count(2), '2 photos');
});

test('German leaves no text empty and says each of them in its own words', async () => {
  const { de } = await import('./text/de.ts');
  const { en } = await import('./text/en.ts');
  const same: string[] = [];
  const compare = (english: object, german: object, path: string) => {
    for (const [key, value] of Object.entries(english)) {
      const other = (german as Record<string, unknown>)[key];
      if (typeof value === 'object') compare(value as object, other as object, `${path}.${key}`);
      else if (typeof value === 'string') {
        assert.notEqual(other, '', `${path}.${key}`);
        // One word may be the same in both; a sentence cannot.
        if (other === value && value.includes(' ')) same.push(`${path}.${key}`);
      }
    }
  };
  compare(en, de, 'text');
  assert.deepEqual(same, []);
});

test('German says Sie to everybody, and one word for one thing', async () => {
  const { de } = await import('./text/de.ts');
  const found: string[] = [];
  const look = (words: object, path: string) => {
    for (const [key, value] of Object.entries(words)) {
      if (typeof value === 'object') look(value as object, `${path}.${key}`);
      // Of what counts or names something the source is read, which has the same words in it.
      else if (UNLIKE_US.test(String(value))) found.push(`${path}.${key}: ${value}`);
    }
  };
  look(de, 'text');
  assert.deepEqual(found, []);
});

/** Another form of address, other words for what has its name, and three dots that stick to a word. */
const UNLIKE_US =
  /\b(du|dir|dich|deine?[mnrs]?)\b|\b(wähle|nimm|schau|verschiebe)\b|Schlagw|Festplatte|Telefon|[a-zäöüß]…/i;
