import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Phone } from '#contract/appliance-phones';
import { cookie, listen } from '#test/appliance/live-listener';
import { PASSWORD, startGateway, type TestGateway } from '#test/appliance/start-gateway';

/** Signs in as the phone app does. */
async function signInPhone(gateway: TestGateway, email: string) {
  const { accessToken } = await gateway.ask<{ accessToken: string }>('POST', '/api/auth/login', {
    json: { email, password: PASSWORD },
    headers: { 'user-agent': 'immich-android/3.2.2', devicemodel: 'Pixel 8', devicetype: 'Android' },
  });
  return { headers: { authorization: `Bearer ${accessToken}` } };
}

async function upload(gateway: TestGateway, as: { headers: Record<string, string> }, text: string) {
  const form = new FormData();
  form.set('fileCreatedAt', '2024-05-01T10:00:00.000Z');
  form.set('fileModifiedAt', '2024-05-01T10:00:00.000Z');
  form.set('assetData', new Blob([text]), 'photo.jpg');
  const answer = await fetch(`${gateway.url}/api/assets`, {
    method: 'POST',
    body: form,
    headers: as.headers,
  });
  return ((await answer.json()) as { status: string }).status;
}

const listPhones = (gateway: TestGateway, as: { headers: Record<string, string> }) =>
  gateway.ask<Phone[]>('GET', '/api/appliance/phones', { as });

test('a phone that signs in and sends photos is seen arriving, by its owner and by the administrator', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const bob = await gateway.createUser(owner);
  assert.deepEqual(await listPhones(gateway, owner), [], 'a browser is no phone');
  const listeners = [listen(t, gateway, cookie(owner)), listen(t, gateway, cookie(bob))];
  for (const listener of listeners) await listener.hear('on_server_version');

  const phone = await signInPhone(gateway, bob.email);
  for (const listener of listeners) {
    const [arrived] = (await listener.hear('on_phone')) as [Phone];
    assert.deepEqual(
      [arrived.model, arrived.os, arrived.appVersion, arrived.userId, arrived.sentInAll, arrived.lastSentAt],
      ['Pixel 8', 'Android', '3.2.2', bob.id, 0, null],
    );
  }
  for (const text of ['one', 'two', 'three']) assert.equal(await upload(gateway, phone, text), 'created');
  assert.equal(await upload(gateway, phone, 'one'), 'duplicate');
  await upload(gateway, owner, 'from a browser');
  const [seen] = await listPhones(gateway, bob);
  assert.deepEqual([seen?.sentToday, seen?.sentInAll], [3, 3]);
  assert.equal(seen?.lastHeardAt, seen?.lastSentAt);
  assert.deepEqual(await listPhones(gateway, owner), [seen]);
  const all = () => listeners[0]!.heard.filter(([name]) => name === 'on_phone').map(([, phone]) => phone);
  while ((all().at(-1) as Phone).sentInAll < 3) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.ok(all().length <= 4, 'not with every photo');
});

test('nobody sees the phones of others unless they are the administrator', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const bob = await gateway.createUser(owner);
  await signInPhone(gateway, owner.email);
  assert.equal((await listPhones(gateway, owner)).length, 1);
  assert.deepEqual(await listPhones(gateway, bob), []);
});

test('what a phone has sent is still known after a restart, and a day later it is not of today', async (t) => {
  let now = Date.parse('2026-07-01T10:00:00Z');
  const first = await startGateway(t, { now: () => now });
  const owner = await first.signUp();
  const phone = await signInPhone(first, owner.email);
  await upload(first, phone, 'one');
  await upload(first, phone, 'two');
  const [before] = await listPhones(first, owner);
  await first.stop();

  const second = await startGateway(t, { poolDir: first.poolDir, now: () => now });
  assert.deepEqual(await listPhones(second, owner), [before]);
  now += 24 * 3_600_000;
  await upload(second, phone, 'three');
  const [after] = await listPhones(second, owner);
  assert.deepEqual([after?.sentToday, after?.sentInAll], [1, 3]);
});

test('addresses are those that a phone can open, with the one that the owner has entered', async (t) => {
  const gateway = await startGateway(t, { config: { host: '::', localName: 'attic' } });
  const owner = await gateway.signUp();
  await gateway.parts.writer.settings.patchSystemConfig({
    leaves: { 'server.externalDomain': 'https://photos.example.org' },
    now: 1,
  });
  const { addresses } = await gateway.ask<{ addresses: { url: string; kind: string }[] }>(
    'GET',
    '/api/appliance/addresses',
    { as: owner },
  );
  assert.ok(addresses.some(({ url, kind }) => kind === 'name' && url.startsWith('http://attic.local:')));
  assert.deepEqual(addresses.at(-1), { url: 'https://photos.example.org', kind: 'domain' });
  assert.ok(addresses.every(({ url }) => !/localhost|127\.0\.0\.1/.test(url)));
  const { port } = new URL(gateway.url);
  for (const { url } of addresses.filter(({ kind }) => kind === 'ip'))
    assert.equal((await fetch(`${url}/api/server/ping`)).status, 200, url);
  assert.ok(addresses.slice(0, -1).every(({ url }) => url.endsWith(`:${port}`)));
});
