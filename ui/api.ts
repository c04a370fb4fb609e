import type { UserAdminResponse } from '#contract/users';
import { takeEarly } from './early/early-answers.ts';
import { asGuest } from './guest.ts';
import { problemWords } from './problem-words.ts';
import { type Query, queryText } from './query.ts';
import { text } from './text.ts';

/** A request that failed. `message` is what the person reads: the server's words in the page's language, or ours when it was silent. */
export class RequestProblem extends Error {
  /** HTTP status; 0 when no answer came at all. */
  readonly status: number;
  /** The problem's name in contract/problems.ts; absent when the server did not say. */
  readonly code: string | undefined;

  constructor(status: number, message: string, code?: string) {
    super(message);
    this.name = 'RequestProblem';
    this.status = status;
    this.code = code;
  }
}

export type User = Pick<
  UserAdminResponse,
  'id' | 'name' | 'email' | 'isAdmin' | 'shouldChangePassword' | 'profileImagePath' | 'profileChangedAt'
>;

export interface UploadAnswer {
  id: string;
  status: 'created' | 'duplicate';
}

/**
 * All requests of the page. The session is a cookie, so nothing here handles a token; on the page of a link they are
 * its guest's. What a screen asks for is
 * written as functions in calls/, which take this and name the types of contract/.
 */
