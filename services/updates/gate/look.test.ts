import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { startGateway } from '#test/appliance/start-gateway';
import { judgePool, type LookParts, look, readUnits } from './look.ts';

const block = (id: string, type: string, result: string, state: string, isHere: 'yes' | 'no') =>
  `Type=${type}\nResult=${result}\nId=${id}\nActiveState=${state}\nUnitFileState=enabled\nConditionResult=${isHere}\n`;

/** As `systemctl show` writes them; ingest waits for a drive, and provision has done its work. */
const WELL = [
  block('shoebox-gateway.service', 'notify', 'success', 'active', 'yes'),
  block('shoebox-ingest.service', 'notify', 'success', 'inactive', 'no'),
  block('shoebox-provision@boot.service', 'oneshot', 'success', 'inactive', 'yes'),
].join('\n');
const UNITS = [WELL, block('shoebox-updates.service', 'notify', 'exit-code', 'failed', 'yes')].join('\n');

function makeParts(url: string, change: Partial<LookParts> = {}): LookParts {
  return {
    isStateMounted: () => true,
    showUnits: async () => WELL,
    readPool: () => ({ drives: ['a', 'b'] }),
    isPoolThere: () => true,
    listUrls: () => ({ lan: [url], own: 'http://127.0.0.1:9' }),
    before: { pool: { drives: ['a', 'b'] }, hasAddress: true },
    ...change,
  };
}

test('units that systemd would not start are not missed, and one that failed is', () => {
  assert.deepEqual(readUnits(UNITS), [
    { id: 'shoebox-gateway.service', isWell: true, state: 'active' },
    { id: 'shoebox-ingest.service', isWell: true, state: 'inactive' },
    { id: 'shoebox-provision@boot.service', isWell: true, state: 'inactive' },
    { id: 'shoebox-updates.service', isWell: false, state: 'failed' },
  ]);
  for (const result of ['exit-code', 'timeout'])
    assert.equal(readUnits(block('a', 'oneshot', result, 'failed', 'yes'))[0]?.isWell, false);
  assert.equal(readUnits(block('a', 'notify', 'success', 'inactive', 'yes'))[0]?.isWell, false);
  assert.deepEqual(readUnits(''), []);
});

test('a box with a gateway that opens its catalog, and all its drives, is well', async (t) => {
  const { url } = await startGateway(t);
  assert.equal(await look(makeParts(url)), undefined);
});

test('everything that may be missing is named', async (t) => {
  const gateway = await startGateway(t);
  const broken = await startBroken(t);
  const before = { pool: { drives: ['a', 'b'] }, hasAddress: true };
  const none = () => ({ lan: [], own: gateway.url });
  for (const [url, change, code, reason] of [
    [gateway.url, { isStateMounted: () => false }, 'settings_missing', /not mounted/],
    [gateway.url, { showUnits: async () => UNITS }, 'service_down', /^shoebox-updates\.service is failed$/],
    [gateway.url, { readPool: () => undefined, isPoolThere: () => false }, 'pool_missing', /not there/],
    [gateway.url, { readPool: () => undefined, before: undefined }, 'pool_missing', /cannot be opened/],
    [gateway.url, { readPool: () => ({ drives: ['b', 'c'] }) }, 'drives_missing', /^1 of 2 drives/],
    [gateway.url, { listUrls: none }, 'no_address', /no address/],
    [broken, {}, 'page_failed', /answers 503/],
    ['http://127.0.0.1:9', {}, 'page_silent', /does not answer/],
  ] as const) {
    const trouble = await look(makeParts(url, { before, ...change }));
    assert.equal(trouble?.fault.code, code);
    assert.match(trouble.reason, reason);
  }
});

test('a box that had no cable before may have none, and then answers itself; without a drive nothing has to', async (t) => {
  const { url } = await startGateway(t);
  const alone = () => ({ lan: [], own: url });
  const before = { pool: null, hasAddress: false };
  assert.equal(await look(makeParts('', { listUrls: alone, before })), undefined);
  assert.equal(await look(makeParts('', { listUrls: alone, before: undefined })), undefined);
  const waiting = WELL.replace('ActiveState=active', 'ActiveState=inactive').replaceAll(
    'ConditionResult=yes',
    'ConditionResult=no',
  );
  const without = {
    showUnits: async () => waiting,
    readPool: () => undefined,
    isPoolThere: () => false,
    before,
  };
  assert.equal(await look(makeParts('http://127.0.0.1:9', without)), undefined);
});

test('more drives than before are welcome', () => {
  assert.equal(judgePool({ drives: ['a'] }, { drives: ['a', 'b'] }), undefined);
  assert.equal(judgePool(undefined, { drives: ['a', 'b'] }), undefined);
});

/** A gateway that cannot read its catalog. */
async function startBroken(t: TestContext): Promise<string> {
  const server = createServer((_, response) => response.writeHead(503).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
