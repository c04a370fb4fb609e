import { existsSync } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { arrivalStacks } from '#catalog/arrival-stacks';
import { editChanges, editQueries } from '#catalog/edits';
import { faceQueries } from '#catalog/faces';
import { findingChanges, findingQueries } from '#catalog/findings';
import { holdPool } from '#catalog/hold-pool';
import { type ClaimedJob, type JobKind, jobChanges, jobQueries } from '#catalog/jobs';
import { libraryScans } from '#catalog/library-scans';
import { memoryDays } from '#catalog/memory-days';
import { notificationChanges } from '#catalog/notifications';
import { openCatalog } from '#catalog/open';
import { renditionChanges } from '#catalog/renditions';
import { settingQueries } from '#catalog/settings';
import { tagChanges } from '#catalog/tags';
import { trashChanges } from '#catalog/trash';
import type { GatewayNews, IngestNews } from '#contract/ingest-news';
import { storageProblem } from '#contract/storage-problem';
import { readSystemConfig } from '#contract/system-config-values';
import { type JobStore, openWorker } from '#jobs/worker';
import { openGazetteer } from '#media/places';
import type { Logger } from '#runtime/log';
import { connectPeer, listenPeer } from '#runtime/peer';
import { findExternalFile, isReallyThere } from '#storage/external';
import { incomingPath } from '#storage/incoming';
import { poolLayout } from '#storage/layout';
import { hasRoom } from '#storage/pool-space';
import type { IngestConfig } from './config.ts';
import { cropFaces } from './crop-faces.ts';
import { openDecoder } from './decoder-pool.ts';
import { editAsset } from './edit-asset.ts';
import { openHousekeeping } from './housekeeping.ts';
import { openLibraryScans } from './library-scans.ts';
import { makePortrait } from './make-portrait.ts';
import { makeRendition, type RenditionParts } from './make-rendition.ts';
import type { IngestParts } from './parts.ts';
import { patientStore } from './patient-store.ts';
import { readAsset } from './read-asset.ts';
import { rememberDays } from './remember-days.ts';
import { removeFiles } from './remove-files.ts';
import { openRenditions } from './renditions.ts';
import { showAsset } from './show-asset.ts';
import { ORIGINAL_MISSING, verifyOriginals } from './verify-originals.ts';
import { warnOfJob, warnOfOriginal } from './warn-admins.ts';

/** The decoder is ended after so long without work; starting it again costs some 200 ms. */
const DECODER_IDLE_MS = 15_000;
/** Photos after which the decoder is replaced, so that fragmented memory is given back. */
const DECODER_RECYCLE = 2_000;
/** How often files to remove and originals to re-read are looked for when nobody says so. */
const CHORE_MS = 60_000;
/** A file that is being placed has its place after this time, unless the gateway was just killed. */
const ARRIVING_MS = 500;
/** Placing takes one flush of a folder: some milliseconds. */
const LOOK_AGAIN_MS = 10;
/** When a file is looked for again that did not get its place in time: the gateway takes a second to start. */
const ARRIVING_LATER_MS = 2_000;
/** When an edited picture is tried again whose original lies on a drive that is not there. */
const OFFLINE_MS = 10 * 60_000;
/** Work in hand is finished within this time at a stop, or left to its lease. */
const STOP_MS = 7_000;

