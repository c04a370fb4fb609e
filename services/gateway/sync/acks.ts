import { SYNC_COMPLETE, type SyncCheckpoint } from '#catalog/sync';
import { LINE_TYPES } from './order.ts';

/** What a device acknowledges: a line that it has kept, or that it has forgotten everything. */
export type Ack = { kind: 'reset' } | { kind: 'checkpoint'; checkpoint: Omit<SyncCheckpoint, 'createdAt'> };

export const RESET_ACK = 'SyncResetV1|reset';

/** `Type|revision`, `Type|membership|revision`, `Type|membership|complete` or `SyncCompleteV1|revision|Unix ms`. */
export const lineAck = (type: string, revision: number, position?: number): string =>
  position === undefined
    ? `${type}|${revision}`
    : `${type}|${revision}|${position === SYNC_COMPLETE ? 'complete' : position}`;

/** Reads an acknowledgement as it came back; undefined when it is none of ours. */
export function readAck(text: string): Ack | undefined {
  if (text === RESET_ACK) return { kind: 'reset' };
  const [type = '', revisionText = '', positionText] = text.split('|', 3);
  const revision = readNumber(revisionText);
  const position =
    positionText === undefined ? 0 : positionText === 'complete' ? SYNC_COMPLETE : readNumber(positionText);
  if (!LINE_TYPES.has(type) || revision === undefined || position === undefined) return undefined;
  return { kind: 'checkpoint', checkpoint: { type, revision, position, ack: text } };
}

function readNumber(text: string): number | undefined {
  const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}
