import { readConfigOrExit } from '#runtime/env';
import { createLog } from '#runtime/log';
import { runService } from '#runtime/service';
import { readDiscoveryConfig } from './config.ts';
import { openDiscovery } from './discovery.ts';

const config = readConfigOrExit(() => readDiscoveryConfig(process.env));
const log = createLog('discovery', config.logLevel, undefined, config.logDir);
await runService({ name: 'discovery', log, start: () => openDiscovery({ ...config, log }) });
