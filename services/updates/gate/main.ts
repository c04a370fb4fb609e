import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { listAddresses } from '#runtime/addresses';
import { runCommand } from '#runtime/command';
import { readConfigOrExit, readEnv } from '#runtime/env';
import { createLog } from '#runtime/log';
import { openMemory } from '../memory.ts';
import { isMounted, readPoolIdentity } from '../pool-identity.ts';
import { openRauc } from '../rauc.ts';
import { readRunning } from '../running.ts';
import { decide } from './decide.ts';
import { waitUntilWell } from './hold.ts';
import { look, showUnits } from './look.ts';

/** Runs at every start of the box (slot-good.service), until it knows whether the slot that started is kept. */

const config = readConfigOrExit(() =>
  readEnv(process.env, {
    stateDir: { name: 'SHOEBOX_STATE', kind: 'path' },
    poolDir: { name: 'SHOEBOX_DATA', kind: 'path' },
    port: { name: 'SHOEBOX_PORT', kind: 'integer', default: 2283, min: 1, max: 65_535 },
    steadySeconds: { name: 'STEADY_SECONDS', kind: 'integer', default: 180, min: 1 },
    limitSeconds: { name: 'LIMIT_SECONDS', kind: 'integer', default: 600, min: 1 },
  }),
);
const log = createLog('gate');
const running = await readRunning();
const memory = openMemory(config.stateDir);
const record = await memory.read('updates/update.v1.json');
const kept = await memory.read('updates/kept.v1.json');
const isUpdate = record?.to.version === running.version && record.to.slot === running.slot;
const wasKept = kept?.version === running.version && kept.slot === running.slot;
/** Installed by hand, there is no record; a system that was kept before may have other drives than it had. */
const before = isUpdate
  ? record.before
  : wasKept
    ? undefined
    : { pool: kept?.pool ?? null, hasAddress: false };
const own = `http://127.0.0.1:${config.port}`;
const trouble = await waitUntilWell({
  look: () =>
    look({
      isStateMounted: () => isMounted(config.stateDir),
      showUnits,
      readPool: () => readPoolIdentity(config.poolDir),
      listUrls: () => ({
        lan: listAddresses({ host: '::', port: config.port })
          .filter(({ kind }) => kind === 'ip')
          .map(({ url }) => url),
        own,
      }),
      isPoolThere: () => existsSync('/dev/disk/by-label/shoebox-pool'),
      before,
    }),
  now: () => performance.now(),
  sleep: (ms) => sleep(ms),
  steadyMs: config.steadySeconds * 1000,
  limitMs: config.limitSeconds * 1000,
});
await decide(
  {
    ...{ running, memory, log },
    rauc: openRauc(['rauc']),
    pool: readPoolIdentity(config.poolDir) ?? null,
    now: Date.now,
    restart: async () => {
      await runCommand('systemctl', ['--no-block', 'reboot']);
    },
  },
  trouble,
);
