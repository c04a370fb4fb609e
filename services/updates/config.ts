import { readFileSync } from 'node:fs';
import { readEnv } from '#runtime/env';

export interface UpdatesConfig {
  /** The state partition. */
  stateDir: string;
  /** Where the pool is mounted. */
  poolDir: string;
  /** Where an update is kept while it comes in, on the pool: the card has no room for it. */
  storeDir: string;
  /** Where the gateway asks. */
  socket: string;
  /** A file that has the box start again when it appears. */
  restartFile: string;
  raucConfigFile: string;
  /** Certificates that the address for updates may have instead of the system's, PEM. */
  ca?: string | undefined;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Only what the unit says has no default: started by hand on another machine, this must not write there. */
export function readUpdatesConfig(env: NodeJS.ProcessEnv): UpdatesConfig {
  const { caFile, ...values } = readEnv(env, {
    stateDir: { name: 'SHOEBOX_STATE', kind: 'path' },
    poolDir: { name: 'SHOEBOX_DATA', kind: 'path' },
    storeDir: { name: 'SHOEBOX_UPDATES_STORE', kind: 'path' },
    socket: { name: 'SHOEBOX_UPDATES_SOCKET', kind: 'path' },
    restartFile: { name: 'SHOEBOX_RESTART', kind: 'path' },
    raucConfigFile: { name: 'SHOEBOX_RAUC_CONFIG', kind: 'path', default: '/etc/rauc/system.conf' },
    caFile: { name: 'SHOEBOX_UPDATES_CA', kind: 'path', optional: true },
    logLevel: {
      name: 'SHOEBOX_LOG',
      kind: 'text',
      default: 'info',
      oneOf: ['debug', 'info', 'warn', 'error', 'silent'],
    },
  });
  return { ...values, ca: caFile === undefined ? undefined : readFileSync(caFile, 'utf8') };
}
