import { type Static, Type } from 'typebox';
import { PoolSummary } from './appliance-setup.ts';
import { Instant, Nullable } from './primitives.ts';

/**
 * Everything that can be wrong with the box as a whole: how bad it is, and the words for its owner. A UI in another
 * language translates by code. `{name}` in the words is replaced by that detail.
 */
export const FINDINGS = {
  pool_full: {
    verdict: 'act',
    title: 'The drives are full',
    advice: 'New photos are not taken in. Add a drive, or delete what nobody needs and empty the trash.',
  },
  reserve_reached: {
    verdict: 'act',
    title: 'There is no room for new photos',
    advice:
      'The rest of the drives is kept so that the box can go on working. Add a drive, or empty the trash.',
  },
  pool_nearly_full: {
    verdict: 'look',
    title: 'The drives are nearly full',
    advice: '{percent} % is left for photos. Plan for a larger drive.',
  },
  pool_read_only: {
    verdict: 'act',
    title: 'The drives can only be read',
    advice:
      'Your photos can be looked at, and no new ones are taken in. A drive may be failing: have it looked at.',
  },
  originals_damaged: {
    verdict: 'act',
    title: 'Some photos were damaged by the drive',
    advice:
      '{count} are no longer what was uploaded. Keep the phones that still have them, and replace the drive.',
  },
  originals_missing: {
    verdict: 'act',
    title: 'Some photos are gone from the drive',
    advice: '{count} are missing. Upload them again from a phone that still has them.',
  },
  originals_unreadable: {
    verdict: 'act',
    title: 'The drive could not read some photos',
    advice: '{count} could not be read. The box tries again; if this stays, replace the drive.',
  },
  jobs_failing: {
    verdict: 'look',
    title: 'Some photos could not be prepared',
    advice: '{count} failed several times. The photos themselves are safe, and the box goes on trying.',
  },
  snapshot_old: {
    verdict: 'look',
    title: 'The list of your photos was not copied for days',
    advice: 'Albums and names are copied every day, in case the list is damaged. Start the box again.',
  },
  verification_overdue: {
    verdict: 'look',
    title: 'Checking your photos is behind',
    advice:
      '{count} have not been read again in time. Leave the box switched on: it checks when it has nothing else to do.',
  },
  clock_unset: {
    verdict: 'look',
    title: 'The box does not know what time it is',
    advice: 'Connect it to the Internet for a moment: it then sets its clock.',
  },
} as const satisfies Record<string, { verdict: 'look' | 'act'; title: string; advice: string }>;
export type FindingCode = keyof typeof FINDINGS;

const Verdict = Type.Union([Type.Literal('well'), Type.Literal('look'), Type.Literal('act')]);

export const Finding = Type.Object({
  /** A key of FINDINGS. */
  code: Type.Unsafe<FindingCode>(Type.String()),
  verdict: Type.Union([Type.Literal('look'), Type.Literal('act')]),
  title: Type.String(),
  advice: Type.String(),
  /** What the words are filled with. */
  details: Type.Record(Type.String(), Type.Number()),
});
export type Finding = Static<typeof Finding>;

/** For administrators. What is counted over the whole library is null until it is counted: ask again. */
export const BoxFigures = Type.Object({
  pool: PoolSummary,
  originalBytes: Type.Integer(),
  derivedBytes: Nullable(Type.Integer()),
  catalogBytes: Type.Integer(),
  /** Bytes of originals that arrived in each of the last twelve months, the present one last. */
  growth: Nullable(Type.Array(Type.Object({ month: Type.String(), bytes: Type.Integer() }))),
  /** When the drives are full if photos come as they have; null when there is too little to tell by. */
  fullAt: Nullable(Instant),
  originals: Nullable(
    Type.Object({
      count: Type.Integer(),
      checked: Type.Integer(),
      checkedIn30Days: Type.Integer(),
      oldestCheckAt: Nullable(Instant),
    }),
  ),
  /** When the catalog was last copied, and how large the copy is; null: never. */
  snapshot: Nullable(Type.Object({ takenAt: Instant, bytes: Type.Integer() })),
  /** Where work is counted, paused and resumed. */
  queues: Type.String(),
});

export type BoxFigures = Static<typeof BoxFigures>;

export const BoxStatus = Type.Object({
  verdict: Verdict,
  /** The gravest first. */
  findings: Type.Array(Finding),
  figures: Type.Optional(BoxFigures),
});
export type BoxStatus = Static<typeof BoxStatus>;

/** Where the copies of a photo's original are. */
export const Copies = Type.Object({
  bytes: Type.Integer(),
  copies: Type.Array(
    Type.Object({
      /** `pool`: on the box's drives. `external`: in a folder that the box only reads. */
      place: Type.Union([Type.Literal('pool'), Type.Literal('external')]),
      /** `remakeable`: the video inside of a photo, which can be copied out of it again. */
      state: Type.Union([
        Type.Literal('well'),
        Type.Literal('unchecked'),
        Type.Literal('damaged'),
        Type.Literal('missing'),
        Type.Literal('unreadable'),
        Type.Literal('remakeable'),
      ]),
      /** When it was last read from the drive and was what had been uploaded. */
      checkedAt: Nullable(Instant),
      /** When it is read again; null for what is not checked. */
      nextCheckAt: Nullable(Instant),
      /** As the kernel calls it; null for an external folder. */
      fileSystem: Nullable(Type.String()),
      /** On how many drives it is; null for an external folder. */
      drives: Nullable(Type.Integer()),
      /** Whether a copy that rots is replaced by a good one without anybody's doing. */
      heals: Type.Boolean(),
    }),
  ),
});
export type Copies = Static<typeof Copies>;
