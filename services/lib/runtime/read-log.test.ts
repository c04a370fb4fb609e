import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { journalLine, readKeptLog } from './read-log.ts';

const line = (second: number, msg: string) =>
  `{"level":"info","time":"2026-07-01T10:00:${String(second).padStart(2, '0')}.000Z","msg":"${msg}"}`;

const readAll = async (folder: string, since: string): Promise<string[]> => {
  const messages: string[] = [];
  for await (const text of readKeptLog(folder, Date.parse(since)))
    messages.push((JSON.parse(text) as { msg: string }).msg);
  return messages;
};

test('what several processes kept is one log in the order of time', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kept-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const write = (name: string, lines: string[]) => writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  write('gateway.log.1', [line(1, 'a'), line(4, 'd')]);
  write('gateway.log', [line(5, 'e'), 'not a line of ours']);
  write('ingest.log', [line(2, 'b'), line(3, 'c'), line(6, 'f')]);
  write('other.txt', [line(1, 'x')]);
  assert.deepEqual(await readAll(folder, '2026-07-01T00:00:00Z'), ['a', 'b', 'c', 'd', 'e', 'f']);
  assert.deepEqual(await readAll(folder, '2026-07-01T10:00:04Z'), ['d', 'e', 'f']);
  assert.deepEqual(await readAll(join(folder, 'nowhere'), '2026-07-01T00:00:00Z'), []);
});

test('entries of the journal become lines of ours, without secrets', () => {
  const ours = '{"level":"info","time":"2026-07-01T10:00:00.000Z","service":"gateway","msg":"ready"}';
  const entry = (message: unknown) =>
    JSON.stringify({
      __CURSOR: 's=1',
      __REALTIME_TIMESTAMP: '1782900000123456',
      _SYSTEMD_UNIT: 'shoebox-gateway.service',
      MESSAGE: message,
    });
  assert.equal(journalLine(entry(ours)), ours);
  assert.deepEqual(JSON.parse(journalLine(entry('FATAL at /x?sessionKey=S3CRET'))), {
    level: 'info',
    time: '2026-07-01T10:00:00.123Z',
    service: 'gateway',
    msg: 'FATAL at /x?sessionKey=[redacted]',
  });
  assert.equal(JSON.parse(journalLine(entry([104, 105]))).msg, 'hi');
  assert.equal(JSON.parse(journalLine(entry(null))).msg, '');
});
