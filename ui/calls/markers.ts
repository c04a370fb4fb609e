import type { MapMarker } from '#contract/timeline';
import { type Api, RequestProblem } from '../api.ts';
import { text } from '../text.ts';

/** How long the page may be busy with what has arrived before it does something else. */
const SLICE_MS = 8;

/**
 * Where photos were taken: own ones, and those that others share. There can be a million, so they are handed on in
 * pieces as they arrive, and the page stays free between them.
 */
export async function readMarkers(
  api: Api,
  onMarkers: (markers: readonly MapMarker[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const stream = await api.getStream('/map/markers?withPartners=true&withSharedAlbums=true', signal);
  const reader = stream
    .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
    .getReader();
  const splitter = createMarkerSplitter();
  let since = performance.now();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const markers = splitter.add(value);
      if (markers.length > 0) onMarkers(markers);
      if (performance.now() - since > SLICE_MS) {
        await new Promise((resolve) => setTimeout(resolve));
        since = performance.now();
      }
    }
    const last = splitter.finish();
    if (last.length > 0) onMarkers(last);
  } catch (error) {
    if (error instanceof TypeError) throw new RequestProblem(0, text.kit.unreachable);
    throw error;
  }
}

/**
 * Reads a JSON array of objects from its pieces. What parts two objects cannot be inside a text, where its quotes
 * would be written with a backslash. `finish` gives what is left when all pieces are here.
 */
export function createMarkerSplitter(): {
  add: (piece: string) => MapMarker[];
  finish: () => MapMarker[];
} {
  let left = '';
  return {
    add: (piece) => {
      left += piece;
      const end = left.lastIndexOf('},{"') + 1;
      if (end === 0) return [];
      const markers = JSON.parse(`[${left.slice(1, end)}]`) as MapMarker[];
      // Begins with the comma, as the first piece does with the bracket.
      left = left.slice(end);
      return markers;
    },
    finish: () => (left === '' ? [] : (JSON.parse(`[${left.slice(1)}`) as MapMarker[])),
  };
}
