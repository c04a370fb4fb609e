import { readEnv } from '#runtime/env';

export interface DiscoveryConfig {
  /** The host name to answer for, without `.local`. */
  name: string;
  /** The gateway's. */
  port: number;
  /** Where the other processes listen. Absent: nobody changes the name. */
  runDir?: string | undefined;
  /** Where lines of the log are kept as well. Absent: systemd's journal has them. */
  logDir?: string | undefined;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

export function readDiscoveryConfig(env: NodeJS.ProcessEnv): DiscoveryConfig {
  return readEnv(env, {
    name: { name: 'SHOEBOX_NAME', kind: 'text', default: 'shoebox' },
    port: { name: 'SHOEBOX_PORT', kind: 'integer', default: 2283, min: 1, max: 65_535 },
    runDir: { name: 'SHOEBOX_RUN', kind: 'path', optional: true },
    logDir: { name: 'SHOEBOX_LOG_DIR', kind: 'path', optional: true },
    logLevel: {
      name: 'SHOEBOX_LOG',
      kind: 'text',
      default: 'info',
      oneOf: ['debug', 'info', 'warn', 'error', 'silent'],
    },
  });
}
