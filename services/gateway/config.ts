import { hostname } from 'node:os';
import { join } from 'node:path';
import { readEnv } from '#runtime/env';

export interface GatewayConfig {
  /** The pool's folder. */
  poolDir: string;
  /** Where the processes of this box have their sockets. */
  runDir: string;
  /** Folders below which external libraries may lie, which are read and never written to. Absent: none. */
  externalDirs?: readonly string[];
  /** Where the supervisor has all processes keep their lines. Absent: systemd's journal has them. */
  logDir?: string | undefined;
  /** Where the process that updates the box answers; it runs only on the image. Absent: nowhere. */
  updatesSocket?: string | undefined;
  /** What discovery or avahi answers for on the local network, without `.local`. Absent: nobody does. */
  localName?: string | undefined;
  /** Where provision hears what the owner calls the box; only on the image. Absent: nowhere. */
  choiceFile?: string | undefined;
  host: string;
  port: number;
  /** The folder of the built UI. */
  uiDir: string;
  /** Made with the image; absent, or without a file there, no place is found by its name. */
  gazetteerFile?: string | undefined;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Uploads stop when less than this is free on the pool; the catalog and deleting need it. */
  reservedBytes: number;
}

/** The last 2 GB of the pool are kept for the catalog and for deleting. */
const RESERVED_BYTES = 2_000_000_000;

export function readGatewayConfig(env: NodeJS.ProcessEnv): GatewayConfig {
  const values = readEnv(env, {
    poolDir: { name: 'SHOEBOX_DATA', kind: 'path', default: 'data' },
    runDir: { name: 'SHOEBOX_RUN', kind: 'path', default: '/run/shoebox' },
    logDir: { name: 'SHOEBOX_LOG_DIR', kind: 'path', optional: true },
    updatesSocket: {
      name: 'SHOEBOX_UPDATES_SOCKET',
      kind: 'path',
      default: '/run/shoebox-updates/updates.sock',
    },
    localName: { name: 'SHOEBOX_NAME', kind: 'text', optional: true },
    choiceFile: { name: 'SHOEBOX_CHOICE', kind: 'path', optional: true },
    host: { name: 'SHOEBOX_HOST', kind: 'text', default: '::' },
    port: { name: 'SHOEBOX_PORT', kind: 'integer', default: 2283, min: 0, max: 65_535 },
    uiDir: { name: 'SHOEBOX_UI', kind: 'path', default: join(import.meta.dirname, '../../build/ui') },
    externalDirs: { name: 'SHOEBOX_EXTERNAL', kind: 'paths', default: '' },
    logLevel: {
      name: 'SHOEBOX_LOG',
      kind: 'text',
      default: 'info',
      oneOf: ['debug', 'info', 'warn', 'error', 'silent'],
    },
  });
  return {
    ...values,
    // Where provision names the system, avahi answers for that name.
    localName: values.localName ?? (values.choiceFile === undefined ? undefined : hostname()),
    gazetteerFile: join(import.meta.dirname, '../../build/gazetteer.db'),
    reservedBytes: RESERVED_BYTES,
  };
}
