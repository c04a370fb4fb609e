import { readEnv } from '#runtime/env';

export interface ProvisionConfig {
  /** Where a preseed file may lie. */
  preseedDir: string;
  stateDir: string;
  etcDir: string;
  zoneDir: string;
  /** Where the gateway says what its owner calls the box. Absent: nowhere. */
  choiceFile?: string | undefined;
}

/** Nothing but the zones has a default: started by hand on another machine, this must not write to its /etc. */
export function readProvisionConfig(env: NodeJS.ProcessEnv): ProvisionConfig {
  return readEnv(env, {
    preseedDir: { name: 'SHOEBOX_PRESEED_DIR', kind: 'path' },
    stateDir: { name: 'SHOEBOX_STATE', kind: 'path' },
    etcDir: { name: 'SHOEBOX_ETC', kind: 'path' },
    zoneDir: { name: 'SHOEBOX_ZONES', kind: 'path', default: '/usr/share/zoneinfo' },
    choiceFile: { name: 'SHOEBOX_CHOICE', kind: 'path', optional: true },
  });
}
