import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { MEDIA_PROBLEMS, ORIGINAL_PROBLEMS } from '#contract/asset-problems';
import { REASONS } from '#contract/problem-reasons';
import { PROBLEMS, Problem, type ProblemCode, type ProblemDetails } from '#contract/problems';
import { assetProblemWords, problemWords } from './problem-words.ts';
import { de } from './text/de.ts';
import { en } from './text/en.ts';
import { speak } from './text.ts';

const CODES = Object.keys(PROBLEMS) as ProblemCode[];

async function speakGerman(t: TestContext): Promise<void> {
  await speak('de', ['de']);
  t.after(() => speak('en', ['en']));
}

/** What the box answers, as far as a page reads it. */
const answerOf = (code: ProblemCode, details: ProblemDetails = {}) => {
  const { message } = new Problem(code, details);
  return { code, details, message };
};

/** The details that words name. */
const named = (words: string) => [...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

test('every problem of the box has words in English and in German', async (t) => {
  const inEnglish = CODES.map((code) => problemWords(answerOf(code, { reason: 'x' })));
  await speakGerman(t);
  CODES.forEach((code, index) => {
    const german = problemWords(answerOf(code, { reason: 'x' }));
    assert.ok(inEnglish[index], code);
    assert.ok(german, code);
    assert.notEqual(german, inEnglish[index], code);
    // Without its details a sentence may end early; it is never the box's English.
    assert.notEqual(german, PROBLEMS[code].message, code);
  });
});

test('words name only details that the box sends with that problem', () => {
  const faults: string[] = [];
  const compare = (
    ours: Record<string, string | undefined>,
    theirs: Record<string, string>,
    more: readonly string[] = [],
  ) => {
    for (const [code, source] of Object.entries(theirs))
      for (const name of named(ours[code] ?? ''))
        if (![...named(source), ...more].includes(name)) faults.push(`${code}: ${name}`);
  };
  const messages = Object.fromEntries(CODES.map((code) => [code, PROBLEMS[code].message]));
  for (const { problems } of [en, de]) {
    compare(problems.words, messages, ['fields']);
    compare(problems.reasons, REASONS);
    // Words of photos come without details.
    compare(problems.assets, { ...MEDIA_PROBLEMS, ...ORIGINAL_PROBLEMS, metadata_unreadable: '' });
    assert.ok(Object.values(problems.assets).every((words) => named(words ?? '').length === 0));
  }
  assert.deepEqual(faults, []);
});

test('reasons and what is wrong with a photo have German words, too', () => {
  for (const code of Object.keys(REASONS)) assert.ok(de.problems.reasons[code], code);
  for (const code of [...Object.keys(MEDIA_PROBLEMS), ...Object.keys(ORIGINAL_PROBLEMS)])
    assert.ok(de.problems.assets[code], code);
});

test('a reason is said inside of its problem, with the details of both', async (t) => {
  const answer = answerOf('library_folder', { path: '/media/x', why: 'folder_not_allowed', allowed: '/srv' });
  assert.equal(
    problemWords(answer),
    'The folder /media/x cannot be used: this box may only read folders below /srv (SHOEBOX_EXTERNAL).',
  );
  await speakGerman(t);
  assert.equal(
    problemWords(answer),
    'Der Ordner /media/x lässt sich nicht nutzen: Diese Box darf nur Ordner unterhalb von /srv lesen (SHOEBOX_EXTERNAL).',
  );
});

test('a form names its fields as the page does, and a detail is never taken for words', async (t) => {
  const refused = {
    code: 'validation',
    message: 'Validation failed',
    errors: [{ path: ['email'], message: 'must match format' }, { path: ['pinCode'] }, { path: ['email'] }],
  };
  assert.equal(problemWords(refused), 'The box does not accept this: e-mail address, PIN.');
  await speakGerman(t);
  assert.equal(problemWords(refused), 'Das nimmt die Box nicht an: E-Mail-Adresse, PIN.');
  assert.equal(
    problemWords(answerOf('upload_empty', { name: '{why}.jpg', why: 'folder_link' })),
    'Die Datei {why}.jpg ist leer.',
  );
});

test('a box that is newer than the page speaks for itself', async (t) => {
  await speakGerman(t);
  assert.equal(
    problemWords({ code: 'not_known_yet', message: 'The box is on holiday.' }),
    'The box is on holiday.',
  );
  assert.equal(problemWords({ code: 'constructor', message: 'Odd.' }), 'Odd.');
  assert.equal(problemWords({ message: ['one', 'two'] }), 'one. two');
  assert.equal(problemWords({}), undefined);
  assert.equal(assetProblemWords({ code: 'too_odd', message: 'It is odd.' }), 'It is odd.');
  assert.equal(assetProblemWords({ code: 'empty', message: 'This file is empty.' }), 'Diese Datei ist leer.');
});
