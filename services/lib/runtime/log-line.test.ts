import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatLogLine } from './log-line.ts';

// Without a zone the time is read as local, so that the test holds in every zone.
const entry = {
  level: 'info',
  time: '2026-11-22T12:57:05.335',
  service: 'ingest',
  assetId: 'a1',
  tookMs: 12,
};

test('a line is shown as time of day, process, message and fields', () => {
  const line = JSON.stringify({ ...entry, msg: 'preview written' });
  assert.equal(
    formatLogLine(line, { colours: false }),
    '12:57:05 ingest   preview written assetId=a1 tookMs=12',
  );
});

test('a warning names its level and an error shows its stack below', () => {
  const line = JSON.stringify({
    ...entry,
    level: 'error',
    err: { stack: 'Error: x\n    at y' },
    msg: 'job failed',
  });
  assert.equal(
    formatLogLine(line, { colours: false }),
    '12:57:05 ingest   error: job failed assetId=a1 tookMs=12\n  Error: x\n      at y',
  );
});

test('what is no line of ours comes back as it is', () => {
  for (const line of ['plain text', '{broken', '{"other":1}', ''])
    assert.equal(formatLogLine(line, { colours: true }), line);
});
