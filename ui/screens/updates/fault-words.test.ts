import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UPDATE_FAULTS, type UpdateFaultCode, updateFault } from '#contract/appliance-updates';
import { speak } from '../../text.ts';
import { faultWords } from './fault-words.ts';

const DETAILS = {
  version: '0.2.0',
  installed: '0.3.0',
  minimum: '0.2.5',
  found: 1,
  expected: 2,
  unit: 'gateway',
};

test('every fault has words of its own in German, with all that they name', async (t) => {
  await speak('de', ['de']);
  t.after(() => speak('en', ['en']));
  for (const code of Object.keys(UPDATE_FAULTS) as UpdateFaultCode[]) {
    const words = faultWords(updateFault(code, DETAILS));
    assert.notEqual(words, updateFault(code, DETAILS).words, code);
    assert.doesNotMatch(words, /[{}]|undefined|\s\s/, code);
  }
  assert.match(faultWords(updateFault('drives_missing', DETAILS)), /nur 1 von 2 Laufwerken/);
});

test('in English, and for what a newer box knows, the box speaks for itself', async (t) => {
  const fault = updateFault('older_version', DETAILS);
  assert.equal(faultWords(fault), fault.words);
  await speak('de', ['de']);
  t.after(() => speak('en', ['en']));
  const unknown = { code: 'of_tomorrow' as UpdateFaultCode, words: 'Of tomorrow.', details: {} };
  assert.equal(faultWords(unknown), 'Of tomorrow.');
});
