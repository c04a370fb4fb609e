import { readConfigOrExit } from '#runtime/env';
import { createLog } from '#runtime/log';
import { runService } from '#runtime/service';
import { readUpdatesConfig } from './config.ts';
import { startUpdates } from './open-updates.ts';

const config = readConfigOrExit(() => readUpdatesConfig(process.env));
const log = createLog('updates', config.logLevel);
await runService({ name: 'updates', log, start: () => startUpdates({ config, log }) });
