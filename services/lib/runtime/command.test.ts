import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { CommandError, runCommand } from './command.ts';

/** The CommandError that `run` is expected to end in. */
async function failureOf(run: Promise<Buffer>): Promise<CommandError> {
  const error = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof CommandError, `no CommandError but ${error}`);
  return error;
}

function isRunning(pid: number): boolean {
  const file = `/proc/${pid}/status`;
  return existsSync(file) && !/^State:\tZ/m.test(readFileSync(file, 'utf8'));
}

test('a command reads its input and its output comes back byte for byte, with no shell between', async () => {
  const input = Buffer.from([0, 255, 10, 36, 40, 41]);
  assert.deepEqual(await runCommand('cat', [], { input }), input);
  assert.equal((await runCommand('printf', ['%s', '$(id) "a b" *'])).toString(), '$(id) "a b" *');
});

test('what a command writes can be heard while it runs', async () => {
  const heard: string[] = [];
  const script = 'echo one; while [ ! -e "$0" ]; do sleep 0.01; done; echo two';
  const folder = mkdtempSync(join(tmpdir(), 'command-'));
  try {
    const onOutput = (chunk: Buffer) => {
      heard.push(chunk.toString());
      // The command goes on only because its first word was heard.
      if (heard.length === 1) writeFileSync(join(folder, 'go'), '');
    };
    await runCommand('sh', ['-c', script, join(folder, 'go')], { onOutput });
  } finally {
    rmSync(folder, { recursive: true });
  }
  assert.deepEqual(heard, ['one\n', 'two\n']);
});

test('a command that fails says so with its exact line, its code and its last words', async () => {
  const error = await failureOf(runCommand('sh', ['-c', 'echo first >&2; echo last words >&2; exit 3']));
  assert.equal(error.reason, 'failed');
  assert.equal(error.exitCode, 3);
  assert.match(error.line, /^sh -c echo first/);
  assert.match(error.message, /last words$/);
});

test('a command that is not installed is told apart from one that fails', async () => {
  assert.equal((await failureOf(runCommand('no-such-program', []))).reason, 'missing');
});

test('a command that takes too long is killed with everything it started', async () => {
  const error = await failureOf(runCommand('sh', ['-c', 'sleep 60 & echo $! >&2; wait'], { timeoutMs: 200 }));
  assert.equal(error.reason, 'limit');
  const sleeper = Number(error.stderr.trim());
  // A zombie waits only for its new parent to notice.
  for (let tries = 0; isRunning(sleeper); tries++) {
    assert.ok(tries < 100, 'still running');
    await wait(10);
  }
});

test('a command that ended well in its time is not called late for what it left behind', async () => {
  const output = await runCommand('sh', ['-c', 'sleep 60 & echo done'], { timeoutMs: 300 });
  assert.equal(output.toString(), 'done\n');
});

test('a command that prints more than it may is killed', async () => {
  const error = await failureOf(runCommand('yes', [], { outputBytes: 1024 }));
  assert.equal(error.reason, 'limit');
});

test('a command cannot take more memory or write a larger file than it may', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'command-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'large');
  const memory = runCommand('perl', ['-e', 'my $x = "a" x 500_000_000; print 1'], {
    memoryBytes: 200 * 1024 ** 2,
  });
  await failureOf(memory);
  await failureOf(
    runCommand('dd', ['if=/dev/zero', `of=${file}`, 'bs=1M', 'count=4'], { fileBytes: 1024 ** 2 }),
  );
  assert.ok(statSync(file).size <= 1024 ** 2);
});

test('a command that is called off is killed', async () => {
  const controller = new AbortController();
  const run = runCommand('sleep', ['60'], { signal: controller.signal });
  controller.abort();
  assert.equal((await failureOf(run)).reason, 'limit');
});
