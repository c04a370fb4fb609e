import type { BulkIdResult } from '#contract/primitives';
import { uniqueIds, viewerOf } from './asset-access.ts';
import type { Caller } from './caller.ts';
import type { GatewayParts } from './parts.ts';

/**
 * Which of these assets the caller may put into an album: their own, neither in the locked folder nor the
 * hidden part of another. The others come with the answer they get.
 */
export function addableAssets(
  { queries, now }: GatewayParts,
  caller: Caller,
  ids: readonly string[],
): { addable: string[]; refused: BulkIdResult[] } {
  const unique = uniqueIds(ids);
  const owned = queries.access.listOwned(viewerOf(caller, now()), unique);
  const shown = queries.access.listShown([...owned]);
  return {
    addable: unique.filter((id) => shown.has(id)),
    refused: unique
      .filter((id) => !shown.has(id))
      .map((id) => ({ id, success: false, error: 'no_permission' })),
  };
}

/** Answers in the order of the question, one for each time an id was named; a second time is a duplicate. */
export function inOrder(ids: readonly string[], results: readonly BulkIdResult[]): BulkIdResult[] {
  const byId = new Map(results.map((result) => [result.id, result]));
  const seen = new Set<string>();
  return ids.map((asked) => {
    const id = asked.toLowerCase();
    if (seen.has(id)) return { id, success: false, error: 'duplicate' };
    seen.add(id);
    return byId.get(id)!;
  });
}
