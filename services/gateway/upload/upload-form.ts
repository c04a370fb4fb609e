import type { Readable } from 'node:stream';
import { Problem } from '#contract/problems';

/** What an uploader says about a file, apart from its bytes. Times are Unix milliseconds. */
export interface UploadForm {
  /** Overrides the name of the file part (background uploads of the phone, whose part has a temporary name). */
  fileName: string | undefined;
  fileCreatedAt: number | undefined;
  fileModifiedAt: number | undefined;
  isFavorite: boolean;
  visibility: 'timeline' | 'archive' | 'hidden' | 'locked';
  durationMs: number | null;
  liveVideoId: string | null;
  /** The app's own notes; `value` is JSON text of an object. */
  metadata: { key: string; value: string }[];
}

export const emptyForm = (): UploadForm => ({
  fileName: undefined,
  fileCreatedAt: undefined,
  fileModifiedAt: undefined,
  isFavorite: false,
  visibility: 'timeline',
  durationMs: null,
  liveVideoId: null,
  metadata: [],
});

/** The longest text field: the phone's notes are the largest and have some hundred bytes each. */
const FIELD_BYTES = 1024 ** 2;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Reads one text part to its end; throws `upload_field` when it is longer than any field of ours. */
export async function readField(name: string, stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > FIELD_BYTES) throw new Problem('upload_field', { field: name });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Notes one text field in `form`. Unknown names are ignored: uploaders send many. Throws `upload_field`. */
export function setField(form: UploadForm, name: string, text: string): void {
  const refuse = () => new Problem('upload_field', { field: name });
  switch (name) {
    case 'filename':
      if (text.trim() !== '') form.fileName = text;
      return;
    case 'fileCreatedAt':
    case 'fileModifiedAt': {
      const instant = readInstant(text);
      if (instant === undefined) throw refuse();
      form[name] = instant;
      return;
    }
    case 'isFavorite':
      if (text !== 'true' && text !== 'false') throw refuse();
      form.isFavorite = text === 'true';
      return;
    case 'visibility':
      if (text !== 'timeline' && text !== 'archive' && text !== 'hidden' && text !== 'locked') throw refuse();
      form.visibility = text;
      return;
    case 'duration': {
      const durationMs = readDuration(text);
      if (durationMs === undefined) throw refuse();
      form.durationMs = durationMs === 0 ? null : durationMs;
      return;
    }
    case 'livePhotoVideoId':
      if (text === '') return;
      if (!UUID.test(text)) throw refuse();
      form.liveVideoId = text.toLowerCase();
      return;
    case 'metadata': {
      const metadata = readMetadata(text);
      if (!metadata) throw refuse();
      form.metadata = metadata;
      return;
    }
  }
}

/**
 * ISO 8601, with microseconds and local offsets too (immich-go); undefined when it is no date, or in none of the
 * years 0 to 9999, outside of which clients cannot read what we would write.
 */
export function readInstant(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT/.test(text)) return undefined;
  const instant = Date.parse(text);
  if (!Number.isFinite(instant)) return undefined;
  const year = new Date(instant).getUTCFullYear();
  return year >= 0 && year <= 9999 ? instant : undefined;
}

/** Longest name that is kept, in characters; no file system has longer ones. */
const MOST_NAME = 255;

/**
 * The name that clients show: as the uploader called the file, without folders and control characters. The end
 * of a name that is too long is kept, since it says the type. Never empty.
 */
export function readFileName(text: string): string {
  const base = text.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const name = base.replace(/[\u0000-\u001f\u007f]/g, '').trim();
  return [...name].slice(-MOST_NAME).join('') || 'unnamed';
}

/** Milliseconds from `1500` (3.x) or `0:00:01.500000` (2.7); empty is 0; undefined when it is neither. */
export function readDuration(text: string): number | undefined {
  if (text === '') return 0;
  if (/^\d{1,12}(?:\.\d+)?$/.test(text)) return Math.round(Number(text));
  const clock = /^(\d{1,4}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,9}))?$/.exec(text);
  if (!clock) return undefined;
  const [, hours, minutes, seconds, fraction] = clock;
  return Math.round(
    (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 +
      Number(`0.${fraction ?? 0}`) * 1000,
  );
}

function readMetadata(text: string): UploadForm['metadata'] | undefined {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(rows) || rows.length > 100) return undefined;
  const metadata: UploadForm['metadata'] = [];
  for (const row of rows as { key?: unknown; value?: unknown }[]) {
    if (typeof row?.key !== 'string' || row.key === '' || row.key.length > 200) return undefined;
    if (typeof row.value !== 'object' || row.value === null || Array.isArray(row.value)) return undefined;
    metadata.push({ key: row.key, value: JSON.stringify(row.value) });
  }
  return metadata;
}
