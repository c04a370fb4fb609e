import { pictureUrl } from './api.ts';

/** The cache of thumbnails that the worker fills; also named in worker/. */
const PICTURES_CACHE = 'pictures';

/** The cache of where photos were taken; also named in worker/. */
const MAP_CACHE = 'map';

/**
 * Starts the worker that keeps the page and its thumbnails for when the box is away. Browsers run one only over a
 * secure connection or on the machine itself; everywhere else the page works as well, online.
 */
export function startWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  void navigator.serviceWorker.register('/service-worker.js');
}

/**
 * Nothing of these photos stays in this browser: neither in the worker's cache nor in the browser's own. For what goes
 * into the locked folder.
 */
export async function forgetPicturesOf(
  assets: readonly { id: string; thumbhash: string | null }[],
): Promise<void> {
  const ids = new Set(assets.map(({ id }) => id));
  if ('caches' in window) {
    await caches.delete(MAP_CACHE);
    const cache = await caches.open(PICTURES_CACHE);
    for (const request of await cache.keys()) {
      const [, id] = /\/assets\/([^/]+)\//.exec(request.url) ?? [];
      if (id !== undefined && ids.has(id)) await cache.delete(request);
    }
  }
  // Asking anew throws away what the browser kept; that the answer is a refusal, or never comes, is of no interest, and
  // nobody needs to wait for it.
  void Promise.allSettled(
    assets.flatMap(({ id, thumbhash }) =>
      [
        pictureUrl(id, 'thumbnail', thumbhash ?? ''),
        pictureUrl(id, 'preview', thumbhash ?? ''),
        // As the covers of albums ask for it.
        pictureUrl(id, 'thumbnail', ''),
      ].map((url) => fetch(url, { cache: 'reload' })),
    ),
  );
}

/** After signing out nothing of the library stays in this browser. */
export async function forgetPictures(): Promise<void> {
  if (!('caches' in window)) return;
  await caches.delete(PICTURES_CACHE);
  await caches.delete(MAP_CACHE);
}
