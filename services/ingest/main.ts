import { readConfigOrExit } from '#runtime/env';
import { createLog } from '#runtime/log';
import { runService } from '#runtime/service';
import { readIngestConfig } from './config.ts';
import { openIngest } from './ingest.ts';

const config = readConfigOrExit(() => readIngestConfig(process.env));
const log = createLog('ingest', config.logLevel, undefined, config.logDir);
await runService({ name: 'ingest', log, start: () => openIngest({ config, log, now: Date.now }) });
