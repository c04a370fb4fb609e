import { type Static, Type } from 'typebox';
import { Instant, Nullable } from './primitives.ts';

/**
 * Why an update was not taken, or not kept, with the words for the owner. A UI in another language translates by code.
 * `{name}` in the words is replaced by that detail.
 */
export const UPDATE_FAULTS = {
  // The file
  not_signed: {
    words:
      'This file was not made by those who make this box’s system, or it was changed since. It was not installed.',
  },
  not_an_update: { words: 'This file is not an update, or a part of it is missing. It was not installed.' },
  other_device: { words: 'This update is for another kind of device. It was not installed.' },
  same_version: { words: 'Version {version} is what this box runs already.' },
  older_version: {
    words: 'Version {version} is older than {installed}, which this box runs. It was not installed.',
  },
  below_minimum: {
    words:
      'Version {version} is older than {minimum}, which this box has run before. Going back could open doors that were closed since, so it was not installed.',
  },
  // Writing it
  install_failed: {
    words: 'The update could not be written to the memory card. What runs now was not touched. {reason}',
  },
  install_cut: {
    words: 'The box was switched off or stopped before version {version} was written. Nothing has changed.',
  },
  no_room: {
    words: 'There is no room on the drives for this update. Free some space, then try again.',
  },
  drive_error: { words: 'The drive reported an error while the update was kept on it. Nothing has changed.' },
  // Fetching it
  unreachable: { words: 'The address for updates did not answer. {reason}' },
  bad_answer: { words: 'What the address for updates answered is no description of an update. {reason}' },
  not_what_was_said: {
    words: 'What was fetched is not what the address had described. It was thrown away; try again later.',
  },
  // After the restart
  never_started: { words: 'Version {version} did not start, three times.' },
  service_down: { words: 'A part of the new version did not run ({unit}).' },
  page_silent: { words: 'The new version did not answer on the network.' },
  page_failed: { words: 'The new version could not open the list of your photos (it answered {status}).' },
  no_address: { words: 'With the new version the box had no address in your network, as it had before.' },
  pool_missing: { words: 'With the new version the drives with your photos were not there.' },
  drives_missing: { words: 'With the new version only {found} of {expected} drives were there.' },
  settings_missing: { words: 'With the new version the box could not read its own settings.' },
  unsteady: { words: 'The new version ran, but never for three minutes without trouble.' },
  slot_fell_back: { words: 'Version {version} no longer started.' },
} as const satisfies Record<string, { words: string }>;
export type UpdateFaultCode = keyof typeof UPDATE_FAULTS;

const Details = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]));

export const UpdateFault = Type.Object({
  /** A key of UPDATE_FAULTS. */
  code: Type.Unsafe<UpdateFaultCode>(Type.String()),
  /** In English, filled in. */
  words: Type.String(),
  details: Details,
});
export type UpdateFault = Static<typeof UpdateFault>;

/** A fault with its words. */
export function updateFault(
  code: UpdateFaultCode,
  details: Record<string, string | number> = {},
): UpdateFault {
  const words = UPDATE_FAULTS[code].words.replace(/\{(\w+)\}/g, (_, name: string) =>
    String(details[name] ?? ''),
  );
  return { code, words: words.trim(), details };
}

/** What the box does about an update now. */
export const UpdateStep = Type.Union([
  Type.Object({ kind: Type.Literal('idle') }),
  /** A file is being uploaded, or its upload broke off: it goes on at `receivedBytes`. */
  Type.Object({
    kind: Type.Literal('receiving'),
    fileId: Type.String(),
    receivedBytes: Type.Integer(),
    totalBytes: Type.Integer(),
  }),
  Type.Object({
    kind: Type.Literal('downloading'),
    version: Type.String(),
    receivedBytes: Type.Integer(),
    totalBytes: Type.Integer(),
  }),
  Type.Object({ kind: Type.Literal('checking') }),
  Type.Object({ kind: Type.Literal('installing'), version: Type.String(), percent: Type.Integer() }),
  /** The last try, until the next. */
  Type.Object({ kind: Type.Literal('failed'), fault: UpdateFault }),
  /** Written, and used from the next start on. */
  Type.Object({ kind: Type.Literal('installed'), version: Type.String(), restartAt: Nullable(Instant) }),
  Type.Object({ kind: Type.Literal('restarting'), version: Type.String() }),
  /** Runs, and is kept once it has been well for three minutes. */
  Type.Object({ kind: Type.Literal('trying'), version: Type.String() }),
]);
export type UpdateStep = Static<typeof UpdateStep>;

/** How an update ended. */
export const UpdateOutcome = Type.Object({
  id: Type.String(),
  /** `went_back`: the version before runs again. `not_finished`: the new one was never complete. */
  kind: Type.Union([Type.Literal('updated'), Type.Literal('went_back'), Type.Literal('not_finished')]),
  /** What ran before the update. */
  from: Type.String(),
  /** What the update was to. */
  to: Type.String(),
  at: Instant,
  reason: Nullable(UpdateFault),
});
export type UpdateOutcome = Static<typeof UpdateOutcome>;

/** Where updates can be fetched, and what was found there. */
export const UpdateSource = Type.Object({
  /** Null: nothing is ever asked of anybody. */
  address: Nullable(Type.String()),
  checkedAt: Nullable(Instant),
  /** The last check found this; null: nothing newer. */
  offered: Nullable(Type.Object({ version: Type.String(), bytes: Type.Integer() })),
  fault: Nullable(UpdateFault),
});
export type UpdateSource = Static<typeof UpdateSource>;

/** What the process `updates` says of itself. */
export const UpdateState = Type.Object({
  installed: Type.Object({
    version: Type.String(),
    /** When this version was kept; null while it is being tried, or on a box that was never updated. */
    keptAt: Nullable(Instant),
  }),
  /** Older ones are refused; null: none was kept yet. */
  minimumVersion: Nullable(Type.String()),
  source: UpdateSource,
  step: UpdateStep,
  last: Nullable(UpdateOutcome),
});
export type UpdateState = Static<typeof UpdateState>;

/** `isHere` false: this Shoebox was not flashed as an image, and is updated in another way. */
export const Updates = Type.Union([
  Type.Object({ isHere: Type.Literal(false) }),
  Type.Object({ isHere: Type.Literal(true), ...UpdateState.properties }),
]);
export type Updates = Static<typeof Updates>;

/** Larger is no update of ours: a slot's three partitions have 1680 MiB before they are compressed. */
export const MOST_UPDATE_BYTES = 2 * 1024 ** 3;

/** A part of a file, from `offset` to wherever the connection ends. */
export const UploadPart = Type.Object({
  /** Of all of the file. */
  total: Type.Integer({ minimum: 1, maximum: MOST_UPDATE_BYTES }),
  offset: Type.Integer({ minimum: 0, maximum: MOST_UPDATE_BYTES }),
  /** Chosen by the sender; the same for every part of one file. */
  fileId: Type.String({ minLength: 1, maxLength: 200 }),
});
export type UploadPart = Static<typeof UploadPart>;

/** `tonight`: at three o'clock where the box stands. `later`: not by itself. */
export const RestartBody = Type.Object({
  when: Type.Union([Type.Literal('now'), Type.Literal('tonight'), Type.Literal('later')]),
});
export type RestartBody = Static<typeof RestartBody>;
/** The same as the gateway passes it on, with the time zone of the box. */
export type RestartRequest = RestartBody & { timeZone: string };

/** Null or empty: off. */
export const SourceBody = Type.Object({ address: Nullable(Type.String({ maxLength: 2000 })) });
export type SourceBody = Static<typeof SourceBody>;
