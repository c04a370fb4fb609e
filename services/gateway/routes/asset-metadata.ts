import { Type } from 'typebox';
import type { MetadataRow } from '#catalog/assets';
import {
  AssetMetadataBody,
  AssetMetadataBulkBody,
  AssetMetadataBulkDeleteBody,
  AssetMetadataBulkRow,
  AssetMetadataRow,
  metadataKeyParams,
} from '#contract/assets';
import { idParams, isoInstant } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import { requireOwned } from '../asset-access.ts';
import type { GatewayParts } from '../parts.ts';

const tell = ({ key, value, updatedAt }: MetadataRow): AssetMetadataRow => ({
  key,
  value: JSON.parse(value) as Record<string, unknown>,
  updatedAt: isoInstant(updatedAt),
});

/** `/assets/{id}/metadata`: what apps note about assets for themselves, such as their id in another cloud. */
export function assetMetadataRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, now } = parts;

  app.get(
    '/api/assets/:id/metadata',
    {
      config: { access: needs('asset.read') },
      schema: { params: idParams, response: { 200: Type.Array(AssetMetadataRow) } },
    },
    async ({ params, caller }) => {
      const [id] = requireOwned(parts, caller, [params.id], 'asset.read');
      return queries.assets.listMetadata(id!).map(tell);
    },
  );

  app.get(
    '/api/assets/:id/metadata/:key',
    {
      config: { access: needs('asset.read') },
      schema: { params: metadataKeyParams, response: { 200: AssetMetadataRow } },
    },
    async ({ params, caller }) => {
      const [id] = requireOwned(parts, caller, [params.id], 'asset.read');
      const row = queries.assets.listMetadata(id!).find(({ key }) => key === params.key);
      if (!row) throw new Problem('not_found_or_no_access', { scope: 'asset.read' });
      return tell(row);
    },
  );

  app.put(
    '/api/assets/:id/metadata',
    {
      config: { access: needs('asset.update') },
      schema: { params: idParams, body: AssetMetadataBody, response: { 200: Type.Array(AssetMetadataRow) } },
    },
    async ({ params, body, caller }) => {
      const assetId = requireOwned(parts, caller, [params.id], 'asset.update')[0]!;
      const at = now();
      const rows = body.items.map(({ key, value }) => ({ assetId, key, value: JSON.stringify(value) }));
      await writer.assetEdits.putMetadata(rows, at);
      return rows.map((row) => tell({ ...row, updatedAt: at }));
    },
  );

  app.delete(
    '/api/assets/:id/metadata/:key',
    { config: { access: needs('asset.update') }, schema: { params: metadataKeyParams } },
    async ({ params, caller }, reply) => {
      const assetId = requireOwned(parts, caller, [params.id], 'asset.update')[0]!;
      await writer.assetEdits.deleteMetadata([{ assetId, key: params.key }]);
      return reply.code(204).send();
    },
  );

  app.put(
    '/api/assets/metadata',
    {
      config: { access: needs('asset.update') },
      schema: { body: AssetMetadataBulkBody, response: { 200: Type.Array(AssetMetadataBulkRow) } },
    },
    async ({ body, caller }) => {
      requireOwned(
        parts,
        caller,
        body.items.map(({ assetId }) => assetId),
        'asset.update',
      );
      const at = now();
      const rows = body.items.map(({ assetId, key, value }) => ({
        assetId: assetId.toLowerCase(),
        key,
        value: JSON.stringify(value),
      }));
      await writer.assetEdits.putMetadata(rows, at);
      return rows.map((row) => ({ assetId: row.assetId, ...tell({ ...row, updatedAt: at }) }));
    },
  );

  app.delete(
    '/api/assets/metadata',
    { config: { access: needs('asset.update') }, schema: { body: AssetMetadataBulkDeleteBody } },
    async ({ body, caller }, reply) => {
      requireOwned(
        parts,
        caller,
        body.items.map(({ assetId }) => assetId),
        'asset.update',
      );
      await writer.assetEdits.deleteMetadata(
        body.items.map(({ assetId, key }) => ({ assetId: assetId.toLowerCase(), key })),
      );
      return reply.code(204).send();
    },
  );
}
