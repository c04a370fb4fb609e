import { MEDIA_PROBLEMS, type MediaProblemCode } from '#contract/asset-problems';

export type { MediaProblemCode };

/** Something that a person should know about a file, with a preview (a note) or instead of one. */
export interface MediaNote {
  code: MediaProblemCode;
  /** The finished sentence. */
  words: string;
}

export type MediaProblemDetails = Record<string, string | number>;

/** Fills in the words of `code`. Numbers are written with separators, e.g. 60,000. */
export function writeNote(code: MediaProblemCode, details: MediaProblemDetails = {}): MediaNote {
  const words = MEDIA_PROBLEMS[code].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = details[name];
    return typeof value === 'number' ? value.toLocaleString('en') : String(value ?? '');
  });
  return { code, words };
}

/** A file that gives no preview, for a reason that lies in the file. `cause` is for the log. */
export class MediaProblem extends Error {
  readonly code: MediaProblemCode;
  /** The finished sentence. */
  readonly words: string;
  readonly details: MediaProblemDetails;

  constructor(code: MediaProblemCode, details: MediaProblemDetails = {}, cause?: unknown) {
    const note = writeNote(code, details);
    super(note.words, cause === undefined ? undefined : { cause });
    this.name = 'MediaProblem';
    this.code = code;
    this.words = note.words;
    this.details = details;
  }
}
