import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createLog } from '#runtime/log';
import { startGateway } from '#test/appliance/start-gateway';

/** A gateway that says everything there is to say, and keeps it as under the supervisor. */
async function startTalking(t: TestContext) {
  const logDir = await mkdtemp(join(tmpdir(), 'logs-'));
  t.after(() => rm(logDir, { recursive: true }));
  const log = createLog('gateway', 'debug', { write: () => {} }, logDir);
  return { gateway: await startGateway(t, { log, config: { logDir } }), logDir, log };
}

test('the log of a whole session holds no secrets, no words of people, and no places', async (t) => {
  const { gateway, log, logDir } = await startTalking(t);
  const owner = await gateway.signUp();
  const post = (path: string, json: unknown) => gateway.request('POST', path, { as: owner, json });
  await gateway.request('POST', '/api/auth/login', {
    json: { email: owner.email, password: 'S3CRET-password' },
  });
  await gateway.request('GET', `/api/users/me?sessionKey=${owner.token}`);
  await gateway.request('GET', '/api/users/me?apiKey=S3CRET-key');
  await gateway.request('GET', '/api/users/me', { headers: { cookie: 'immich_access_token=S3CRET-cookie' } });
  const key = await gateway.createKey(owner, ['all']);
  await gateway.request('GET', '/api/albums', { as: key });
  const form = new FormData();
  form.set('fileCreatedAt', '2024-05-01T10:00:00.000Z');
  form.set('fileModifiedAt', '2024-05-01T10:00:00.000Z');
  form.set('assetData', new Blob(['bytes']), 'holiday-in-Lyon.jpg');
  const sent = await fetch(`${gateway.url}/api/assets`, {
    method: 'POST',
    body: form,
    headers: owner.headers,
  });
  const { id } = (await sent.json()) as { id: string };
  await gateway.request('PUT', `/api/assets/${id}`, {
    as: owner,
    json: { description: 'Grandmother', latitude: 45.7485, longitude: 4.8467 },
  });
  await post('/api/people', { name: 'Wilhelmine' });
  await post('/api/search/metadata', { query: 'birthday-cake', city: 'Lyon' });
  await gateway.request('GET', '/api/search/person?name=Wilhelmine', { as: owner });
  await gateway.request('GET', '/api/search/places?name=Lyon', { as: owner });
  const link = await post('/api/shared-links', {
    type: 'INDIVIDUAL',
    assetIds: [id],
    password: 'S3CRET-link',
  });
  const { key: shareKey } = (await link.json()) as { key: string };
  await gateway.request('GET', `/api/shared-links/me?key=${shareKey}&password=S3CRET-link`);
  await post('/api/albums', { albumName: 'First-steps' });
  log.error({ err: new Error(`GET /x?key=${shareKey} failed`) }, 'request failed');

  const answer = await gateway.request('GET', '/api/appliance/logs', { as: owner });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; filename="shoebox-log-/);
  const text = await answer.text();
  const lines = text.trimEnd().split('\n');
  for (const line of lines) assert.equal((JSON.parse(line) as { service: string }).service, 'gateway');
  assert.match(text, /the box has an owner/);
  assert.match(text, /request failed/);
  const words = /S3CRET|holiday|Lyon|Grandmother|45\.74|Wilhelmine|birthday|First-steps/;
  assert.doesNotMatch(text, words);
  for (const secret of [owner.token, owner.password, key.secret, shareKey])
    assert.ok(!text.includes(secret), 'a secret is in the log');
  assert.equal((await stat(join(logDir, 'gateway.log'))).mode & 0o777, 0o600);
});

test('only an administrator who has signed in gets the log, as far back as they ask', async (t) => {
  const { gateway, log } = await startTalking(t);
  const owner = await gateway.signUp();
  const bob = await gateway.createUser(owner);
  const key = await gateway.createKey(owner, ['all']);
  log.info('said now');
  const path = '/api/appliance/logs';
  assert.match(await (await gateway.request('GET', `${path}?hours=1`, { as: owner })).text(), /said now/);
  for (const [as, status] of [
    [undefined, 401],
    [bob, 403],
    [key, 403],
  ] as const)
    assert.equal((await gateway.request('GET', path, { as })).status, status);
  for (const hours of ['0', '169', 'all'])
    assert.equal((await gateway.request('GET', `${path}?hours=${hours}`, { as: owner })).status, 400, hours);
});
