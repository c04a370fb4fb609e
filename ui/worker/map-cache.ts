/** Also named in ui/worker.ts, which deletes it when somebody signs out or locks a photo away. */
export const MAP_CACHE = 'map';

/** The places of some 50,000 photos. With more the map is drawn only while the box answers: phones keep other things. */
const MOST_BYTES = 8_000_000;

/**
 * Where photos were taken, from the box; while it is away as it was told last. The page reads it as it arrives. Only
 * the last answer is kept, and none that is longer than the bound; what guests of a link see is not.
 */
export async function keepMarkers(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  if (searchParams.has('key') || searchParams.has('slug')) return fetch(request);
  const cache = await caches.open(MAP_CACHE);
  try {
    const response = await fetch(request);
    return response.status === 200 && response.body ? keepWhileRead(cache, request, response) : response;
  } catch (error) {
    const kept = await cache.match(request);
    // fetch rejects with a TypeError when no answer arrives.
    if (!(error instanceof TypeError) || !kept) throw error;
    return kept;
  }
}

/** The same answer; once all of it has passed, it is in the cache. */
function keepWhileRead(cache: Cache, request: Request, { body, status, headers }: Response): Response {
  let kept: Uint8Array<ArrayBuffer>[] | undefined = [];
  let bytes = 0;
  const passing = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (piece, controller) => {
      bytes += piece.length;
      if (bytes > MOST_BYTES) kept = undefined;
      // Handed on, a piece may be taken apart by its reader.
      kept?.push(piece.slice());
      controller.enqueue(piece);
    },
    flush: async () => {
      for (const old of await cache.keys()) await cache.delete(old);
      if (kept) await cache.put(request, new Response(new Blob(kept), { status, headers }));
    },
  });
  return new Response(body!.pipeThrough(passing), { status, headers });
}
