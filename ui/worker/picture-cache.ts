/** Also named in ui/worker.ts, which deletes it when somebody signs out. */
export const PICTURES_CACHE = 'pictures';

/** About 60 MB at 20 kB a thumbnail: what was looked at in the last days, on a phone that has other things to keep. */
const MAX_PICTURES = 3000;

/**
 * The addresses of what is kept, the oldest first: listed once by each worker, because a browser makes a request of
 * each when it lists them. While somebody scrolled on, listing them again and again took hundreds of megabytes.
 */
let known: Promise<Set<string>> | undefined;

/**
 * A thumbnail from the cache, or from the box into the cache. Its address changes with the picture, so a kept one
 * is never out of date. What the box says nobody may keep, such as the locked folder, is not kept, nor what somebody
 * sees as the guest of a link, which may be closed again. `goOn` keeps the worker at work that nobody waits for.
 */
export async function keepPicture(request: Request, goOn: (work: Promise<void>) => void): Promise<Response> {
  const { searchParams } = new URL(request.url);
  if (searchParams.has('key') || searchParams.has('slug')) return fetch(request);
  const cache = await caches.open(PICTURES_CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  const mayKeep = response.status === 200 && !response.headers.get('cache-control')?.includes('no-store');
  if (mayKeep) goOn(keep(cache, request, response.clone()));
  return response;
}

async function keep(cache: Cache, request: Request, response: Response): Promise<void> {
  await cache.put(request, response);
  await removeOldest(cache, request.url);
}

/** Removes what came first once there is more than may be kept; `added` came last. */
async function removeOldest(cache: Cache, added: string): Promise<void> {
  known ??= listKept(cache);
  const addresses = await known;
  // What was forgotten by the page and came again is new again.
  addresses.delete(added);
  addresses.add(added);
  for (const address of addresses) {
    if (addresses.size <= MAX_PICTURES) break;
    addresses.delete(address);
    await cache.delete(address, { ignoreVary: true });
  }
}

/** A cache lists what it holds in the order in which it came. */
const listKept = async (cache: Cache): Promise<Set<string>> =>
  new Set((await cache.keys()).map(({ url }) => url));
