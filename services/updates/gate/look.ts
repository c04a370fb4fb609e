import { get } from 'node:http';
import { updateFault } from '#contract/appliance-updates';
import { runCommand } from '#runtime/command';
import type { Surroundings } from '../memory.ts';
import type { PoolIdentity } from '../pool-identity.ts';
import type { Trouble } from './hold.ts';

/** What the gate looks at; on the box in gate/main.ts. */
export interface LookParts {
  /** The state partition is mounted. */
  isStateMounted: () => boolean;
  /** What systemd says of our units (`systemctl show`, see UNIT_PROPERTIES). */
  showUnits: () => Promise<string>;
  /** Undefined: no pool is mounted. */
  readPool: () => PoolIdentity | undefined;
  /** A drive that says it belongs to the pool is there, mounted or not. */
  isPoolThere: () => boolean;
  /** Addresses of the gateway in the owner's network, and on the box itself where there is none. */
  listUrls: () => { lan: string[]; own: string };
  /** What there was before an update to this version; undefined when this start is none. */
  before: Surroundings | undefined;
}

const UNIT_PROPERTIES = 'Id,Type,UnitFileState,ConditionResult,ActiveState,Result';

/** All units of ours, as `readUnits` takes them. */
export async function showUnits(): Promise<string> {
  return (
    await runCommand('systemctl', ['show', `--property=${UNIT_PROPERTIES}`, 'shoebox-*.service'])
  ).toString();
}

/** An answer that takes longer is none: a phone would have given up. */
const ANSWER_MS = 10_000;

/** Reads a row of the catalog, so that it has to be there and open. */
const PATH = '/api/server/config';

/** What is wrong with the box, the first thing that is; undefined: nothing. */
export async function look(parts: LookParts): Promise<Trouble | undefined> {
  if (!parts.isStateMounted())
    return {
      reason: 'the partition of the settings is not mounted',
      fault: updateFault('settings_missing'),
    };
  const pool = parts.readPool();
  if (!pool && parts.isPoolThere())
    return { reason: 'the drives are there and cannot be opened', fault: updateFault('pool_missing') };
  const drives = judgePool(parts.before?.pool ?? undefined, pool);
  if (drives) return drives;
  const units = readUnits(await parts.showUnits());
  const down = units.find(({ isWell }) => !isWell);
  if (down)
    return {
      reason: `${down.id} is ${down.state}`,
      fault: updateFault('service_down', { unit: down.id.replace(/^shoebox-|\.service$/g, '') }),
    };
  const { lan, own } = parts.listUrls();
  if (lan.length === 0 && parts.before?.hasAddress)
    return { reason: 'no address in the network', fault: updateFault('no_address') };
  // Without a drive the box waits for one, and nothing answers.
  for (const url of pool ? (lan.length > 0 ? lan : [own]) : []) {
    const status = await askStatus(`${url}${PATH}`);
    if (status === undefined)
      return { reason: 'the gateway does not answer', fault: updateFault('page_silent') };
    if (status !== 200)
      return { reason: `the gateway answers ${status}`, fault: updateFault('page_failed', { status }) };
  }
  return undefined;
}

/** The pool has to be the one that was there, with all of its drives; more of them are welcome. */
export function judgePool(before: PoolIdentity | undefined, now: PoolIdentity | undefined) {
  if (!before) return undefined;
  const found = before.drives.filter((drive) => now?.drives.includes(drive)).length;
  const expected = before.drives.length;
  if (found === expected) return undefined;
  if (found === 0) return { reason: 'the drives are not there', fault: updateFault('pool_missing') };
  return {
    reason: `${found} of ${expected} drives are there`,
    fault: updateFault('drives_missing', { found, expected }),
  };
}

/** One unit as `systemctl show` writes it. */
export interface UnitFacts {
  id: string;
  /** It runs or has done its work, or is not meant to: switched off, or what it needs (a drive) is not there. */
  isWell: boolean;
  /** As systemd calls it: `active`, `failed` … */
  state: string;
}

/** Blocks of `name=value`, with an empty line between them. */
export function readUnits(output: string): UnitFacts[] {
  return output
    .split(/\n\s*\n/)
    .map((block) => new Map(block.split('\n').map((line) => line.split('=', 2) as [string, string])))
    .filter((unit) => unit.has('Id'))
    .map((unit) => {
      const state = unit.get('ActiveState') ?? 'unknown';
      const isMeant =
        (unit.get('UnitFileState') ?? '').startsWith('enabled') && unit.get('ConditionResult') === 'yes';
      const isDone =
        unit.get('Type') === 'oneshot' && state === 'inactive' && unit.get('Result') === 'success';
      return { id: unit.get('Id')!, isWell: !isMeant || isDone || state === 'active', state };
    });
}

/** The status of an answer; undefined: none came. */
function askStatus(url: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = get(url, { agent: false, timeout: ANSWER_MS }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('timeout', () => request.destroy());
    // Why nothing came does not matter here: the gateway's own log says it.
    request.on('error', () => resolve(undefined));
    request.on('close', () => resolve(undefined));
  });
}
