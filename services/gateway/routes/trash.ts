import { TrashResponse } from '#contract/assets';
import { idsBody } from '#contract/primitives';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import { requireOwned, viewerOf } from '../asset-access.ts';
import type { Caller } from '../caller.ts';
import { deleteForGood } from '../delete-assets.ts';
import type { GatewayParts } from '../parts.ts';

/** Assets looked up and changed at a time, so that a trash of any size needs little memory and no long lock. */
const CHUNK = 500;

/** `/trash`: getting photos back, or rid of them. Each answers how many. */
export function trashRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, events, now } = parts;
  const access = needs('asset.delete');

  const restore = async (ownerId: string, ids: readonly string[]): Promise<number> => {
    const restored = await writer.trash.restore(ids, now());
    if (restored.length > 0) events.toUser(ownerId, 'on_asset_restore', restored);
    return restored.length;
  };
  /** Works through what is in the trash now; what comes in meanwhile is left for next time. */
  const workThrough = async (caller: Caller, work: (ids: string[]) => Promise<number>): Promise<number> => {
    const before = now();
    const viewer = viewerOf(caller, before);
    let count = 0;
    for (;;) {
      const ids = queries.trash.list({ viewer, before, most: CHUNK });
      if (ids.length === 0) return count;
      const done = await work(ids);
      // Somebody else is doing the same right now: they finish it.
      if (done === 0) return count;
      count += done;
    }
  };

  app.post(
    '/api/trash/empty',
    { config: { access }, schema: { response: { 200: TrashResponse } } },
    async ({ caller }) => ({
      count: await workThrough(caller, (ids) =>
        deleteForGood(parts, caller.user.id, ids, { onlyTrashed: true }),
      ),
    }),
  );

  app.post(
    '/api/trash/restore',
    { config: { access }, schema: { response: { 200: TrashResponse } } },
    async ({ caller }) => ({
      count: await workThrough(caller, (ids) => restore(caller.user.id, ids)),
    }),
  );

  app.post(
    '/api/trash/restore/assets',
    { config: { access }, schema: { body: idsBody, response: { 200: TrashResponse } } },
    async ({ body, caller }) => {
      const ids = requireOwned(parts, caller, body.ids, 'asset.delete');
      let count = 0;
      for (let at = 0; at < ids.length; at += CHUNK)
        count += await restore(caller.user.id, ids.slice(at, at + CHUNK));
      return { count };
    },
  );
}
