import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  type RestartRequest,
  type UpdateFault,
  type UpdateState,
  type UpdateStep,
  type UploadPart,
  updateFault,
} from '#contract/appliance-updates';
import { isoInstant, isoInstantOrNull } from '#contract/primitives';
import { Problem } from '#contract/problems';
import type { Logger } from '#runtime/log';
import type { BundleStore } from './bundle-store.ts';
import { type FetchOptions, fetchBundle, fetchOffer, findAddressFault } from './fetch-update.ts';
import { type Ended, judgeStart } from './judge-start.ts';
import type { Memory, SourceMemory, Surroundings, UpdateRecord } from './memory.ts';
import { nextNight } from './next-night.ts';
import { type Rauc, UpdateRefused } from './rauc.ts';
import type { Running } from './running.ts';
import { compareVersions } from './version.ts';

/** Made by hand in open-updates.ts and in tests. */
export interface UpdatesParts {
  log: Logger;
  /** Unix milliseconds. */
  now: () => number;
  running: Running;
  memory: Memory;
  store: BundleStore;
  rauc: Rauc;
  /** RAUC's settings, which say what this box is. */
  raucConfigFile: string;
  /** What the health gate of the new version has to find again. */
  readSurroundings: () => Surroundings;
  /** Has the box start again. */
  restart: () => Promise<void>;
  fetchOptions: FetchOptions;
}

/** What the gateway asks for on behalf of an administrator. */
export interface Updates {
  read(): Promise<UpdateState & { isTold: boolean }>;
  /** Takes a part of a file; the last one has it checked and installed. Throws Problems. */
  receive(part: UploadPart, source: AsyncIterable<Buffer>): Promise<void>;
  /** Asks the address now. */
  check(): Promise<void>;
  /** Fetches and installs what the last check found. Resolves when it has begun. */
  fetch(): Promise<void>;
  /** `timeZone`: whose night it is. */
  restart(request: RestartRequest): Promise<void>;
  setAddress(address: string | null): Promise<void>;
  /** The administrators were told of this outcome. */
  noteTold(id: string): Promise<void>;
  /** Looks what time and the health gate have brought. */
  tick(): Promise<void>;
  /** Resolves when what was begun is done; for tests. */
  settled(): Promise<void>;
}

/** A day: an update is not worth more questions, and none comes oftener. */
const CHECK_MS = 24 * 60 * 60_000;

/** Steps in which nothing else may begin. `failed` and `receiving` can be begun anew. */
const FREE = ['idle', 'failed', 'receiving'];

