import { readConfigOrExit } from '#runtime/env';
import { createLog } from '#runtime/log';
import { runService } from '#runtime/service';
import { readGatewayConfig } from './config.ts';
import { openGateway } from './open-gateway.ts';

const config = readConfigOrExit(() => readGatewayConfig(process.env));
const log = createLog('gateway', config.logLevel, undefined, config.logDir);
await runService({ name: 'gateway', log, start: () => openGateway({ config, log }) });