export interface Api {
  get: <T>(path: string, query?: Query) => Promise<T>;
  /** The body is sent as JSON, as a form when it is FormData, or as it is when it is a Blob. */
  post: <T>(path: string, body?: unknown) => Promise<T>;
  put: <T>(path: string, body?: unknown) => Promise<T>;
  patch: <T>(path: string, body?: unknown) => Promise<T>;
  /** For answers that are a file. */
  getFile: (path: string) => Promise<Blob>;
  postForFile: (path: string, body: unknown) => Promise<Blob>;
  remove: <T>(path: string, body?: unknown) => Promise<T>;
  /** For answers that are long: their bytes as they arrive. A read that fails rejects with a TypeError. */
  getStream: (path: string, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>;
  /** One of the page's own files, by its address. */
  getPageFile: (address: URL) => Promise<ArrayBuffer>;
  isInitialized: () => Promise<boolean>;
  signUp: (account: { name: string; email: string; password: string }) => Promise<void>;
  signIn: (credentials: { email: string; password: string }) => Promise<void>;
  signOut: () => Promise<void>;
  /** The signed-in user, or undefined when nobody is. */
  findUser: () => Promise<User | undefined>;
  /** Whether the box answers at all. */
  isReachable: () => Promise<boolean>;
  /**
   * Sends one original. `onProgress` gets the bytes of the request that left so far. With a `checksum` (SHA-1 in base64)
   * the box refuses bytes that changed on their way.
   */
  upload: (
    file: File,
    onProgress: (sentBytes: number) => void,
    signal: AbortSignal,
    checksum?: string,
  ) => Promise<UploadAnswer>;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** `onSessionEnd` is called when a request is refused as if the session were gone; it should look whether it is. */
export function createApi({ onSessionEnd }: { onSessionEnd: () => void }): Api {
  async function send<T>(
    method: Method,
    path: string,
    body: unknown,
    read: (response: Response) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    const init: RequestInit = { method, credentials: 'same-origin', ...(signal && { signal }) };
    if (body instanceof FormData) init.body = body;
    else if (body instanceof Blob) {
      init.body = body;
      init.headers = { 'content-type': 'application/octet-stream' };
    } else if (body !== undefined) {
      init.body = JSON.stringify(body);
      init.headers = { 'content-type': 'application/json' };
    }
    try {
      const early = method === 'GET' ? takeEarly(`/api${path}`) : undefined;
      return await read((await early) ?? (await fetch(`/api${path}`, init)));
    } catch (error) {
      // fetch rejects with a TypeError when no answer arrives, and with nothing else.
      if (error instanceof TypeError) throw new RequestProblem(0, text.kit.unreachable);
      throw error;
    }
  }

  function request<T>(method: Method, path: string, body?: unknown): Promise<T> {
    return send(method, path, body, async (response) =>
      readAnswer<T>(response.status, await response.text()),
    );
  }

  /** As `request`, for what only a signed-in person may ask. */
  async function ask<T>(method: Method, path: string, body?: unknown): Promise<T> {
    try {
      return await request<T>(method, asGuest(path), body);
    } catch (error) {
      if (error instanceof RequestProblem && error.status === 401) onSessionEnd();
      throw error;
    }
  }

  return {
    get: (path, query) => ask('GET', query ? `${path}${queryText(query)}` : path),
    post: (path, body) => ask('POST', path, body),
    put: (path, body) => ask('PUT', path, body),
    patch: (path, body) => ask('PATCH', path, body),
    remove: (path, body) => ask('DELETE', path, body),
    getFile: (path) => send('GET', asGuest(path), undefined, readFile),
    postForFile: (path, body) => send('POST', asGuest(path), body, readFile),
    getStream: (path, signal) =>
      send(
        'GET',
        asGuest(path),
        undefined,
        async (response) =>
          response.ok && response.body
            ? response.body
            : readAnswer<never>(response.status, await response.text()),
        signal,
      ),
    getPageFile: async (address) => {
      try {
        const response = await fetch(address);
        if (response.ok) return await response.arrayBuffer();
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
      throw new RequestProblem(0, text.kit.screenMissing);
    },
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
    isReachable: async () => {
      try {
        await request('GET', '/server/ping');
        return true;
      } catch (error) {
        if (error instanceof RequestProblem) return false;
        throw error;
      }
    },
    upload: async (file, onProgress, signal, checksum) => {
      try {
        return await sendFile(file, onProgress, signal, checksum);
      } catch (error) {
        if (error instanceof RequestProblem && error.status === 401) onSessionEnd();
        throw error;
      }
    },
  };
}

const readFile = async (response: Response): Promise<Blob> =>
  response.ok ? response.blob() : readAnswer<never>(response.status, await response.text());

/** Where the pictures of an asset are. The thumbhash in the address makes a changed picture a new address. */
export function pictureUrl(id: string, size: 'thumbnail' | 'preview', thumbhash: string): string {
  return asGuest(`/api/assets/${id}/thumbnail?size=${size}&c=${encodeURIComponent(thumbhash)}`);
}

/** The original where a browser can show it, else the preview. */
export function fullsizeUrl(id: string, thumbhash: string): string {
  return asGuest(`/api/assets/${id}/thumbnail?size=fullsize&c=${encodeURIComponent(thumbhash)}`);
}

export function originalUrl(id: string): string {
  return asGuest(`/api/assets/${id}/original`);
}

/** Without a quality: what most players can play. */
export function playbackUrl(id: string, quality?: 'original' | 'small'): string {
  return asGuest(`/api/assets/${id}/video/playback${quality === undefined ? '' : `?quality=${quality}`}`);
}

/** Reads an answer of the server: its value, or a RequestProblem in words for the reader. */
export function readAnswer<T>(status: number, answer: string): T {
  let value: unknown;
  try {
    value = answer === '' ? undefined : JSON.parse(answer);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // Something between us and the box answered, or the box is only half up.
    throw new RequestProblem(status, text.kit.unexpectedAnswer(status));
  }
  if (status >= 200 && status < 300) return value as T;
  const code = (value as { code?: unknown } | null | undefined)?.code;
  const words = problemWords(value) ?? text.kit.unexpectedAnswer(status);
  throw new RequestProblem(status, words, typeof code === 'string' ? code : undefined);
}

/** XMLHttpRequest, because fetch cannot tell how much of a body has left. */
function sendFile(
  file: File,
  onProgress: (sentBytes: number) => void,
  signal: AbortSignal,
  checksum: string | undefined,
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
    request.open('POST', asGuest('/api/assets'));
    if (checksum !== undefined) request.setRequestHeader('x-immich-checksum', checksum);
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
