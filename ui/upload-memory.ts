/** What became of a file, as the receipt tells it. */
export type Outcome =
  | { kind: 'stored' }
  | { kind: 'duplicate' }
  /** Why, in words. */
  | { kind: 'failed'; reason: string };

/** What a page that is gone has left behind. */
export interface LeftBehind {
  /** Waiting, with their bytes. */
  waiting: readonly File[];
  /** Waiting, but too many to keep: their names. They have to be chosen again. */
  missing: readonly string[];
  /** What was settled before, oldest first. `file` is kept for failed ones that can be tried again. */
  settled: readonly { keptId: string; name: string; outcome: Outcome; file?: File }[];
}

/** Remembers uploads in this browser for when the page is closed or reloaded before they are done. */
export interface UploadMemory {
  /** What pages of this person that are gone left behind; from now on this page answers for it. */
  takeOver: () => Promise<LeftBehind>;
  /** Remembers files that wait, under the numbers of the queue. */
  keep: (uploads: readonly { key: number; file: File }[]) => void;
  settle: (key: number, outcome: Outcome) => void;
  /** Nothing of these is told again; `keptId` for what was taken over. */
  forget: (uploads: readonly { key: number; keptId?: string }[]) => void;
  /** Forgets what was taken over and still waits: all of it, or what is kept with its bytes. */
  forgetWaiting: (which: 'all' | 'with bytes') => void;
  /** Forgets what is settled. */
  forgetSettled: () => void;
  close: () => void;
}

interface Kept {
  /** The page and the number of the queue, so that no two pages meet. */
  id: string;
  userId: string;
  /** The page that answers for it. */
  pageId: string;
  /** When it was added: the order in which it is offered again. */
  addedAt: number;
  name: string;
  file?: File;
  outcome?: Outcome;
}

const DATABASE = 'uploads';
const STORE = 'upload';
const CHANNEL = 'upload-pages';

/** The browser copies what it keeps, so files are kept while all that wait are no more than this. */
const MAX_KEPT_BYTES = 512 * 1024 * 1024;

/** More names on a receipt than anyone reads. */
const MAX_SETTLED = 5000;

/** A receipt without failures is news for a day, unless its page wants it longer. */
const RECEIPT_MS = 24 * 3_600_000;

/** After this receipts go, whoever's they are, such as of guests who have not come again; what is not stored stays. */
const LONGEST_MS = 30 * 24 * 3_600_000;

/** How long other pages have to say that they are still there. */
const ANSWER_MS = 300;

/**
 * Undefined where the browser keeps nothing, such as in a private window of some; uploading works as well. `userId`
 * is who sends, by any name that is theirs alone; a receipt is told again for `receiptMs`.
 */
