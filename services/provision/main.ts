import { readConfigOrExit } from '#runtime/env';
import { createLog } from '#runtime/log';
import { readProvisionConfig } from './config.ts';
import { provision } from './provision.ts';

/** Runs at every start of the box, before its network, and when a stick named CONFIG is put in; then it ends. */

const config = readConfigOrExit(() => readProvisionConfig(process.env));
await provision({ ...config, log: createLog('provision') });
