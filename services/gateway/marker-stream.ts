import { Readable } from 'node:stream';
import type { AlbumMarkerFilter, MarkerFilter, MarkerKey, MarkerPage } from '#catalog/markers';
import { collectPassingBuffers } from '#runtime/collect-buffers';
import type { GatewayParts } from './parts.ts';

const OPENING = '['.charCodeAt(0);

/** Lists of markers one after the other: of users, then of albums. */
export interface MarkerLists {
  users: readonly MarkerFilter[];
  albums: readonly AlbumMarkerFilter[];
}

/**
 * All markers of these lists as the text of one JSON array, as fast as the client takes it: a page of it is in
 * memory and the next one on its way, and no transaction is open between them. Destroying it, as the end of the connection does,
 * ends the reading. The first page is read before anything is sent, so that what is wrong can still be said.
 */
export function markerStream({ reader }: Pick<GatewayParts, 'reader'>, lists: MarkerLists): Readable {
  const pages = async function* () {
    for (const filter of lists.users)
      yield* allPages<MarkerKey>((after) => reader.markers.page(filter, after));
    for (const filter of lists.albums)
      yield* allPages<string>((after) => reader.markers.albumPage(filter, after));
  };
  const text = async function* () {
    let isFirst = true;
    for await (const json of pages()) {
      // In place of the comma: one write less for each page.
      if (isFirst) json[0] = OPENING;
      isFirst = false;
      yield json;
      collectPassingBuffers(json.length);
    }
    yield isFirst ? '[]' : ']';
  };
  return Readable.from(text(), { objectMode: false });
}

async function* allPages<Key>(
  read: (after: Key | null) => Promise<MarkerPage<Key>>,
): AsyncGenerator<Uint8Array> {
  let next = read(null);
  for (;;) {
    const { json, end } = await next;
    if (end !== null) {
      next = read(end);
      // Whoever goes on hears of it above; with nobody to go on, nobody misses the page.
      next.catch(() => {});
    }
    if (json) yield json;
    if (end === null) return;
  }
}