export function openUploadMemory(
  userId: string,
  { receiptMs = RECEIPT_MS }: { receiptMs?: number } = {},
): UploadMemory | undefined {
  if (!('indexedDB' in window) || !('BroadcastChannel' in window)) return undefined;
  const pageId = `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  let isGone = false;
  const opening = openDatabase(() => {
    isGone = true;
  });
  const channel = new BroadcastChannel(CHANNEL);
  let keptBytes = 0;
  const sizes = new Map<number, number>();
  let answers: Set<string> | undefined;
  channel.onmessage = ({ data }: MessageEvent<{ asks?: true; isHere?: string }>) => {
    if (data.asks) channel.postMessage({ isHere: pageId });
    else if (data.isHere) answers?.add(data.isHere);
  };

  const idOf = (key: number) => `${pageId}/${key}`;
  /** Does `work` on the store after all that was asked before; what the browser cannot keep is not kept. */
  async function change(work: (store: IDBObjectStore) => void): Promise<boolean> {
    const database = await opening;
    if (!database || isGone) return false;
    return new Promise((resolve) => {
      const transaction = database.transaction(STORE, 'readwrite');
      transaction.oncomplete = () => resolve(true);
      // Full, or a file that went away.
      transaction.onabort = () => resolve(false);
      work(transaction.objectStore(STORE));
    });
  }
  const forgetWhere = (isMeant: (kept: Kept) => boolean) =>
    void change((store) => {
      store.openCursor().onsuccess = ({ target }) => {
        const cursor = (target as IDBRequest<IDBCursorWithValue | null>).result;
        if (!cursor) return;
        if (isMeant(cursor.value as Kept)) cursor.delete();
        cursor.continue();
      };
    });
  const isMine = (kept: Kept) => kept.userId === userId && kept.pageId === pageId;

  async function keep(uploads: readonly { key: number; file: File }[]): Promise<void> {
    const bytes = uploads.reduce((sum, { file }) => sum + file.size, 0);
    const hasRoom = keptBytes + bytes <= MAX_KEPT_BYTES;
    if (hasRoom) {
      keptBytes += bytes;
      for (const { key, file } of uploads) sizes.set(key, file.size);
    }
    const addedAt = Date.now();
    const put = (withBytes: boolean) => (store: IDBObjectStore) => {
      for (const { key, file } of uploads) {
        const kept: Kept = { id: idOf(key), userId, pageId, addedAt: addedAt + key / 1e6, name: file.name };
        store.put(withBytes ? { ...kept, file } : kept);
      }
    };
    if (hasRoom && (await change(put(true)))) return;
    await change(put(false));
  }

  return {
    takeOver: async () => {
      answers = new Set([pageId]);
      channel.postMessage({ asks: true });
      await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
      const here = answers;
      answers = undefined;
      const found: Kept[] = [];
      await change((store) => {
        const asked = store.getAll();
        asked.onsuccess = () => {
          const isStoredFor = ({ outcome, addedAt }: Kept, ms: number) =>
            outcome !== undefined && outcome.kind !== 'failed' && Date.now() - addedAt > ms;
          const all = (asked.result as Kept[]).filter((kept) => !here.has(kept.pageId));
          for (const kept of all) if (isStoredFor(kept, LONGEST_MS)) store.delete(kept.id);
          const left = all.filter((kept) => kept.userId === userId).sort((a, b) => b.addedAt - a.addedAt);
          let settledCount = 0;
          for (const kept of left) {
            if (kept.outcome) settledCount += 1;
            if (isStoredFor(kept, receiptMs) || (kept.outcome && settledCount > MAX_SETTLED)) {
              store.delete(kept.id);
            } else {
              found.push(kept);
              store.put({ ...kept, pageId });
            }
          }
        };
      });
      return sortFound(found);
    },
    keep: (uploads) => void keep(uploads),
    settle: (key, outcome) => {
      keptBytes -= sizes.get(key) ?? 0;
      sizes.delete(key);
      void change((store) => {
        const asked = store.get(idOf(key));
        asked.onsuccess = () => {
          const { file, ...kept } = (asked.result ?? {}) as Partial<Kept>;
          // It could not be kept, or all was forgotten since.
          if (!kept.id) return;
          store.put({ ...kept, outcome, ...(outcome.kind === 'failed' && file && { file }) });
        };
      });
    },
    forget: (uploads) =>
      void change((store) => {
        for (const { key, keptId } of uploads) store.delete(keptId ?? idOf(key));
      }),
    forgetWaiting: (which) =>
      forgetWhere(
        (kept) =>
          isMine(kept) &&
          !kept.id.startsWith(`${pageId}/`) &&
          !kept.outcome &&
          (which === 'all' || kept.file !== undefined),
      ),
    forgetSettled: () => forgetWhere((kept) => isMine(kept) && kept.outcome !== undefined),
    close: () => {
      isGone = true;
      channel.close();
      void opening.then((database) => database?.close());
    },
  };
}

/** After signing out this browser remembers no uploads, whoever comes next. */
export function forgetUploads(): Promise<void> {
  if (!('indexedDB' in window)) return Promise.resolve();
  return new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(DATABASE);
    // Blocked by a page that is being left; it goes as soon as that is gone.
    asked.onsuccess = asked.onerror = asked.onblocked = () => resolve();
  });
}

/** Undefined when the browser refuses, as it may when its disk is full. */
function openDatabase(onGone: () => void): Promise<IDBDatabase | undefined> {
  return new Promise((resolve) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: 'id' });
    asked.onsuccess = () => {
      // Another page forgets everything: do not stand in its way.
      asked.result.onversionchange = () => {
        onGone();
        asked.result.close();
      };
      resolve(asked.result);
    };
    asked.onerror = () => resolve(undefined);
  });
}

function sortFound(found: Kept[]): LeftBehind {
  found.sort((a, b) => a.addedAt - b.addedAt);
  const waiting = found.filter(({ outcome }) => !outcome);
  const settled = found.flatMap(({ id, name, outcome, file }) =>
    outcome ? [{ keptId: id, name, outcome, ...(file && { file }) }] : [],
  );
  return {
    waiting: waiting.flatMap(({ file }) => (file ? [file] : [])),
    missing: waiting.filter(({ file }) => !file).map(({ name }) => name),
    settled,
  };
}
