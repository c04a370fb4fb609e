import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { createLog } from '#runtime/log';
import { type BundleMaker, openBundleMaker } from '#test/fixtures/update-bundles';
import { openBundleStore } from '../../services/updates/bundle-store.ts';
import { type Memory, openMemory } from '../../services/updates/memory.ts';
import { openRauc } from '../../services/updates/rauc.ts';
import { serveUpdates } from '../../services/updates/serve.ts';
import { openUpdates, type Updates } from '../../services/updates/updates.ts';

/** The process `updates` of a flashed box, with the real RAUC for looking and recorded output for writing. */
export interface UpdatesBox {
  socket: string;
  bundles: BundleMaker;
  memory: Memory;
  /** The process that runs now. */
  updates(): Updates;
  /** How often it asked for a restart. */
  restarts(): number;
  /** The box starts anew with this system. */
  startAs(running: { version: string; slot: 'A' | 'B' }): Promise<void>;
}

/** Starts it as version 0.1.0 in slot A. Ended with the test. `ca`: who vouches for the address of updates. */
export async function startUpdates(t: TestContext, { ca }: { ca?: string } = {}): Promise<UpdatesBox> {
  const folder = mkdtempSync(join(tmpdir(), 'updates-'));
  const bundles = await openBundleMaker(t);
  const memory = openMemory(join(folder, 'state'));
  const player = bundles.playBack();
  const socket = join(folder, 'run', 'updates.sock');
  let restarts = 0;
  let boots = 0;
  let updates: Updates | undefined;
  let server: { close: () => Promise<void> } | undefined;
  const startAs: UpdatesBox['startAs'] = async (running) => {
    await server?.close();
    updates = await openUpdates({
      log: createLog('updates', 'silent'),
      now: Date.now,
      running: { ...running, bootId: `boot ${++boots}` },
      memory,
      store: await openBundleStore(join(folder, 'store'), { reservedBytes: 0 }),
      rauc: openRauc(player.rauc),
      raucConfigFile: bundles.configFile,
      readSurroundings: () => ({ pool: null, hasAddress: true }),
      restart: async () => {
        restarts++;
      },
      fetchOptions: { ca, silenceMs: 2_000, pausesMs: [10, 10, 10] },
    });
    server = await serveUpdates(socket, updates, createLog('updates', 'silent'));
  };
  t.after(async () => {
    await server?.close();
    await updates?.settled();
    rmSync(folder, { recursive: true });
  });
  await startAs({ version: '0.1.0', slot: 'A' });
  return { socket, bundles, memory, updates: () => updates!, restarts: () => restarts, startAs };
}
