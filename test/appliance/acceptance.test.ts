import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cookie, listen } from './live-listener.ts';
import { photo, sendForm } from './send-upload.ts';
import { startGateway, type TestGateway, type TestUser } from './start-gateway.ts';
import { openDevice, readBatches, type SyncLine, TYPES_V3 } from './sync-device.ts';

/** What remains of the contract's list §8.9 that needs no phone and has no test of its own elsewhere. */

const sync = async (gateway: TestGateway, user: TestUser, device: ReturnType<typeof openDevice>) => {
  const stream = await gateway.request('POST', '/api/sync/stream', { as: user, json: { types: TYPES_V3 } });
  const lines: SyncLine[] = [];
  for await (const batch of readBatches(stream.body!)) {
    lines.push(...batch);
    await gateway.ask('POST', '/api/sync/ack', { as: user, json: { acks: device.takeBatch(batch) } });
  }
  return [...new Set(lines.map(({ type }) => type))];
};

test('a photo of half past midnight in Japan is on its own day, in the app and on the page', async (t) => {
  const gateway = await startGateway(t);
  const ann = await gateway.signUp();
  const device = openDevice();
  t.after(device.close);
  const id = (await sendForm(gateway.url, ann.headers, photo('a.jpg', 'a'))).json['id'] as string;
  // In UTC this is still July.
  const dateTimeOriginal = '2024-08-01T00:30:00.000+09:00';
  await gateway.ask('PUT', `/api/assets/${id}`, { as: ann, json: { dateTimeOriginal } });
  await sync(gateway, ann, device);
  const [asset] = device.dump()['asset']!;
  assert.equal(asset!['fileCreatedAt'], '2024-07-31T15:30:00.000Z');
  assert.equal(asset!['localDateTime'], '2024-08-01T00:30:00.000Z');
  assert.equal(device.dump()['exif']![0]!['timeZone'], 'UTC+9');
  const months = await gateway.ask('GET', '/api/timeline/buckets', { as: ann });
  assert.deepEqual(months, [{ timeBucket: '2024-08-01', count: 1 }]);
  const month = await gateway.ask<{ fileCreatedAt: string[]; localOffsetHours: number[] }>(
    'GET',
    '/api/timeline/bucket?timeBucket=2024-08-01',
    { as: ann },
  );
  const local = Date.parse(month.fileCreatedAt[0]!) + month.localOffsetHours[0]! * 3_600_000;
  assert.equal(new Date(local).toISOString(), '2024-08-01T00:30:00.000Z');
});

test('a phone that is told to start over forgets everything and gets it again, once', async (t) => {
  const gateway = await startGateway(t);
  const ann = await gateway.signUp();
  await sendForm(gateway.url, ann.headers, photo('a.jpg', 'a'));
  const phone = await gateway.login(ann);
  const device = openDevice();
  t.after(device.close);
  await sync(gateway, phone, device);
  const sessions = await gateway.ask<{ id: string; current: boolean }[]>('GET', '/api/sessions', {
    as: phone,
  });
  const { id } = sessions.find(({ current }) => current)!;
  await gateway.ask('PUT', `/api/sessions/${id}`, { as: ann, json: { isPendingSyncReset: true } });
  assert.deepEqual(await sync(gateway, phone, device), ['SyncResetV1']);
  assert.deepEqual(device.dump()['asset'], []);
  assert.ok((await sync(gateway, phone, device)).includes('AssetV2'));
  assert.equal(device.dump()['asset']!.length, 1);
  assert.deepEqual(await sync(gateway, phone, device), ['SyncCompleteV1']);
});

test('a new password signs the other devices out, the open ones at once', async (t) => {
  const gateway = await startGateway(t);
  const ann = await gateway.signUp();
  const phone = await gateway.login(ann);
  const [here, there] = [listen(t, gateway, cookie(ann)), listen(t, gateway, cookie(phone))];
  await Promise.all([here.hear('on_server_version'), there.hear('on_server_version')]);
  await gateway.ask('POST', '/api/auth/change-password', {
    as: ann,
    json: { password: ann.password, newPassword: 'quite another one', invalidateSessions: true },
  });
  await there.hear('on_session_delete');
  await there.gone;
  assert.equal((await gateway.request('POST', '/api/auth/validateToken', { as: phone })).status, 401);
  assert.equal((await gateway.request('POST', '/api/auth/validateToken', { as: ann })).status, 200);
  assert.ok(here.socket.connected);
});
