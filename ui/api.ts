import type { AssetResponse } from '#contract/assets';
import type { TimelineBucket, TimelineBuckets } from '#contract/timeline';
import type { UserAdminResponse } from '#contract/users';
import { text } from './text.ts';

/** A request that failed. `message` is what the person reads: the server's words, or ours when it was silent. */
export class RequestProblem extends Error {
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'RequestProblem';
    this.status = status;
  }
}

export type User = Pick<UserAdminResponse, 'id' | 'name' | 'email'>;

/** One month of the timeline: its first day (`2024-05-01`) and how many assets it holds. */
export type MonthCount = TimelineBuckets[number];

/** What the grid needs to know of an asset. */
export interface TimelineAsset {
  id: string;
  /** Width by height as displayed; 1 when unknown. */
  ratio: number;
  isImage: boolean;
  /** Base64; null until the thumbnail exists. */
  thumbhash: string | null;
  /** Instant of capture, ISO 8601 in UTC. */
  fileCreatedAt: string;
  localOffsetHours: number;
  durationMs: number | null;
}

/** What the viewer needs to know of an asset. */
export type AssetDetails = Pick<
  AssetResponse,
  'id' | 'type' | 'originalFileName' | 'thumbhash' | 'localDateTime' | 'exifInfo' | 'problem'
>;

export interface UploadAnswer {
  id: string;
  status: 'created' | 'duplicate';
}

/** All requests of the page. The session is a cookie, so nothing here handles a token. */
export interface Api {
  isInitialized: () => Promise<boolean>;
  signUp: (account: { name: string; email: string; password: string }) => Promise<void>;
  signIn: (credentials: { email: string; password: string }) => Promise<void>;
  signOut: () => Promise<void>;
  /** The signed-in user, or undefined when nobody is. */
  findUser: () => Promise<User | undefined>;
  months: () => Promise<MonthCount[]>;
  month: (timeBucket: string) => Promise<TimelineAsset[]>;
  asset: (id: string) => Promise<AssetDetails>;
  /** Whether the box answers at all. */
  isReachable: () => Promise<boolean>;
  /** Sends one original. `onProgress` gets the bytes of the request that left so far. */
  upload: (file: File, onProgress: (sentBytes: number) => void, signal: AbortSignal) => Promise<UploadAnswer>;
}

const TIMELINE = 'visibility=timeline&withStacked=true';

/** `onSessionEnd` is called when a request is refused because the session is gone. */
export function createApi({ onSessionEnd }: { onSessionEnd: () => void }): Api {
  async function request<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    const init: RequestInit = { method, credentials: 'same-origin' };
    if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers = { 'content-type': 'application/json' };
    }
    let status = 0;
    let answer: string;
    try {
      const response = await fetch(`/api${path}`, init);
      answer = await response.text();
      status = response.status;
    } catch (error) {
      // fetch rejects with a TypeError when no answer arrives, and with nothing else.
      if (error instanceof TypeError) throw new RequestProblem(0, text.unreachable);
      throw error;
    }
    return readAnswer<T>(status, answer);
  }

  /** As `request`, for what only a signed-in person may ask. */
  async function ask<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
    try {
      return await request<T>(method, path, body);
    } catch (error) {
      if (error instanceof RequestProblem && error.status === 401) onSessionEnd();
      throw error;
    }
  }

  return {
    isInitialized: async () =>
      (await request<{ isInitialized: boolean }>('GET', '/server/config')).isInitialized,
    signUp: (account) => request('POST', '/auth/admin-sign-up', account),
    signIn: (credentials) => request('POST', '/auth/login', credentials),
    signOut: () => request('POST', '/auth/logout'),
    findUser: async () => {
      // This cookie says only that there is a session; without it the question would be a needless 401.
      if (!document.cookie.includes('immich_is_authenticated=true')) return undefined;
      try {
        return await request<User>('GET', '/users/me');
      } catch (error) {
        if (error instanceof RequestProblem && error.status === 401) return undefined;
        throw error;
      }
    },
    months: () => ask('GET', `/timeline/buckets?${TIMELINE}`),
    month: async (timeBucket) =>
      readColumns(
        await ask('GET', `/timeline/bucket?${TIMELINE}&timeBucket=${encodeURIComponent(timeBucket)}`),
      ),
    asset: (id) => ask('GET', `/assets/${id}`),
    isReachable: async () => {
      try {
        await request('GET', '/server/ping');
        return true;
      } catch (error) {
        if (error instanceof RequestProblem) return false;
        throw error;
      }
    },
    upload: async (file, onProgress, signal) => {
      try {
        return await sendFile(file, onProgress, signal);
      } catch (error) {
        if (error instanceof RequestProblem && error.status === 401) onSessionEnd();
        throw error;
      }
    },
  };
}

/** Where the pictures of an asset are. The thumbhash in the address makes a changed picture a new address. */
export function pictureUrl(id: string, size: 'thumbnail' | 'preview', thumbhash: string): string {
  return `/api/assets/${id}/thumbnail?size=${size}&c=${encodeURIComponent(thumbhash)}`;
}

export function originalUrl(id: string): string {
  return `/api/assets/${id}/original`;
}

export function playbackUrl(id: string): string {
  return `/api/assets/${id}/video/playback`;
}

/** Reads an answer of the server: its value, or a RequestProblem in its own words. */
export function readAnswer<T>(status: number, answer: string): T {
  let value: unknown;
  try {
    value = answer === '' ? undefined : JSON.parse(answer);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // Something between us and the box answered, or the box is only half up.
    throw new RequestProblem(status, text.unexpectedAnswer(status));
  }
  if (status >= 200 && status < 300) return value as T;
  throw new RequestProblem(status, problemWords(value) ?? text.unexpectedAnswer(status));
}

function problemWords(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { message, errors } = value as { message?: unknown; errors?: unknown };
  // A refused form says which field is wrong in `errors`; its `message` alone would not help.
  const details = Array.isArray(errors)
    ? errors.flatMap((entry: { message?: unknown }) =>
        typeof entry?.message === 'string' ? [entry.message] : [],
      )
    : [];
  if (Array.isArray(message)) return message.join('. ');
  if (typeof message !== 'string' || message === '') return undefined;
  return details.length > 0 ? `${message}: ${details.join('. ')}` : message;
}

/** One object per asset, from equally long columns. */
function readColumns(columns: TimelineBucket): TimelineAsset[] {
  return columns.id.map((id, index) => ({
    id,
    ratio: columns.ratio[index] || 1,
    isImage: columns.isImage[index] ?? true,
    thumbhash: columns.thumbhash[index] ?? null,
    fileCreatedAt: columns.fileCreatedAt[index] ?? '',
    localOffsetHours: columns.localOffsetHours[index] ?? 0,
    durationMs: columns.duration[index] ?? null,
  }));
}

/** XMLHttpRequest, because fetch cannot tell how much of a body has left. */
function sendFile(
  file: File,
  onProgress: (sentBytes: number) => void,
  signal: AbortSignal,
): Promise<UploadAnswer> {
  const form = new FormData();
  const modifiedAt = new Date(file.lastModified).toISOString();
  form.append('fileCreatedAt', modifiedAt);
  form.append('fileModifiedAt', modifiedAt);
  // Last, so that the server knows everything else before the first byte of the original.
  form.append('assetData', file, file.name);

  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open('POST', '/api/assets');
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      try {
        resolve(readAnswer<UploadAnswer>(request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () => reject(new RequestProblem(0, text.upload.unreadable));
    request.onabort = () => reject(new RequestProblem(0, text.upload.stopped));
    request.onloadend = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort, { once: true });
    request.send(form);
  });
}