/** Judges how the last update went, and takes up what was on its way. */
export async function openUpdates(parts: UpdatesParts): Promise<Updates> {
  const { memory, store, rauc, running, log, now } = parts;
  let step: UpdateStep = { kind: 'idle' };
  let work: Promise<void> = Promise.resolve();

  /** Runs what takes minutes; what goes wrong becomes the step that everybody sees. */
  const begin = (job: () => Promise<void>) => {
    work = job().catch(async (error: unknown) => {
      const fault = faultOf(error);
      if (!fault) {
        // Uncaught on purpose: it is logged with its stack, and the process starts anew.
        setImmediate(() => {
          throw error;
        });
        return;
      }
      log.warn({ code: fault.code, details: fault.details, err: error }, 'update not taken');
      step = { kind: 'failed', fault };
    });
  };

  const requireFree = () => {
    if (!FREE.includes(step.kind)) throw new Problem('updates_busy');
  };

  const install = async (known?: UpdateRecord) => {
    step = { kind: 'checking' };
    try {
      const facts = await rauc.readBundle(store.file);
      const minimum = await memory.read('updates/minimum.v1.json');
      const fault = await findVersionFault(parts, facts, minimum?.version);
      if (fault) throw new UpdateRefused(fault);
      step = { kind: 'installing', version: facts.version, percent: 0 };
      const record: UpdateRecord = known ?? {
        id: randomUUID(),
        from: { version: running.version, slot: running.slot },
        to: { version: facts.version, slot: running.slot === 'A' ? 'B' : 'A' },
        phase: 'installing',
        bootId: running.bootId,
        restartAt: null,
        before: parts.readSurroundings(),
      };
      // Whatever is found there later is about this update.
      await memory.forget('slot-failure.json');
      await memory.write('updates/update.v1.json', record);
      try {
        await rauc.install(store.file, facts, (percent) => {
          step = { kind: 'installing', version: facts.version, percent };
        });
      } catch (error) {
        await memory.forget('updates/update.v1.json');
        throw error;
      }
      await memory.write('updates/update.v1.json', { ...record, phase: 'installed' });
      step = { kind: 'installed', version: facts.version, restartAt: null };
      log.info({ version: facts.version }, 'update installed');
    } finally {
      await store.clear();
    }
  };

  const keepOutcome = async ({ outcome, reason, ...ended }: Ended) => {
    const known = await memory.read('updates/outcome.v1.json');
    if (known?.id !== ended.id) {
      const { id, from, to } = ended;
      const at = isoInstant(now());
      await memory.write('updates/outcome.v1.json', {
        id,
        from,
        to,
        reason,
        kind: outcome,
        at,
        isTold: false,
      });
      log.info({ outcome, from: ended.from, to: ended.to, code: reason?.code }, 'update is over');
    }
    await memory.forget('updates/update.v1.json');
    await store.clear();
    step = { kind: 'idle' };
  };

  /** A file that was complete when the process ended is gone on with. */
  const takeUp = async () => {
    step = { kind: 'idle' };
    const kept = await store.find();
    if (kept && kept.receivedBytes === kept.totalBytes) begin(() => install());
  };

  const judge = async () => {
    const judgement = judgeStart({
      running,
      record: await memory.read('updates/update.v1.json'),
      kept: await memory.read('updates/kept.v1.json'),
      failure: await memory.read('slot-failure.json'),
    });
    if (judgement.kind === 'over') await keepOutcome(judgement);
    else if (judgement.kind === 'trying') step = { kind: 'trying', version: judgement.to };
    else if (judgement.kind === 'settled') await takeUp();
    else {
      const { record } = judgement;
      const { version } = record.to;
      if (judgement.kind === 'installed')
        step = { kind: 'installed', version, restartAt: isoInstantOrNull(record.restartAt) };
      else if ((await store.find()) === undefined)
        await keepOutcome({
          ...{ id: record.id, from: record.from.version, to: version, outcome: 'not_finished' },
          reason: updateFault('install_cut', { version }),
        });
      else begin(() => install(record));
    }
  };

  const restartNow = async (record: UpdateRecord) => {
    // What there was at the installation may have been changed on purpose since.
    await memory.write('updates/update.v1.json', { ...record, before: parts.readSurroundings() });
    step = { kind: 'restarting', version: record.to.version };
    log.info({ version: record.to.version }, 'restarting into the update');
    await parts.restart();
  };

  const ask = async (source: SourceMemory) => {
    let offered: SourceMemory['offered'] = null;
    let fault: UpdateFault | null = null;
    try {
      const offer = await fetchOffer(source.address, parts.fetchOptions);
      if (compareVersions(offer.version, running.version) > 0) offered = offer;
    } catch (error) {
      if (!(error instanceof UpdateRefused)) throw error;
      log.info({ code: error.fault.code, err: error }, 'no answer about updates');
      ({ fault } = error);
    }
    // Unless the address was changed meanwhile.
    if ((await memory.read('updates/source.v1.json'))?.address === source.address)
      await memory.write('updates/source.v1.json', { ...source, checkedAt: now(), offered, fault });
  };

  const updates: Updates = {
    read: async () => {
      const [source, minimum, kept, last] = await Promise.all([
        memory.read('updates/source.v1.json'),
        memory.read('updates/minimum.v1.json'),
        memory.read('updates/kept.v1.json'),
        memory.read('updates/outcome.v1.json'),
      ]);
      const isKept = kept?.version === running.version && kept.slot === running.slot;
      const { isTold = true, ...outcome } = last ?? {};
      const { offered } = source ?? {};
      return {
        installed: { version: running.version, keptAt: isKept ? isoInstant(kept.at) : null },
        minimumVersion: minimum?.version ?? null,
        source: {
          address: source?.address ?? null,
          checkedAt: isoInstantOrNull(source?.checkedAt ?? null),
          offered: offered ? { version: offered.version, bytes: offered.bytes } : null,
          fault: source?.fault ?? null,
        },
        step: await stepNow(step, store),
        last: last ? (outcome as UpdateState['last']) : null,
        isTold,
      };
    },
    receive: async (part, source) => {
      requireFree();
      step = { kind: 'idle' };
      const kept = await store.add(part, source);
      if (kept.receivedBytes === kept.totalBytes && FREE.includes(step.kind)) begin(() => install());
    },
    check: async () => {
      const source = await memory.read('updates/source.v1.json');
      if (source) await ask(source);
    },
    fetch: async () => {
      requireFree();
      const offered = (await memory.read('updates/source.v1.json'))?.offered;
      if (!offered) throw new Problem('update_none');
      const { version, bytes: totalBytes } = offered;
      step = { kind: 'downloading', version, receivedBytes: 0, totalBytes };
      begin(async () => {
        await fetchBundle(
          offered,
          store,
          (receivedBytes) => {
            step = { kind: 'downloading', version, receivedBytes, totalBytes };
          },
          parts.fetchOptions,
        );
        await install();
      });
    },
    restart: async ({ when, timeZone }) => {
      const record = await memory.read('updates/update.v1.json');
      if (step.kind !== 'installed' || !record) throw new Problem('update_not_installed');
      if (when === 'now') return restartNow(record);
      const restartAt = when === 'tonight' ? nextNight(now(), timeZone) : null;
      await memory.write('updates/update.v1.json', { ...record, restartAt });
      step = { ...step, restartAt: isoInstantOrNull(restartAt) };
    },
    setAddress: async (address) => {
      if (!address) return memory.forget('updates/source.v1.json');
      const fault = findAddressFault(address);
      if (fault !== undefined) throw new Problem('update_address', { fault });
      const source = { address, checkedAt: null, offered: null, fault: null };
      await memory.write('updates/source.v1.json', source);
      await ask(source);
    },
    noteTold: async (id) => {
      const outcome = await memory.read('updates/outcome.v1.json');
      if (outcome?.id === id) await memory.write('updates/outcome.v1.json', { ...outcome, isTold: true });
    },
    tick: async () => {
      if (step.kind === 'trying') return judge();
      if (step.kind === 'installed') {
        const record = await memory.read('updates/update.v1.json');
        if (record?.restartAt && now() >= record.restartAt) await restartNow(record);
        return;
      }
      const source = await memory.read('updates/source.v1.json');
      if (source && FREE.includes(step.kind) && Math.abs(now() - (source.checkedAt ?? 0)) >= CHECK_MS)
        await ask(source);
    },
    settled: () => work,
  };
  await judge();
  return updates;
}

