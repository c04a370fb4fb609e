import { keepMarkers } from './map-cache.ts';
import { keepPicture } from './picture-cache.ts';
import { keepSharedFiles } from './shared-target.ts';

/** What a worker sees; written out, because the compiler cannot know a page and a worker in one program. */
interface WorkerEvent extends Event {
  waitUntil: (work: Promise<unknown>) => void;
}
interface WorkerFetchEvent extends WorkerEvent {
  request: Request;
  respondWith: (answer: Promise<Response>) => void;
}
declare const self: {
  location: Location;
  skipWaiting: () => Promise<void>;
  clients: { claim: () => Promise<void> };
  addEventListener: ((type: 'install' | 'activate', listener: (event: WorkerEvent) => void) => void) &
    ((type: 'fetch', listener: (event: WorkerFetchEvent) => void) => void);
};
/** The files of this version of the page; put in by build.ts. */
declare const PAGE_FILES: readonly string[];
/** Changes with any of them; put in by build.ts. */
declare const PAGE_VERSION: string;

const PAGE_CACHE = `page-${PAGE_VERSION}`;

self.addEventListener('install', (event) => {
  const keepPage = async () => {
    const cache = await caches.open(PAGE_CACHE);
    await cache.addAll(PAGE_FILES);
    await self.skipWaiting();
  };
  event.waitUntil(keepPage());
});

self.addEventListener('activate', (event) => {
  const takeOver = async () => {
    for (const name of await caches.keys())
      if (name.startsWith('page-') && name !== PAGE_CACHE) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(takeOver());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === 'POST' && url.pathname === '/share-target')
    event.respondWith(keepSharedFiles(request));
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') event.respondWith(openPage(request));
  else if (url.pathname.startsWith('/static/')) event.respondWith(findPageFile(request));
  else if (
    /^\/api\/assets\/[^/]+\/thumbnail$/.test(url.pathname) &&
    url.searchParams.get('size') === 'thumbnail'
  )
    event.respondWith(keepPicture(request, (work) => event.waitUntil(work)));
  else if (url.pathname === '/api/map/markers') event.respondWith(keepMarkers(request));
});

/** The page as the box has it now; the kept one when the box is away. */
async function openPage(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match('/', { cacheName: PAGE_CACHE });
    // fetch rejects with a TypeError when no answer arrives.
    if (!(error instanceof TypeError) || !kept) throw error;
    return kept;
  }
}

async function findPageFile(request: Request): Promise<Response> {
  const kept = await caches.match(request, { cacheName: PAGE_CACHE });
  if (kept) return kept;
  const response = await fetch(request);
  // The coasts of the world, 190 kB, are kept by those who look at them.
  if (response.status === 200 && /\/world-\w+\.bin$/.test(request.url))
    await (await caches.open(PAGE_CACHE)).put(request, response.clone());
  return response;
}