/** Opens everything and works until stopped. */
export async function openIngest({
  config,
  log,
  now,
}: {
  config: IngestConfig;
  log: Logger;
  now: () => number;
}): Promise<{ stop(): Promise<void>; idle(): Promise<void> }> {
  const layout = poolLayout(config.poolDir);
  await mkdir(layout.scratchDir, { recursive: true, mode: 0o700 });
  const release = holdPool(layout.poolDir, 'ingest');
  const db = openCatalog(layout.catalogFile, { durability: 'remakeable', cacheBytes: 4 * 1024 ** 2 });
  const jobs = { ...jobQueries(db), ...jobChanges(db) };
  const settings = settingQueries(db);
  const news = connectPeer<IngestNews>(join(config.runDir, 'gateway.sock'));
  const decoder = openDecoder({
    concurrency: config.concurrency,
    memoryBytes: config.decoderMemoryBytes,
    timeLimitMs: config.decoderTimeMs,
    idleMs: DECODER_IDLE_MS,
    recycleAfter: DECODER_RECYCLE,
    tempDir: join(layout.scratchDir, 'decoder'),
    log,
  });
  if (!existsSync(config.gazetteerFile)) log.warn('no gazetteer: places stay without names');
  const gazetteer = existsSync(config.gazetteerFile) ? openGazetteer(config.gazetteerFile) : undefined;
  const worker = `ingest-${process.pid}`;
  const parts: IngestParts = {
    worker,
    layout,
    findings: { ...findingQueries(db), ...findingChanges(db) },
    jobs,
    tags: tagChanges(db),
    stacks: arrivalStacks(db),
    memories: memoryDays(db),
    faces: faceQueries(db),
    notifications: notificationChanges(db),
    edits: { ...editQueries(db), ...editChanges(db) },
    renditions: renditionChanges(db),
    transact: (work) => db.transaction(work).immediate(),
    decoder,
    gazetteer: gazetteer && {
      ...gazetteer,
      findPlace: (latitude, longitude) =>
        readSystemConfig(settings.find('systemConfig')).reverseGeocoding.enabled
          ? gazetteer.findPlace(latitude, longitude)
          : undefined,
    },
    log,
    now,
    tell: (message) => news.send(message),
  };
  const storeOf = (worker: string): JobStore => ({
    claim: (kind, at, leaseMs) => jobs.claim({ kind, worker, now: at, leaseMs }),
    renew: (id, until) => jobs.renew({ id, worker, until }),
    fail: (id, error, dueAt) => jobs.fail({ id, worker, error, dueAt }),
    release: () => jobs.release(worker),
    nextDue: (kinds) => {
      const due = kinds.map((kind) => jobs.nextDue(kind)).filter((at) => at !== null);
      return due.length === 0 ? null : Math.min(...due);
    },
    isPaused: (kind) => jobs.isPaused(kind),
  });
  const hasRoomFor = (bytes: number) => hasRoom(layout.poolDir, config.reservedBytes + bytes);
  const patientOf = (worker: string) =>
    patientStore(storeOf(worker), { hasRoom: () => hasRoomFor(0), now, log });
  // The pool is held by this process alone, so every lease is a dead one's.
  reclaim(jobs, log);
  let active = 0;
  const jobWorker = openWorker({
    store: patientOf(worker),
    // Whoever edits a photo waits for it (contract §3.5.12).
    kinds: ['edit', 'face-thumbnail', 'metadata', 'preview'] satisfies JobKind[],
    concurrency: config.concurrency,
    now,
    onError: (job, error) => {
      log.error({ err: error, kind: job.kind, assetId: job.assetId }, 'job failed');
      warnOfJob(parts, job);
    },
    run: async (job) => {
      active++;
      try {
        await runJob(parts, job);
      } finally {
        active--;
        // The next photo comes first, and is taken when this one has returned.
        setImmediate(() => renditions.wake());
      }
    },
  });
  const renderer = `renditions-${process.pid}`;
  const renditions = openRenditions({
    store: patientOf(renderer),
    tempDir: join(layout.scratchDir, 'renditions'),
    log,
    now,
    isBusy: () => active > 0,
    run: (job, decoder) => runJob({ ...parts, worker: renderer, renderer: decoder, hasRoomFor }, job),
  });
  const chores = openChores(parts, () => active > 0);
  const libraries = openLibraryScans({
    ...parts,
    externalDirs: config.externalDirs ?? [],
    scans: libraryScans(db),
    trash: trashChanges(db),
    isPaused: () => jobs.isPaused('library'),
    isDaily: () => readSystemConfig(settings.find('systemConfig')).library.scan.enabled,
    wakeJobs: () => jobWorker.wake(),
  });
  const housekeeping = openHousekeeping({
    ...parts,
    db,
    isBusy: () => active > 0,
    trashDays: () => readSystemConfig(settings.find('systemConfig')).trash.days,
  });
  const listener = await listenPeer<GatewayNews>(
    join(config.runDir, 'ingest.sock'),
    (message) => {
      if (message.type === 'portrait') return void makePortrait(parts, message.id);
      jobWorker.wake();
      renditions.wake();
      chores.wake();
      libraries.wake();
    },
    { log },
  );

  return {
    async idle() {
      await libraries.finished();
      await jobWorker.idle();
      await renditions.idle();
      await chores.finished();
    },
    async stop() {
      await listener.close();
      await Promise.all([chores.stop(), housekeeping.stop(), libraries.stop(), renditions.stop()]);
      // What the drive does not let go of now is removed at the next start.
      const closed = decoder.close().catch((error: unknown) => {
        log.warn({ err: error }, 'scratch files not removed');
      });
      await Promise.all([jobWorker.stop(STOP_MS), closed]);
      news.close();
      gazetteer?.close();
      db.close();
      release();
    },
  };
}

