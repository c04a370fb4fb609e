import { writeFile } from 'node:fs/promises';
import { listAddresses } from '#runtime/addresses';
import type { Logger } from '#runtime/log';
import { openBundleStore } from './bundle-store.ts';
import type { UpdatesConfig } from './config.ts';
import { FETCH_OPTIONS } from './fetch-update.ts';
import { openMemory } from './memory.ts';
import { readPoolIdentity } from './pool-identity.ts';
import { openRauc } from './rauc.ts';
import { readRunning } from './running.ts';
import { serveUpdates } from './serve.ts';
import { openUpdates } from './updates.ts';

/** How often it is looked whether the night has come, or the health gate is done. */
const TICK_MS = 10_000;

/** Makes every part of this process and answers on its socket. */
export async function startUpdates({ config, log }: { config: UpdatesConfig; log: Logger }) {
  const updates = await openUpdates({
    log,
    now: Date.now,
    running: await readRunning(),
    memory: openMemory(config.stateDir),
    store: await openBundleStore(config.storeDir),
    rauc: openRauc(['rauc']),
    raucConfigFile: config.raucConfigFile,
    readSurroundings: () => ({
      pool: readPoolIdentity(config.poolDir) ?? null,
      hasAddress: listAddresses({ host: '::', port: 0 }).some(({ kind }) => kind === 'ip'),
    }),
    restart: () => writeFile(config.restartFile, ''),
    fetchOptions: { ...FETCH_OPTIONS, ca: config.ca },
  });
  const server = await serveUpdates(config.socket, updates, log);
  let ticking = Promise.resolve();
  const timer = setInterval(() => {
    ticking = ticking.then(() => updates.tick());
  }, TICK_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await server.close();
      await ticking;
    },
  };
}
