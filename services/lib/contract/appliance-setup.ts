import { type Static, Type } from 'typebox';
import { Nullable } from './primitives.ts';

/** The steps of setting a box up, in their order. */
const StepName = Type.Union([
  Type.Literal('account'),
  Type.Literal('box'),
  Type.Literal('drives'),
  Type.Literal('privacy'),
  Type.Literal('phone'),
  Type.Literal('done'),
]);
export type SetupStep = Static<typeof StepName>;

/** RFC 1123, one label: what stands before `.local`. Capital letters become small ones. */
export const BoxName = Type.String({
  minLength: 1,
  maxLength: 63,
  pattern: '^(?![Ll][Oo][Cc][Aa][Ll][Hh][Oo][Ss][Tt]$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$',
});

export const BoxAnswers = Type.Object({
  name: BoxName,
  /** A name of the tz database; whether there is one is checked by the box. */
  timeZone: Type.String({ minLength: 1, maxLength: 64 }),
});

export const PrivacyAnswers = Type.Object({
  /** Recognise people by their faces. Kept for the release that can. */
  faces: Type.Boolean(),
  /** Name the places where photos were taken, from a map in the box. */
  placeNames: Type.Boolean(),
  /** Show photos of the same day in other years. */
  memories: Type.Boolean(),
});

/** Passes over a step for now; it can be answered later. */
const Skip = Type.Object({ skip: Type.Literal(true) });
export const BoxBody = Type.Union([BoxAnswers, Skip]);
export const PrivacyBody = Type.Union([PrivacyAnswers, Skip]);
export const PhoneBody = Type.Object({ skip: Type.Optional(Type.Boolean()) });

/** `unavailable`: this release cannot do it yet, and says why in `reason`; such a step is passed over. */
const State = Type.Union([
  Type.Literal('open'),
  Type.Literal('done'),
  Type.Literal('skipped'),
  Type.Literal('unavailable'),
]);

/** What is known of the pool's drives. */
export const PoolSummary = Type.Object({
  /** As the kernel calls it: `btrfs`, `ext4` … */
  fileSystem: Type.String(),
  totalBytes: Type.Integer(),
  /** What photos may still take. */
  availableBytes: Type.Integer(),
  /** Damage of a file is noticed when it is read. */
  hasChecksums: Type.Boolean(),
  /** On how many drives each photo is. */
  copies: Type.Integer(),
  isReadOnly: Type.Boolean(),
});

const step = <Id extends SetupStep, Rest extends Parameters<typeof Type.Object>[0]>(id: Id, rest: Rest) =>
  Type.Object({ id: Type.Literal(id), state: State, reason: Type.Optional(Type.String()), ...rest });

export const Setup = Type.Object({
  /** Where to go on: the first step that is open. `null` when the box is set up. */
  next: Nullable(StepName),
  steps: Type.Tuple([
    step('account', {}),
    step('box', {
      /** What was chosen, or what is offered: the name that the system has, and its time zone. */
      answers: BoxAnswers,
      /** All that can be chosen. */
      timeZones: Type.Array(Type.String()),
    }),
    step('drives', { pool: PoolSummary }),
    step('privacy', {
      answers: PrivacyAnswers,
      /** Whether this release can recognise faces; if not, the answer is kept for one that can. */
      canRecogniseFaces: Type.Boolean(),
    }),
    step('phone', {}),
    step('done', {}),
  ]),
});
export type Setup = Static<typeof Setup>;
