/** The cache of thumbnails that the worker fills; also named in worker/. */
const PICTURES_CACHE = 'pictures';

/**
 * Starts the worker that keeps the page and its thumbnails for when the box is away. Browsers run one only over a
 * secure connection or on the machine itself; everywhere else the page works as well, online.
 */
export function startWorker(): void {
  if (!('serviceWorker' in navigator)) return;
  void navigator.serviceWorker.register('/service-worker.js');
}

/** After signing out nothing of the library stays in this browser. */
export async function forgetPictures(): Promise<void> {
  if ('caches' in window) await caches.delete(PICTURES_CACHE);
}