/** On a drive that takes no changes the leases of the last process run out by themselves. */
function reclaim(jobs: { reclaim(): unknown }, log: Logger): void {
  try {
    jobs.reclaim();
  } catch (error) {
    if (!storageProblem(error)) throw error;
    log.error({ err: error }, 'jobs of the last run not taken back');
  }
}

async function runJob(parts: IngestParts | RenditionParts, job: ClaimedJob): Promise<void> {
  const asset = parts.findings.findFiles(job.assetId);
  // Deleted while it waited: the job went with it.
  if (!asset) return;
  const { layout, jobs, worker } = parts;
  const external = findExternalFile(asset.path);
  if (external !== undefined && (asset.isOffline === 1 || !(await isReallyThere(external)))) {
    // Its drive is away. A scan asks for previews when it is back; nobody else asks for an edited picture.
    const dueAt = parts.now() + OFFLINE_MS;
    if (job.kind === 'edit') jobs.fail({ id: job.id, worker, error: 'its drive is not there', dueAt });
    else parts.transact(() => jobs.finish({ id: job.id, worker }));
    return;
  }
  const state = await findOriginal(layout.original(asset.path), incomingPath(layout, asset.id, 'original'));
  if (state === 'arriving') {
    const dueAt = parts.now() + ARRIVING_LATER_MS;
    jobs.fail({ id: job.id, worker, error: 'still arriving', dueAt });
    return;
  }
  if (state === 'missing') {
    parts.log.error({ assetId: asset.id }, 'original is missing');
    const ids = parts.transact(() => {
      parts.findings.recordProblem({ assetId: asset.id, ...ORIGINAL_MISSING, now: parts.now() });
      jobs.finish({ id: job.id, worker });
      return warnOfOriginal(parts, asset.id, ORIGINAL_MISSING);
    });
    if (ids.length > 0) parts.tell({ type: 'notified', ids });
    return;
  }
  if (job.kind === 'metadata') await readAsset(parts, job, asset);
  else if (job.kind === 'edit') await editAsset(parts, job, asset);
  else if (job.kind === 'face-thumbnail') await cropFaces(parts, job, asset);
  else if ('renderer' in parts) await makeRendition(parts, job, asset);
  else await showAsset(parts, job, asset);
}

/** An upload may be in the catalog a moment before it is in its place: that moment is waited for. */
async function findOriginal(path: string, incoming: string): Promise<'there' | 'arriving' | 'missing'> {
  for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
    if (await exists(path)) return 'there';
    // It loses its incoming name after it has got its place, perhaps between these two looks.
    if (!(await exists(incoming))) return (await exists(path)) ? 'there' : 'missing';
    if (waitedMs >= ARRIVING_MS) return 'arriving';
    await wait(LOOK_AGAIN_MS);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** What is done when nothing else is: memories, removing deleted files, re-reading originals. One at a time. */
function openChores(parts: IngestParts, isBusy: () => boolean) {
  const stopping = new AbortController();
  const remember = rememberDays(parts);
  let round: Promise<void> | undefined;
  const run = async () => {
    try {
      await removeFiles(parts.layout, {
        list: () => parts.findings.listRemovals(),
        done: (path) => parts.transact(() => parts.findings.recordRemoved(path)),
      });
      remember();
      await verifyOriginals(parts, { signal: stopping.signal, isBusy });
    } catch (error) {
      parts.log.error({ err: error }, 'chore failed');
    } finally {
      round = undefined;
    }
  };
  const wake = () => {
    if (!stopping.signal.aborted) round ??= run();
  };
  const timer = setInterval(wake, CHORE_MS);
  wake();
  return {
    wake,
    /** Resolves when the round that runs, or one that is due, has ended. */
    async finished() {
      wake();
      await round;
    },
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await round;
    },
  };
}
