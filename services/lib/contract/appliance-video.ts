import { type Static, Type } from 'typebox';
import { Nullable } from './primitives.ts';

/** Query of `/assets/{id}/video/playback`; `quality` is ours, and apps leave it out. */
export const PlaybackQuery = Type.Object({
  /**
   * `original`: the file as it arrived. `small`: the small version where there is one to make. Absent: the original,
   * unless it plays nowhere that can be relied on and the small version is there (contract §3.4.2).
   */
  quality: Type.Optional(Type.Union([Type.Literal('original'), Type.Literal('small')])),
});

/** In which qualities a video can be played. */
export const VideoQualities = Type.Object({
  /**
   * Where the original plays as it is: `everywhere`; on `phones` and in some browsers; `nowhere` that can be relied
   * on; null while nobody knows.
   */
  originalPlays: Nullable(
    Type.Union([Type.Literal('everywhere'), Type.Literal('phones'), Type.Literal('nowhere')]),
  ),
  originalBytes: Type.Integer(),
  /** `needless`: the original is small enough, and is what `quality=small` plays. `none`: it gets none. */
  small: Type.Union([
    Type.Literal('ready'),
    Type.Literal('making'),
    Type.Literal('needless'),
    Type.Literal('none'),
  ]),
  /** Null unless it is ready. */
  smallBytes: Nullable(Type.Integer()),
  /** Why there is none; null when there is nothing to say. */
  problem: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
});
export type VideoQualities = Static<typeof VideoQualities>;
