import type { Deletion } from '#catalog/trash';
import type { GatewayParts } from './parts.ts';

/** Assets deleted in one transaction: uploads that wait for the writer meanwhile do not notice. */
const CHUNK = 250;

/**
 * Deletes assets of one owner for good, with the videos of live photos among them, and has their files
 * removed. With `onlyTrashed`, what was restored meanwhile is kept. Returns how many of `ids` are gone.
 */
export async function deleteForGood(
  parts: GatewayParts,
  ownerId: string,
  ids: readonly string[],
  { onlyTrashed }: { onlyTrashed: boolean },
): Promise<number> {
  const { queries, writer, layout, events, now } = parts;
  const deletion = (id: string): Deletion => ({ id, derivedPath: layout.derivedPath(id) });
  let count = 0;
  for (let at = 0; at < ids.length; at += CHUNK) {
    const chunk = new Set(ids.slice(at, at + CHUNK));
    const motionParts = queries.assets.listMotionParts([...chunk]).filter((id) => !chunk.has(id));
    const gone = await writer.trash.deleteForGood({
      assets: [...chunk].map(deletion),
      motionParts: motionParts.map(deletion),
      onlyTrashed,
      now: now(),
    });
    for (const id of gone) events.toUser(ownerId, 'on_asset_delete', id);
    count += gone.filter((id) => chunk.has(id)).length;
  }
  if (count > 0) parts.wakeIngest();
  return count;
}
