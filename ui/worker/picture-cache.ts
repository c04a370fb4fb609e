/** Also named in ui/worker.ts, which deletes it when somebody signs out. */
export const PICTURES_CACHE = 'pictures';

/** About 60 MB at 20 kB a thumbnail: what was looked at in the last days, on a phone that has other things to keep. */
const MAX_PICTURES = 3000;

/** How many pictures may come before the oldest are removed; looking through all of them costs some time. */
const CLEAN_EVERY = 100;

/** A browser ends a worker after seconds without work, so each looks through them at its first picture. */
let sinceCleaning = CLEAN_EVERY;

/**
 * A thumbnail from the cache, or from the box into the cache. Its address changes with the picture, so a kept one
 * is never out of date. What the box says nobody may keep, such as the locked folder, is not kept, nor what somebody
 * sees as the guest of a link, which may be closed again.
 */
export async function keepPicture(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  if (searchParams.has('key') || searchParams.has('slug')) return fetch(request);
  const cache = await caches.open(PICTURES_CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  const mayKeep = response.status === 200 && !response.headers.get('cache-control')?.includes('no-store');
  if (mayKeep) {
    await cache.put(request, response.clone());
    sinceCleaning += 1;
    if (sinceCleaning >= CLEAN_EVERY) {
      sinceCleaning = 0;
      await removeOldest(cache);
    }
  }
  return response;
}

/** A cache lists what it holds in the order in which it came. */
async function removeOldest(cache: Cache): Promise<void> {
  const requests = await cache.keys();
  for (const request of requests.slice(0, Math.max(0, requests.length - MAX_PICTURES)))
    await cache.delete(request);
}