/** What was received of a file is known by the file itself. */
async function stepNow(step: UpdateStep, store: BundleStore): Promise<UpdateStep> {
  if (step.kind !== 'idle') return step;
  const kept = await store.find();
  return kept ? { kind: 'receiving', ...kept } : step;
}

/** Why a bundle that is signed is not installed all the same. */
async function findVersionFault(
  { running, raucConfigFile }: UpdatesParts,
  { version, compatible }: { version: string; compatible: string },
  minimum: string | undefined,
): Promise<UpdateFault | undefined> {
  const own = /^compatible=(.+)$/m.exec(await readFile(raucConfigFile, 'utf8'))?.[1]?.trim();
  if (compatible !== own) return updateFault('other_device');
  const order = compareVersions(version, running.version);
  if (order === 0) return updateFault('same_version', { version });
  if (minimum !== undefined && compareVersions(version, minimum) < 0)
    return updateFault('below_minimum', { version, minimum });
  return order < 0 ? updateFault('older_version', { version, installed: running.version }) : undefined;
}

/** What an owner can be told; undefined for a bug. */
function faultOf(error: unknown): UpdateFault | undefined {
  if (error instanceof UpdateRefused) return error.fault;
  if (error instanceof Problem && error.code === 'update_no_room') return updateFault('no_room');
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return updateFault('no_room');
  return ['EIO', 'EROFS', 'ENXIO'].includes(code) ? updateFault('drive_error') : undefined;
}
