import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { Setup } from '#contract/appliance-setup';
import { startGateway } from '#test/appliance/start-gateway';

const stepOf = <Id extends Setup['steps'][number]['id']>({ steps }: Setup, id: Id) =>
  steps.find((step) => step.id === id) as Extract<Setup['steps'][number], { id: Id }>;

const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

test('a box is set up step by step, and a step that was taken stays so after a power cut', async (t) => {
  const first = await startGateway(t);
  let setup = await first.ask<Setup>('GET', '/api/appliance/setup');
  assert.equal(setup.next, 'account');
  assert.deepEqual(
    setup.steps.map(({ id, state }) => [id, state]),
    [
      ['account', 'open'],
      ['box', 'open'],
      ['drives', 'unavailable'],
      ['privacy', 'open'],
      ['phone', 'open'],
      ['done', 'open'],
    ],
  );
  const { pool, reason } = stepOf(setup, 'drives');
  assert.ok(reason);
  assert.ok(pool.totalBytes >= pool.availableBytes && pool.availableBytes > 0 && pool.fileSystem !== '');
  assert.ok(stepOf(setup, 'box').timeZones.includes('Europe/Berlin'));

  const owner = await first.signUp();
  assert.equal((await first.ask<Setup>('GET', '/api/appliance/setup', { as: owner })).next, 'box');
  const answers = { name: 'Attic', timeZone: 'europe/berlin' };
  setup = await first.ask<Setup>('PUT', '/api/appliance/setup/box', { as: owner, json: answers });
  assert.equal(setup.next, 'privacy');
  await first.stop();

  const second = await startGateway(t, { poolDir: first.poolDir });
  setup = await second.ask<Setup>('GET', '/api/appliance/setup', { as: owner });
  assert.equal(setup.next, 'privacy');
  assert.deepEqual(stepOf(setup, 'box').answers, { name: 'attic', timeZone: 'Europe/Berlin' });
  const put = (step: string, json: object) =>
    second.ask<Setup>('PUT', `/api/appliance/setup/${step}`, { as: owner, json });
  setup = await put('privacy', { faces: false, placeNames: false, memories: true });
  assert.deepEqual(stepOf(setup, 'privacy').answers, { faces: false, placeNames: false, memories: true });
  setup = await put('phone', { skip: true });
  assert.equal(stepOf(setup, 'phone').state, 'skipped');
  setup = await put('done', {});
  assert.equal(setup.next, null);
  const { isOnboarded } = await second.ask<{ isOnboarded: boolean }>('GET', '/api/server/config');
  assert.ok(isOnboarded, 'every client knows that the box is set up');
});

test('answers about privacy are settings that the whole box goes by', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  await gateway.parts.writer.settings.setSystemConfig({ config: { trash: { days: 3 } }, now: 1 });
  const json = { faces: true, placeNames: false, memories: false };
  await gateway.ask('PUT', '/api/appliance/setup/privacy', { as: owner, json });
  const config = await gateway.ask<{
    trash: object;
    reverseGeocoding: object;
    nightlyTasks: { generateMemories: boolean };
    machineLearning: { facialRecognition: { enabled: boolean } };
  }>('GET', '/api/admin/config', { as: owner });
  assert.deepEqual(config.trash, { days: 3, enabled: true });
  assert.deepEqual(config.reverseGeocoding, { enabled: false });
  assert.equal(config.nightlyTasks.generateMemories, false);
  assert.equal(config.machineLearning.facialRecognition.enabled, true);
  const features = await gateway.ask<{ reverseGeocoding: boolean; facialRecognition: boolean }>(
    'GET',
    '/api/server/features',
  );
  assert.deepEqual([features.reverseGeocoding, features.facialRecognition], [false, false]);
});

