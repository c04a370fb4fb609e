import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { readEnv } from '#runtime/env';

export interface IngestConfig {
  /** The pool's folder. */
  poolDir: string;
  /** Where the processes of this box have their sockets. */
  runDir: string;
  /** Folders below which external libraries may lie, which are read and never written to. Absent: none. */
  externalDirs?: readonly string[];
  /** Where lines of the log are kept as well. Absent: systemd's journal has them. */
  logDir?: string | undefined;
  gazetteerFile: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Files worked on at the same time. */
  concurrency: number;
  /** Memory that the decoder and what it starts may take together. */
  decoderMemoryBytes: number;
  /** Longest time for one file; a long RAW or HEIC on a slow board takes some 10 s. */
  decoderTimeMs: number;
  /** Nothing is begun while less than this is free on the pool. */
  reservedBytes: number;
}

/** Half of what the gateway keeps free of uploads: previews of the last ones fit, and deleting works after them. */
const RESERVED_BYTES = 1_000_000_000;

export function readIngestConfig(env: NodeJS.ProcessEnv): IngestConfig {
  const values = readEnv(env, {
    poolDir: { name: 'SHOEBOX_DATA', kind: 'path', default: 'data' },
    runDir: { name: 'SHOEBOX_RUN', kind: 'path', default: '/run/shoebox' },
    externalDirs: { name: 'SHOEBOX_EXTERNAL', kind: 'paths', default: '' },
    logDir: { name: 'SHOEBOX_LOG_DIR', kind: 'path', optional: true },
    logLevel: {
      name: 'SHOEBOX_LOG',
      kind: 'text',
      default: 'info',
      oneOf: ['debug', 'info', 'warn', 'error', 'silent'],
    },
    decoderMemoryMb: { name: 'SHOEBOX_DECODER_MB', kind: 'integer', default: 768, min: 128, max: 8192 },
    decoderTimeS: { name: 'SHOEBOX_DECODER_S', kind: 'integer', default: 120, min: 1, max: 3600 },
  });
  return {
    poolDir: values.poolDir,
    runDir: values.runDir,
    logLevel: values.logLevel,
    logDir: values.logDir,
    externalDirs: values.externalDirs,
    gazetteerFile: join(import.meta.dirname, '../../build/gazetteer.db'),
    // One core is left to the gateway.
    concurrency: Math.max(1, Math.min(4, availableParallelism() - 1)),
    decoderMemoryBytes: values.decoderMemoryMb * 1024 ** 2,
    decoderTimeMs: values.decoderTimeS * 1000,
    reservedBytes: RESERVED_BYTES,
  };
}
