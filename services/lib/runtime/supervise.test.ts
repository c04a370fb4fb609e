import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type ChildEvent, type Patience, supervise } from './supervise.ts';

/** Supervises scripts, written as JavaScript, and remembers their lines and what happened to them. */
function superviseScripts(
  t: TestContext,
  scripts: Record<string, string>,
  patience: Partial<Patience> = { firstRestartMs: 10 },
) {
  const lines: string[] = [];
  const events: ChildEvent[] = [];
  const changes = new EventEmitter();
  const remember =
    <Entry>(list: Entry[]) =>
    (entry: Entry) => {
      list.push(entry);
      changes.emit('change');
    };
  const plans = Object.entries(scripts).map(([name, script]) => ({
    name,
    args: ['--eval', script],
    env: process.env,
  }));
  const supervisor = supervise(plans, { onEvent: remember(events), onLine: remember(lines), patience });
  t.after(() => supervisor.kill());
  const until = async (holds: () => boolean) => {
    while (!holds()) await once(changes, 'change');
  };
  return { supervisor, lines, events, until };
}

const STAYS = 'setInterval(() => {}, 1000);';

function countOf<Entry>(list: readonly Entry[], entry: Entry): number {
  return list.filter((other) => other === entry).length;
}

test('a child that ends is started again, after pauses that grow up to a limit', async (t) => {
  const { events, until } = superviseScripts(
    t,
    { gateway: 'process.exit(3)' },
    { firstRestartMs: 10, longestRestartMs: 30 },
  );
  await until(() => events.length === 4);
  assert.deepEqual(
    events.map((event) => event.kind === 'ended' && [event.exitCode, event.restartMs]),
    [
      [3, 10],
      [3, 20],
      [3, 30],
      [3, 30],
    ],
  );
});

test('a child that ran well for a while is started again after the first pause', async (t) => {
  const { events, until } = superviseScripts(
    t,
    { gateway: 'process.exit(3)' },
    { firstRestartMs: 10, longestRestartMs: 1000, wellAfterMs: 1 },
  );
  await until(() => events.length === 3);
  assert.deepEqual(
    events.map((event) => event.kind === 'ended' && event.restartMs),
    [10, 10, 10],
  );
});

test('a child that was killed is started again while the other goes on', async (t) => {
  const { lines, events, until } = superviseScripts(t, {
    gateway: `console.log('gateway ' + process.pid); ${STAYS}`,
    ingest: `console.log('ingest'); ${STAYS}`,
  });
  await until(() => lines.length === 2);
  const pid = Number(lines.find((line) => line.startsWith('gateway'))?.split(' ')[1]);
  process.kill(pid, 'SIGKILL');
  await until(() => lines.length === 3);
  assert.equal(countOf(lines, 'ingest'), 1);
  assert.deepEqual(
    events.map((event) => event.kind === 'ended' && [event.name, event.signal]),
    [['gateway', 'SIGKILL']],
  );
});

test('children stop one after the other in the order in which they were given', async (t) => {
  const script = (name: string, stopMs: number) => `
    process.on('SIGTERM', () => { console.log('${name} stopping');
      setTimeout(() => { console.log('${name} stopped'); process.exit(0); }, ${stopMs}); });
    console.log('${name}'); ${STAYS}`;
  const { supervisor, lines, events, until } = superviseScripts(t, {
    gateway: script('gateway', 100),
    ingest: script('ingest', 0),
  });
  await until(() => lines.length === 2);
  await supervisor.stop();
  await until(() => lines.length === 6);
  assert.deepEqual(lines.slice(2), [
    'gateway stopping',
    'gateway stopped',
    'ingest stopping',
    'ingest stopped',
  ]);
  assert.deepEqual(events, []);
});

test('a child that does not stop is killed and said so', async (t) => {
  const { supervisor, lines, events, until } = superviseScripts(
    t,
    { gateway: `process.on('SIGTERM', () => {}); console.log('here'); ${STAYS}` },
    { stopMs: 50 },
  );
  await until(() => lines.length === 1);
  await supervisor.stop();
  assert.deepEqual(events, [{ kind: 'killed', name: 'gateway' }]);
});

test('a stop while a child waits for its restart ends at once and starts nothing', async (t) => {
  const { supervisor, events, until } = superviseScripts(
    t,
    { gateway: 'process.exit(0)' },
    { firstRestartMs: 60_000, longestRestartMs: 60_000 },
  );
  await until(() => events.length === 1);
  await supervisor.stop();
  assert.equal(events.length, 1);
});

test('a service ends when its supervisor is killed, and does not hear the Ctrl-C meant for it', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'supervise-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const stopped = join(folder, 'stopped');
  const service = `
    import { writeFileSync } from 'node:fs';
    import { createLog } from '#runtime/log';
    import { runService } from '#runtime/service';
    await runService({ name: 'trial', log: createLog('trial', 'silent'), start: async () => {
      setInterval(() => {}, 1000);
      return { stop: async () => writeFileSync(${JSON.stringify(stopped)}, '') };
    } });
    console.log(process.pid);`;
  const script = `
    import { supervise } from '#runtime/supervise';
    process.on('SIGINT', () => console.log('supervisor heard'));
    supervise([{ name: 'trial', args: ['--input-type=module-typescript', '--eval', ${JSON.stringify(service)}], env: process.env }],
      { onEvent: () => {} });`;
  const supervisor = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => supervisor.kill('SIGKILL'));
  const lines = createInterface({ input: supervisor.stdout })[Symbol.asyncIterator]();
  const pid = Number((await lines.next()).value);
  t.after(() => existsSync(`/proc/${pid}`) && process.kill(pid, 'SIGKILL'));

  process.kill(-(supervisor.pid ?? 0), 'SIGINT');
  assert.equal((await lines.next()).value, 'supervisor heard');
  assert.equal(existsSync(stopped), false);

  supervisor.kill('SIGKILL');
  for (let tries = 0; !existsSync(stopped) || isRunning(pid); tries++) {
    assert.ok(tries < 500, 'the service outlives its supervisor');
    await wait(10);
  }
});

/** A zombie waits only for its new parent to notice. */
function isRunning(pid: number): boolean {
  const file = `/proc/${pid}/status`;
  return existsSync(file) && !/^State:\tZ/m.test(readFileSync(file, 'utf8'));
}
