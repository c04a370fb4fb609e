import assert from 'node:assert/strict';
import { createReadStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { updateFault } from '#contract/appliance-updates';
import { createLog } from '#runtime/log';
import { type BundleMaker, openBundleMaker } from '#test/fixtures/update-bundles';
import { openBundleStore } from './bundle-store.ts';
import { type Memory, openMemory } from './memory.ts';
import { openRauc } from './rauc.ts';
import { openUpdates, type Updates } from './updates.ts';

interface Box {
  bundles: BundleMaker;
  memory: Memory;
  stateDir: string;
  /** What RAUC was asked. */
  calls: () => string[];
  /** How often the box was asked to start again. */
  restarts: () => number;
  /** Starts the process; `slot` and `version` are what runs then. */
  start(run?: { slot?: string; version?: string; bootId?: string; memory?: Memory }): Promise<Updates>;
  setTime(ms: number): void;
}

/** An evening in June, where the box stands. */
const EVENING = new Date(2026, 5, 1, 20, 0).getTime();

async function makeBox(t: TestContext, installs?: 'install-not-signed.txt'): Promise<Box> {
  const folder = mkdtempSync(join(tmpdir(), 'updates-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const bundles = await openBundleMaker(t);
  const player = bundles.playBack(installs);
  const memory = openMemory(folder);
  let time = EVENING;
  let restarts = 0;
  return {
    bundles,
    memory,
    stateDir: folder,
    calls: player.calls,
    restarts: () => restarts,
    setTime: (ms) => {
      time = ms;
    },
    start: async ({ slot = 'A', version = '0.1.0', bootId = 'first', memory: other } = {}) =>
      openUpdates({
        log: createLog('updates', 'silent'),
        now: () => time,
        running: { version, slot, bootId },
        memory: other ?? memory,
        store: await openBundleStore(join(folder, 'store'), { reservedBytes: 0 }),
        rauc: openRauc(player.rauc),
        raucConfigFile: bundles.configFile,
        readSurroundings: () => ({ pool: { drives: ['naa.500a'] }, hasAddress: true }),
        restart: async () => {
          restarts++;
        },
        fetchOptions: { silenceMs: 1000, pausesMs: [] },
      }),
  };
}

/** Uploads a file whole, and waits for what comes of it. */
async function upload(updates: Updates, file: string): Promise<void> {
  const part = { fileId: file, total: statSync(file).size, offset: 0 };
  await updates.receive(part, createReadStream(file) as AsyncIterable<Buffer>);
  await updates.settled();
}

const faultAfter = async (updates: Updates, file: string): Promise<string> => {
  await upload(updates, file);
  const { step } = await updates.read();
  return step.kind === 'failed' ? step.fault.code : step.kind;
};

test('an update that is uploaded is written, waits for the night, is tried, and is then what the box runs', async (t) => {
  const box = await makeBox(t);
  const updates = await box.start();
  await upload(updates, await box.bundles.make({ version: '0.2.0' }));
  assert.deepEqual((await updates.read()).step, { kind: 'installed', version: '0.2.0', restartAt: null });
  assert.deepEqual(
    box.calls().map((call) => call.split(' ')[0]),
    ['info', 'install'],
  );

  await updates.restart({ when: 'tonight', timeZone: 'Europe/Berlin' });
  const night = new Date('2026-06-02T01:00:00Z');
  assert.deepEqual((await updates.read()).step, {
    ...{ kind: 'installed', version: '0.2.0', restartAt: night.toISOString() },
  });
  // The process may start again meanwhile.
  const later = await box.start();
  box.setTime(night.getTime() - 1);
  await later.tick();
  assert.equal(box.restarts(), 0);
  box.setTime(night.getTime());
  await later.tick();
  assert.equal(box.restarts(), 1);
  assert.equal((await later.read()).step.kind, 'restarting');

  const next = await box.start({ version: '0.2.0', slot: 'B', bootId: 'second' });
  assert.deepEqual((await next.read()).step, { kind: 'trying', version: '0.2.0' });
  await assert.rejects(upload(next, await box.bundles.make({ version: '0.3.0' })), { code: 'updates_busy' });
  await next.tick();
  assert.equal((await next.read()).step.kind, 'trying');
  await box.memory.write('updates/kept.v1.json', { version: '0.2.0', slot: 'B', at: EVENING });
  await next.tick();
  const { step, last, isTold, installed } = await next.read();
  assert.equal(step.kind, 'idle');
  assert.deepEqual([last?.kind, last?.from, last?.to, isTold], ['updated', '0.1.0', '0.2.0', false]);
  assert.deepEqual(installed, { version: '0.2.0', keptAt: new Date(EVENING).toISOString() });
  await next.noteTold('another');
  assert.equal((await next.read()).isTold, false);
  await next.noteTold(last!.id);
  assert.equal((await next.read()).isTold, true);
});

test('a new version that the gate gave up is told with the reason, in the old one', async (t) => {
  const box = await makeBox(t);
  const updates = await box.start();
  await upload(updates, await box.bundles.make({ version: '0.2.0' }));
  await updates.restart({ when: 'now', timeZone: 'UTC' });
  assert.equal(box.restarts(), 1);
  const fault = updateFault('drives_missing', { found: 1, expected: 2 });
  const failure = { slot: 'B', reason: '1 of 2 drives are there', version: '0.2.0', fault };
  await box.memory.write('slot-failure.json', failure);
  const back = await box.start({ bootId: 'fourth' });
  const { step, last } = await back.read();
  assert.equal(step.kind, 'idle');
  assert.equal(last?.kind, 'went_back');
  assert.equal(last.reason?.words, 'With the new version only 1 of 2 drives were there.');

  // The next try is not blamed for it.
  await upload(back, await box.bundles.make({ version: '0.2.1' }));
  const again = await box.start({ bootId: 'seventh' });
  assert.equal((await again.read()).last?.reason?.code, 'never_started');
});

test('what must not be installed is refused before anything is written', async (t) => {
  const box = await makeBox(t);
  await box.memory.write('updates/minimum.v1.json', { version: '0.1.5' });
  const updates = await box.start();
  const { make } = box.bundles;
  assert.equal(await faultAfter(updates, await make({ version: '0.1.4' })), 'below_minimum');
  assert.equal(await faultAfter(updates, await make({ version: '0.1.0' })), 'same_version');
  assert.equal(await faultAfter(updates, await make({ signedBy: 'others' })), 'not_signed');
  assert.equal(await faultAfter(updates, await make({ compatible: 'toaster' })), 'other_device');
  assert.equal(await faultAfter(updates, import.meta.filename), 'not_an_update');
  const newer = await box.start({ version: '0.2.0' });
  assert.equal(await faultAfter(newer, await make({ version: '0.2.0-dev' })), 'older_version');
  assert.ok(box.calls().every((call) => call.startsWith('info ')));
  assert.equal(await box.memory.read('updates/update.v1.json'), undefined);
  await assert.rejects(updates.restart({ when: 'now', timeZone: 'UTC' }), { code: 'update_not_installed' });
  // And the right one after all of these.
  assert.equal(await faultAfter(updates, await make({ version: '0.1.6' })), 'installed');
});

test('an installation that fails says why, and leaves nothing that the next start would take for an update', async (t) => {
  const box = await makeBox(t, 'install-not-signed.txt');
  const updates = await box.start();
  assert.equal(await faultAfter(updates, await box.bundles.make()), 'not_signed');
  const next = await box.start({ bootId: 'second' });
  const { step, last } = await next.read();
  assert.equal(step.kind, 'idle');
  assert.equal(last, null);
});

test('an upload that breaks off can be seen and gone on with, also after the process has started anew', async (t) => {
  const box = await makeBox(t);
  const file = await box.bundles.make();
  const total = statSync(file).size;
  const half = createReadStream(file, { end: 99_999 }) as AsyncIterable<Buffer>;
  await (await box.start()).receive({ fileId: 'f', total, offset: 0 }, half);
  const updates = await box.start({ bootId: 'second' });
  assert.deepEqual((await updates.read()).step, {
    ...{ kind: 'receiving', fileId: 'f', receivedBytes: 100_000, totalBytes: total },
  });
  const rest = createReadStream(file, { start: 100_000 }) as AsyncIterable<Buffer>;
  await updates.receive({ fileId: 'f', total, offset: 100_000 }, rest);
  await updates.settled();
  assert.equal((await updates.read()).step.kind, 'installed');
});

test('a file that had just come in whole when the power went is installed after the start', async (t) => {
  const box = await makeBox(t);
  const file = await box.bundles.make();
  const store = await openBundleStore(join(box.stateDir, 'store'), { reservedBytes: 0 });
  const whole = createReadStream(file) as AsyncIterable<Buffer>;
  await store.add({ fileId: 'f', total: statSync(file).size, offset: 0 }, whole);
  const updates = await box.start({ bootId: 'second' });
  await updates.settled();
  assert.equal((await updates.read()).step.kind, 'installed');
});

test('an address has to be https; one that does not answer is kept and said so', async (t) => {
  const box = await makeBox(t);
  const updates = await box.start();
  await assert.rejects(updates.setAddress('http://updates.example/'), { code: 'update_address' });
  await assert.rejects(updates.fetch(), { code: 'update_none' });
  assert.equal((await updates.read()).source.address, null);
  await updates.setAddress('https://127.0.0.1:9/latest.json');
  const { source } = await updates.read();
  assert.deepEqual([source.fault?.code, source.offered], ['unreachable', null]);
  assert.equal(source.checkedAt, new Date(EVENING).toISOString());
  // Asked again a day later, and not before.
  box.setTime(EVENING + 23 * 3_600_000);
  await updates.tick();
  assert.equal((await updates.read()).source.checkedAt, new Date(EVENING).toISOString());
  box.setTime(EVENING + 24 * 3_600_000);
  await updates.tick();
  assert.equal((await updates.read()).source.checkedAt, new Date(EVENING + 24 * 3_600_000).toISOString());
  await updates.setAddress(null);
  assert.equal((await updates.read()).source.address, null);
});

/** A memory that loses the power at its n-th change; the ones before are on the card. */
function cutAt(memory: Memory, change: number): Memory {
  let changes = 0;
  const count = () => {
    if (++changes >= change) throw new PowerCut();
  };
  return {
    read: memory.read,
    write: async (name, value) => {
      count();
      await memory.write(name, value);
    },
    forget: async (name) => {
      count();
      await memory.forget(name);
    },
  };
}
class PowerCut extends Error {
  code = 'EIO';
}

test('wherever the power goes, the box then says what is true of the version that runs', async (t) => {
  const box = await makeBox(t);
  const file = await box.bundles.make({ version: '0.2.0' });
  for (let change = 1; ; change++) {
    rmSync(join(box.stateDir, 'updates'), { recursive: true, force: true });
    const before = box.calls().length;
    const updates = await box.start({ memory: cutAt(box.memory, change) });
    await upload(updates, file);
    const isDone = (await updates.read()).step.kind === 'installed';
    const wasWritten = box
      .calls()
      .slice(before)
      .some((call) => call.startsWith('install'));

    // The boot loader starts the new slot as soon as RAUC has finished it, whatever was written down of it.
    const next = await box.start(
      wasWritten ? { version: '0.2.0', slot: 'B', bootId: 'second' } : { bootId: 'second' },
    );
    const { step, last } = await next.read();
    if (wasWritten && readRecord(box)) assert.equal(step.kind, 'trying', `change ${change}`);
    if (!wasWritten) {
      assert.equal(step.kind, 'idle');
      assert.ok(last === null || last.kind === 'not_finished', `change ${change}: ${last?.kind}`);
    }
    if (isDone) {
      assert.ok(change > 2, 'the power did go at every change before');
      break;
    }
  }
});

const readRecord = ({ stateDir }: Box): boolean => {
  try {
    return readFileSync(join(stateDir, 'updates/update.v1.json'), 'utf8') !== '';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
};
