import type { FaceCropRequest } from '#media/face-crop';
import type { MediaProblemCode, MediaProblemDetails } from '#media/media-problem';
import type { Portrait, PortraitRequest } from '#media/portrait';
import type { PreviewRequest, Previews } from '#media/preview';
import type { EditedPictures, EditedRequest } from '#media/preview-edited';
import type { FileMetadata, MetadataRequest } from '#media/read-metadata';
import type { Rendition, RenditionRequest } from '#media/rendition';

/** What the decoder process does, each with what it is asked and what it answers. */
export interface DecoderOperations {
  metadata: { request: MetadataRequest; answer: FileMetadata };
  previews: { request: PreviewRequest; answer: Previews };
  edited: { request: EditedRequest; answer: EditedPictures };
  portrait: { request: PortraitRequest; answer: Portrait };
  /** Answers with the picture's size in bytes. */
  faceCrop: { request: FaceCropRequest; answer: number };
  rendition: { request: RenditionRequest; answer: Rendition };
}

export type DecoderOperation = keyof DecoderOperations;

/** Parent to child. `id` comes back with the answer. */
export type DecoderCall = {
  [Name in DecoderOperation]: { id: number; operation: Name; request: DecoderOperations[Name]['request'] };
}[DecoderOperation];

/** An error that crosses the process border as data; `code` is Node's (`EIO`, `ENOSPC` …) where it has one. */
export interface SentError {
  name: string;
  message: string;
  stack?: string;
  code?: string;
}

/** Child to parent: the answer, or what lies in the file, or anything else that was thrown. */
export type DecoderReply =
  | { id: number; answer: DecoderOperations[DecoderOperation]['answer'] }
  | { id: number; problem: { code: MediaProblemCode; details: MediaProblemDetails }; cause?: string }
  | { id: number; error: SentError };

/**
 * The decoder process died with an operation in flight.
 * - `time`, `memory`: it was killed for using more than it may.
 * - `crash`: it ended by itself; so does one whose memory the kernel took.
 * - `closed`: the pool was closed.
 */
export class DecoderDied extends Error {
  readonly reason: 'time' | 'memory' | 'crash' | 'closed';
  /** True when nothing else was in flight, so that this operation's file is what killed it. */
  readonly alone: boolean;

  constructor(reason: DecoderDied['reason'], alone: boolean, details = '') {
    super(`the decoder died (${reason})${details && `: ${details}`}`);
    this.name = 'DecoderDied';
    this.reason = reason;
    this.alone = alone;
  }
}
