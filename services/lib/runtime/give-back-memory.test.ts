import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCommand } from './command.ts';

const GIVE_BACK = join(import.meta.dirname, 'give-back-memory.ts');
const COLLECT = join(import.meta.dirname, 'collect-buffers.ts');

/** What a program of its own prints, run as services are. */
async function runScript(source: string): Promise<Record<string, number>> {
  const flags = ['--single-threaded-gc', '--expose-gc', '--input-type=module', '--eval', source];
  const printed = await runCommand(process.execPath, flags, { timeoutMs: 30_000 });
  return JSON.parse(printed.toString());
}

test('a thread that was busy gives its heap back once it is idle', async () => {
  const heap = await runScript(`
    import { getHeapStatistics } from 'node:v8';
    import { setTimeout as sleep } from 'node:timers/promises';
    import { giveBackMemoryWhenIdle } from ${JSON.stringify(GIVE_BACK)};
    giveBackMemoryWhenIdle(200);
    const total = () => getHeapStatistics().total_heap_size;
    const fill = () => Array.from({ length: 400_000 }, (_, at) => ({ at, name: 'photo ' + at })).length;
    const becomeSmall = async (full) => {
      for (let round = 0; round < 100 && total() > full / 2; round++) await sleep(100);
      return total();
    };
    fill();
    const full = total();
    const idle = await becomeSmall(full);
    fill();
    const fullAgain = total();
    console.log(JSON.stringify({ full, idle, fullAgain, idleAgain: await becomeSmall(fullAgain) }));
  `);
  assert.ok(heap['full']! > 20_000_000 && heap['fullAgain']! > 20_000_000, JSON.stringify(heap));
  assert.ok(heap['idle']! < heap['full']! / 2, JSON.stringify(heap));
  assert.ok(heap['idleAgain']! < heap['fullAgain']! / 2, JSON.stringify(heap));
});

test('buffers that passed are collected without collecting everything', async () => {
  const collections = await runScript(`
    import { PerformanceObserver, constants } from 'node:perf_hooks';
    import { collectPassingBuffers } from ${JSON.stringify(COLLECT)};
    let [minor, major] = [0, 0];
    new PerformanceObserver((list) => {
      for (const { detail } of list.getEntries())
        if (detail.kind === constants.NODE_PERFORMANCE_GC_MINOR) minor++;
        else major++;
    }).observe({ entryTypes: ['gc'] });
    for (let megabytes = 0; megabytes < 80; megabytes++) {
      for (let piece = 0; piece < 16; piece++) Buffer.alloc(65_536);
      collectPassingBuffers(1024 ** 2);
      await new Promise(setImmediate);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    console.log(JSON.stringify({ minor, major }));
  `);
  assert.deepEqual(collections, { minor: 10, major: 0 });
});
