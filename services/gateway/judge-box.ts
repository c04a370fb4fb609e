import { type BoxStatus, FINDINGS, type Finding, type FindingCode } from '#contract/appliance-status';

/** What the verdict on the box is made of. Times are Unix milliseconds. */
export interface BoxFacts {
  now: number;
  /** When its first account was made; null: there is none. */
  ownedSince: number | null;
  totalBytes: number;
  /** Free on the file system, with what is kept in reserve. */
  freeBytes: number;
  reservedBytes: number;
  isReadOnly: boolean;
  damaged: number;
  missing: number;
  unreadable: number;
  jobsFailing: number;
  /** When the catalog was last copied; null: never. */
  snapshotAt: number | null;
  /** Originals that should have been re-read a week ago. */
  overdue: number;
}

/** Before this the clock was never set: boards without a battery start in 1970, or when their system was made. */
const FIRST_TIME = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
/** Snapshots are taken daily. A box that is switched off at night may miss one. */
const SNAPSHOT_DAYS = 3;
/** Less of the pool than this is left for photos: a parent has weeks to buy a drive, and not days. */
const NEARLY_FULL = 0.1;
/** How long a check may wait for the box to have nothing else to do. */
export const OVERDUE_MS = 7 * DAY_MS;

/** The verdict and what it is for, the gravest first. */
export function judgeBox(facts: BoxFacts): Pick<BoxStatus, 'verdict' | 'findings'> {
  const found: (Finding | false)[] = [
    facts.damaged > 0 && finding('originals_damaged', { count: facts.damaged }),
    facts.missing > 0 && finding('originals_missing', { count: facts.missing }),
    facts.unreadable > 0 && finding('originals_unreadable', { count: facts.unreadable }),
    facts.isReadOnly && finding('pool_read_only'),
    judgeRoom(facts),
    facts.jobsFailing > 0 && finding('jobs_failing', { count: facts.jobsFailing }),
    ...judgeTimes(facts),
  ];
  const findings = found
    .filter((entry) => entry !== false)
    .sort((a, b) => Number(b.verdict === 'act') - Number(a.verdict === 'act'));
  return { verdict: findings[0]?.verdict ?? 'well', findings };
}

function judgeRoom({ totalBytes, freeBytes, reservedBytes }: BoxFacts): Finding | false {
  const availableBytes = freeBytes - reservedBytes;
  // Below half of the reserve ingest stops as well (ingest/config.ts).
  if (freeBytes <= reservedBytes / 2) return finding('pool_full');
  if (availableBytes <= 0) return finding('reserve_reached');
  const share = availableBytes / totalBytes;
  return share < NEARLY_FULL && finding('pool_nearly_full', { percent: Math.floor(share * 100) });
}

/** What has to do with time cannot be told by a clock that is wrong. */
function judgeTimes({ now, ownedSince, snapshotAt, overdue }: BoxFacts): (Finding | false)[] {
  if (now < FIRST_TIME) return [finding('clock_unset')];
  const copiedAt = snapshotAt ?? ownedSince;
  return [
    copiedAt !== null && now - copiedAt > SNAPSHOT_DAYS * DAY_MS && finding('snapshot_old'),
    overdue > 0 && finding('verification_overdue', { count: overdue }),
  ];
}

function finding(code: FindingCode, details: Record<string, number> = {}): Finding {
  const { verdict, title, advice } = FINDINGS[code];
  const words = advice.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ''));
  return { code, verdict, title, advice: words, details };
}
