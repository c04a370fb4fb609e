import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';

/** Collects lines of a stream; `until` resolves with the first one that matches, past or future, and rejects at its end. */
function watchLines(child: ChildProcess) {
  const lines: string[] = [];
  const changes = new EventEmitter();
  let ended = false;
  const reader = createInterface({ input: child.stdout! });
  reader.on('line', (line) => {
    lines.push(line);
    changes.emit('change');
  });
  reader.on('close', () => {
    ended = true;
    changes.emit('change');
  });
  const until = async (pattern: RegExp) => {
    while (!lines.some((line) => pattern.test(line))) {
      assert.ok(!ended, `ended without ${pattern}: ${lines.join('\n')}`);
      await once(changes, 'change');
    }
  };
  return { lines, until };
}

/** Runs a service whose `start`, `healthy` and the rest are written out in `fields`, as its own process. */
function startService(t: TestContext, fields: string, env: NodeJS.ProcessEnv = {}, ipc = false) {
  const script = `
    import { createLog } from '#runtime/log';
    import { runService } from '#runtime/service';
    await runService({ name: 'trial', log: createLog('trial'), ${fields} });
    console.log('resolved');`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    env: { ...process.env, NOTIFY_SOCKET: '', ...env },
    stdio: ['ignore', 'pipe', 'inherit', ...(ipc ? (['ipc'] as const) : [])],
  });
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  t.after(() => child.kill('SIGKILL'));
  return { child, exited, ...watchLines(child) };
}

/**
 * What systemd would hear: a datagram socket, and every assignment sent to it as a line. Node has no unix
 * datagram sockets; Perl has, and comes with exiftool.
 */
async function openNotifySocket(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'notify-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const socketPath = join(folder, 'notify');
  const script = `
    use Socket; $| = 1;
    socket(my $socket, AF_UNIX, SOCK_DGRAM, 0) || die $!;
    bind($socket, pack_sockaddr_un($ARGV[0])) || die $!;
    print "listening\\n";
    while (defined recv($socket, my $message, 4096, 0)) { print map { "$_\\n" } split /\\n/, $message }`;
  const child = spawn('perl', ['-e', script, socketPath], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const heard = watchLines(child);
  await heard.until(/^listening$/);
  return { socketPath, ...heard };
}

const quick = `start: async () => {
  const timer = setInterval(() => {}, 1000);
  return { stop: async () => { clearInterval(timer); console.log('closed'); } };
}`;

test('systemd hears READY with the process id, WATCHDOG while healthy, and STOPPING', async (t) => {
  const systemd = await openNotifySocket(t);
  const service = startService(t, quick, { NOTIFY_SOCKET: systemd.socketPath, WATCHDOG_USEC: '200000' });
  await systemd.until(/^READY=1$/);
  await systemd.until(new RegExp(`^MAINPID=${service.child.pid}$`));
  await systemd.until(/^WATCHDOG=1$/);
  service.child.kill('SIGTERM');
  await systemd.until(/^STOPPING=1$/);
  assert.deepEqual(await service.exited, [0, null]);
  assert.ok(service.lines.includes('closed'));
});

test('the watchdog is left unanswered by a service that is not healthy', async (t) => {
  const systemd = await openNotifySocket(t);
  const service = startService(t, `${quick}, healthy: () => false`, {
    NOTIFY_SOCKET: systemd.socketPath,
    WATCHDOG_USEC: '100000',
  });
  await service.until(/watchdog left unanswered/);
  service.child.kill('SIGTERM');
  await service.exited;
  assert.equal(systemd.lines.includes('WATCHDOG=1'), false);
});

test('without systemd it starts, stops on SIGINT and says nothing to anybody', async (t) => {
  const service = startService(t, quick, { WATCHDOG_USEC: '100000' });
  await service.until(/^resolved$/);
  service.child.kill('SIGINT');
  assert.deepEqual(await service.exited, [0, null]);
  assert.ok(service.lines.includes('closed'));
  assert.equal(service.lines.join('').includes('systemd'), false);
});

test('a service whose supervisor was killed stops by itself', async (t) => {
  const service = startService(t, quick, {}, true);
  await service.until(/^resolved$/);
  service.child.disconnect();
  assert.deepEqual(await service.exited, [0, null]);
  assert.ok(service.lines.includes('closed'));
});

test('a start that fails is logged once with its stack and exits with 1', async (t) => {
  const service = startService(t, `start: async () => { throw new Error('no drive'); }`);
  assert.deepEqual(await service.exited, [1, null]);
  const logged = service.lines.filter((line) => line.includes('no drive'));
  assert.equal(logged.length, 1);
  assert.match(logged[0] ?? '', /"level":"fatal".*"stack":/);
  assert.equal(service.lines.includes('resolved'), false);
});

test('an error that nobody caught, also in a promise, is logged once with its stack and exits with 1', async (t) => {
  for (const fault of [
    `setTimeout(() => { throw new Error('bug') }, 10)`,
    `setTimeout(() => Promise.reject(new Error('bug')), 10)`,
  ]) {
    const service = startService(
      t,
      `start: async () => { ${fault}; setInterval(() => {}, 1000); return { stop: async () => {} }; }`,
    );
    assert.deepEqual(await service.exited, [1, null]);
    const logged = service.lines.filter((line) => line.includes('"bug"'));
    assert.equal(logged.length, 1);
    assert.match(logged[0] ?? '', /"stack":/);
  }
});

test('a stop signal during the start lets the start finish and then stops', async (t) => {
  const service = startService(
    t,
    `start: async () => {
      console.log('starting');
      setInterval(() => {}, 1000);
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { stop: async () => { console.log('closed'); } };
    }`,
  );
  await service.until(/^starting$/);
  service.child.kill('SIGTERM');
  assert.deepEqual(await service.exited, [0, null]);
  assert.ok(service.lines.includes('closed'));
});

test('a second signal ends a stop that hangs', async (t) => {
  const service = startService(
    t,
    `start: async () => {
      setInterval(() => {}, 1000);
      return { stop: () => { console.log('hanging'); return new Promise(() => {}); } };
    }`,
  );
  await service.until(/^resolved$/);
  service.child.kill('SIGTERM');
  await service.until(/^hanging$/);
  service.child.kill('SIGTERM');
  assert.deepEqual(await service.exited, [1, null]);
});