test('a box that belongs to nobody is set up only from the network that it is in', async (t) => {
  const gateway = await startGateway(t);
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
  const json = { name: 'mine', timeZone: 'UTC' };
  const path = '/api/appliance/setup';
  for (const answer of [
    await gateway.request('GET', path, from('203.0.113.9')),
    await gateway.request('PUT', `${path}/box`, { ...from('203.0.113.9'), json }),
  ]) {
    assert.equal(answer.status, 403);
    assert.equal(await codeOf(answer), 'setup_not_local');
  }
  assert.equal((await gateway.request('PUT', `${path}/box`, { ...from('192.168.1.7'), json })).status, 200);
  assert.equal(
    await codeOf(await gateway.request('PUT', `${path}/done`, { json: {} })),
    'setup_without_account',
  );

  const owner = await gateway.signUp();
  const bob = await gateway.createUser(owner);
  assert.equal((await gateway.request('GET', path)).status, 401);
  assert.equal((await gateway.request('PUT', `${path}/box`, { json })).status, 401);
  assert.equal((await gateway.request('PUT', `${path}/box`, { as: bob, json })).status, 403);
});

test('a name or a time zone that there cannot be is refused, and what was chosen stays', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const put = (step: string, json: object) =>
    gateway.request('PUT', `/api/appliance/setup/${step}`, { as: owner, json });
  assert.equal((await put('box', { name: 'attic', timeZone: 'UTC' })).status, 200);
  for (const name of ['', '-attic', 'attic-', 'my box', 'a.b', 'localhost', 'x'.repeat(64), 'dachböden'])
    assert.equal(await codeOf(await put('box', { name, timeZone: 'UTC' })), 'validation', name);
  for (const timeZone of ['Europe/Atlantis', '+02:00', '../etc/passwd'])
    assert.equal(await codeOf(await put('box', { name: 'attic', timeZone })), 'time_zone_unknown', timeZone);
  assert.equal(await codeOf(await put('box', { timeZone: 'UTC' })), 'validation');
  assert.equal(await codeOf(await put('privacy', { faces: 'no' })), 'validation');
  assert.equal(await codeOf(await put('drives', {})), 'setup_step_unavailable');
  assert.equal((await put('account', {})).status, 404);
  const setup = await gateway.ask<Setup>('GET', '/api/appliance/setup', { as: owner });
  assert.deepEqual(stepOf(setup, 'box').answers, { name: 'attic', timeZone: 'UTC' });
});

test('on the image the system hears the name and the time zone, and phones are told that name', async (t) => {
  const choiceFile = join(mkdtempSync(join(tmpdir(), 'choice-')), 'box.json');
  t.after(() => rmSync(dirname(choiceFile), { recursive: true }));
  const config = { choiceFile, localName: 'shoebox', host: '::' };
  const gateway = await startGateway(t, { config });
  const owner = await gateway.signUp();
  const json = { name: 'Attic', timeZone: 'Europe/Berlin' };
  assert.equal((await gateway.request('PUT', '/api/appliance/setup/box', { as: owner, json })).status, 200);
  const heard = () => JSON.parse(readFileSync(choiceFile, 'utf8')) as object;
  assert.deepEqual(heard(), { name: 'attic', timeZone: 'Europe/Berlin' });
  const { addresses } = await gateway.ask<{ addresses: { url: string }[] }>(
    'GET',
    '/api/appliance/addresses',
    { as: owner },
  );
  assert.ok(
    addresses.some(({ url }) => url.includes('//attic.local')),
    JSON.stringify(addresses),
  );

  // A card that was flashed anew gets the name that the drives remember; one with another name keeps that.
  await gateway.stop();
  const { poolDir } = gateway;
  for (const [localName, isTold] of [
    ['cellar', false],
    ['shoebox', true],
  ] as const) {
    rmSync(choiceFile);
    const again = await startGateway(t, { poolDir, config: { ...config, localName } });
    assert.equal(existsSync(choiceFile), isTold, localName);
    await again.stop();
    if (!isTold) writeFileSync(choiceFile, '');
  }
  // A name that cannot be passed on is no reason not to start.
  const nowhere = { ...config, choiceFile: join(dirname(choiceFile), 'missing', 'box.json') };
  await startGateway(t, { poolDir, config: nowhere });
});
