import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type BoxFigures, BoxStatus, Copies } from '#contract/appliance-status';
import { idParams, isoInstant, isoInstantOrNull } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import { type PoolFacts, readPoolFacts } from '#storage/pool-facts';
import type { GatewayApp } from '../app.ts';
import { requireReadable } from '../asset-access.ts';
import { forecastFull, listGrowth } from '../forecast.ts';
import { judgeBox, OVERDUE_MS } from '../judge-box.ts';
import { type LibraryFigures, openLibraryFigures } from '../library-figures.ts';
import type { GatewayParts } from '../parts.ts';

/** When what is not checked is due: what can be remade, and what lies in folders of others. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** How the box is, in words for its owner, and where the copies of a photo are. */
export function applianceStatusRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, reader, layout, config, now } = parts;
  const library = openLibraryFigures(parts);

  const readFacts = async () => {
    const at = now();
    const [facts, { bsize, blocks, bavail }, snapshot, overdue, jobsFailing] = await Promise.all([
      readPoolFacts(layout.poolDir),
      statfs(layout.poolDir),
      findSnapshot(layout.poolDir),
      reader.queues.countVerifyDue(at - OVERDUE_MS),
      reader.box.countFailing(),
    ]);
    const faults = new Map(queries.box.countFaults().map(({ code, count }) => [code, count]));
    return {
      pool: facts,
      snapshot,
      availableBytes: Math.max(0, bavail * bsize - config.reservedBytes),
      box: {
        now: at,
        ownedSince: queries.users.listAll()[0]?.createdAt ?? null,
        totalBytes: blocks * bsize,
        freeBytes: bavail * bsize,
        reservedBytes: config.reservedBytes,
        isReadOnly: facts.isReadOnly,
        damaged: faults.get('original_damaged') ?? 0,
        missing: faults.get('original_missing') ?? 0,
        unreadable: faults.get('original_unreadable') ?? 0,
        jobsFailing,
        snapshotAt: snapshot?.takenAt ?? null,
        overdue,
      },
    };
  };
  const describe = async ({ pool, snapshot, availableBytes, box }: Awaited<ReturnType<typeof readFacts>>) => {
    const counted = await library.read();
    return {
      pool: { ...pool, totalBytes: box.totalBytes, availableBytes },
      originalBytes: queries.users.listAll().reduce((sum, { usedBytes }) => sum + usedBytes, 0),
      catalogBytes: await catalogBytes(layout.catalogFile),
      ...figuresOf(counted, availableBytes, box.now),
      snapshot: snapshot && { takenAt: isoInstant(snapshot.takenAt), bytes: snapshot.bytes },
      queues: '/api/queues',
    } satisfies BoxFigures;
  };

  app.get(
    '/api/appliance/status',
    { config: { access: needs('server.storage') }, schema: { response: { 200: BoxStatus } } },
    async ({ caller }) => {
      const facts = await readFacts();
      const status = judgeBox(facts.box);
      return caller.user.isAdmin === 1 ? { ...status, figures: await describe(facts) } : status;
    },
  );

  app.get(
    '/api/appliance/assets/:id/copies',
    {
      config: { access: needs('asset.read') },
      schema: { params: idParams, response: { 200: Copies } },
    },
    async ({ params, caller }): Promise<Copies> => {
      const [id = ''] = requireReadable(parts, caller, [params.id], 'asset.read');
      const found = queries.box.findCopy(id);
      // Deleted since its rights were looked at.
      if (!found) throw new Problem('not_found_or_no_access', { scope: 'asset.read' });
      const isExternal = found.libraryId !== null;
      const pool = isExternal ? undefined : await readPoolFacts(layout.poolDir);
      return {
        bytes: found.bytes,
        copies: [
          {
            place: isExternal ? ('external' as const) : ('pool' as const),
            state: stateOf(found),
            checkedAt: isoInstantOrNull(found.verifiedAt),
            nextCheckAt: found.verifyDueAt === NEVER ? null : isoInstant(found.verifyDueAt),
            fileSystem: pool?.fileSystem ?? null,
            drives: pool?.copies ?? null,
            heals: pool !== undefined && heals(pool),
          },
        ],
      };
    },
  );
}

/** It takes a checksum to know which copy is the good one. */
const heals = ({ hasChecksums, copies }: PoolFacts): boolean => hasChecksums && copies > 1;

type State = Copies['copies'][number]['state'];

const FAULTS: Readonly<Record<string, State>> = {
  original_damaged: 'damaged',
  original_missing: 'missing',
  original_unreadable: 'unreadable',
};

function stateOf(copy: {
  problemCode: string | null;
  isExtracted: number;
  verifiedAt: number | null;
}): State {
  const fault = FAULTS[copy.problemCode ?? ''];
  if (fault) return fault;
  if (copy.isExtracted === 1) return 'remakeable';
  return copy.verifiedAt === null ? 'unchecked' : 'well';
}

/** What is counted over the whole library, as far as it is. */
function figuresOf(counted: LibraryFigures | undefined, availableBytes: number, now: number) {
  if (!counted) return { derivedBytes: null, growth: null, fullAt: null, originals: null };
  const { growth, originalBytes, derivedBytes, oldestCheckAt } = counted;
  const overhead = originalBytes === 0 ? 0 : derivedBytes / originalBytes;
  return {
    derivedBytes,
    growth: listGrowth(growth, now),
    fullAt: isoInstantOrNull(forecastFull(growth, { availableBytes, overhead, now }) ?? null),
    originals: {
      count: counted.originals,
      checked: counted.checked,
      checkedIn30Days: counted.checkedRecently,
      oldestCheckAt: isoInstantOrNull(oldestCheckAt),
    },
  };
}

/** The newest copy of the catalog; null when there is none. */
async function findSnapshot(poolDir: string): Promise<{ takenAt: number; bytes: number } | null> {
  const folder = join(poolDir, '.shoebox', 'snapshots');
  try {
    // Their names are dates (catalog/snapshots.ts), so that the last one is the newest.
    const names = (await readdir(folder)).filter((name) => /^catalog-.*\.db$/.test(name)).sort();
    const newest = names.at(-1);
    if (newest === undefined) return null;
    const { mtimeMs, size } = await stat(join(folder, newest));
    return { takenAt: Math.round(mtimeMs), bytes: size };
  } catch (error) {
    // No snapshot yet, or rotated away between the two looks.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** With what SQLite has beside it. */
async function catalogBytes(file: string): Promise<number> {
  let bytes = 0;
  for (const path of [file, `${file}-wal`]) {
    try {
      bytes += (await stat(path)).size;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return bytes;
}
