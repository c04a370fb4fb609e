import { randomUUID } from 'node:crypto';
import type { EditableAsset } from '#catalog/edits';
import { AssetEdits, type EditStep, EditsBody } from '#contract/edits';
import { idParams } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import { requireOwned, requireReadable } from '../asset-access.ts';
import { announceEdited } from '../asset-events.ts';
import type { GatewayParts } from '../parts.ts';

/** Edits that leave the original as it is: how a photo is cropped, turned and mirrored when it is shown (contract §3.5.12). */
export function editRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, layout, now } = parts;
  const url = '/api/assets/:id/edits';

  app.get(
    url,
    {
      config: { access: needs('asset.edit.get') },
      schema: { params: idParams, response: { 200: AssetEdits } },
    },
    async ({ params, caller }) => {
      const assetId = requireReadable(parts, caller, [params.id], 'asset.edit.get')[0]!;
      return { assetId, edits: queries.edits.list(assetId) };
    },
  );

  app.put(
    url,
    {
      config: { access: needs('asset.edit.create') },
      schema: { params: idParams, body: EditsBody, response: { 200: AssetEdits } },
    },
    async ({ params, body, caller }) => {
      const assetId = requireOwned(parts, caller, [params.id], 'asset.edit.create')[0]!;
      requireFitting(queries.edits.findEditable(assetId), body.edits);
      const edits = body.edits.map((edit) => ({ ...edit, id: randomUUID() as string }));
      await writer.edits.replace({ assetId, edits, now: now() });
      parts.wakeIngest();
      return { assetId, edits: queries.edits.list(assetId) };
    },
  );

  app.delete(
    url,
    { config: { access: needs('asset.edit.delete') }, schema: { params: idParams } },
    async ({ params, caller }, reply) => {
      const assetId = requireOwned(parts, caller, [params.id], 'asset.edit.delete')[0]!;
      const derivedPath = layout.derivedPath(assetId);
      if (await writer.edits.undo({ assetId, derivedPath, now: now() })) {
        announceEdited(parts, assetId);
        parts.wakeIngest();
      }
      return reply.code(204).send();
    },
  );
}

/** Moving pictures, drawings and panoramas would have to be edited in other ways than a photo. */
function requireFitting(asset: EditableAsset | undefined, edits: readonly EditStep[]): void {
  if (!asset) throw new Problem('not_found_or_no_access', { scope: 'asset.edit.create' });
  const isPhoto = asset.type === 'IMAGE' && !['image/gif', 'image/svg+xml'].includes(asset.mimeType);
  if (!isPhoto || asset.liveVideoId !== null || asset.projectionType !== null) throw new Problem('edit_kind');
  const { plainWidthPx, plainHeightPx } = asset;
  if (plainWidthPx === null || plainHeightPx === null) throw new Problem('edit_not_ready');
  edits.forEach(({ action, parameters }, at) => {
    if (action !== 'crop') return;
    const isInside =
      parameters.x + parameters.width <= plainWidthPx && parameters.y + parameters.height <= plainHeightPx;
    if (at > 0 || !isInside) throw new Problem('edit_crop');
  });
}
