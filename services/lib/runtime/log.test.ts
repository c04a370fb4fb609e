import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLog, type LogLevel } from './log.ts';

function capture(level?: LogLevel) {
  const lines: string[] = [];
  const log = createLog('gateway', level, { write: (line: string) => void lines.push(line) });
  return { log, lines };
}

test('a line is one JSON object with the service, the level in words and the time in ISO form', () => {
  const { log, lines } = capture();
  log.info({ assetId: 'a1', tookMs: 12 }, 'preview written');
  assert.equal(lines.length, 1);
  const line = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  assert.equal(line['service'], 'gateway');
  assert.equal(line['level'], 'info');
  assert.equal(line['msg'], 'preview written');
  assert.equal(line['tookMs'], 12);
  assert.match(String(line['time']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test('a line below the level is not written', () => {
  const { log, lines } = capture('warn');
  log.info('state changed');
  log.warn('works, but less');
  assert.equal(lines.length, 1);
});

test('secrets in addresses are taken out wherever the address stands', () => {
  const { log, lines } = capture();
  log.info({ url: '/api/assets/1/thumbnail?size=preview&sessionKey=S3CRET1&c=x' }, 'request');
  log.info({ req: { url: '/share?key=S3CRET2' } }, 'request');
  log.error(new Error('GET /api/x?apiKey=S3CRET3 failed'), 'request failed');
  const text = lines.join('');
  assert.doesNotMatch(text, /S3CRET/);
  assert.match(text, /size=preview&sessionKey=\[redacted\]&c=x/);
});

test('secrets in headers, cookies and bodies are taken out at any depth and the line stays JSON', () => {
  const { log, lines } = capture();
  log.info(
    {
      req: {
        headers: {
          authorization: 'Bearer S3CRET"quoted\\',
          cookie: 'immich_access_token=S3CRET; other=1',
          'x-api-key': 'S3CRET',
          'set-cookie': ['immich_access_token=S3CRET', 'b=S3CRET'],
          'user-agent': 'Phone',
        },
        body: { email: 'a@example.org', password: 'S3CRET' },
      },
      note: 'sent immich_access_token=S3CRET; path=/',
    },
    'request',
  );
  assert.doesNotMatch(lines[0] ?? '', /S3CRET/);
  const line = JSON.parse(lines[0] ?? '') as { req: { headers: Record<string, unknown> } };
  assert.equal(line.req.headers['user-agent'], 'Phone');
  assert.equal(line.req.headers['authorization'], '[redacted]');
});

test('an error is logged with its stack', () => {
  const { log, lines } = capture();
  log.error({ err: new Error('broken') }, 'job failed');
  const line = JSON.parse(lines[0] ?? '') as { err: { message: string; stack: string } };
  assert.equal(line.err.message, 'broken');
  assert.match(line.err.stack, /log\.test\.ts/);
});
