import { Type } from 'typebox';
import { AssetResponse } from '#contract/assets';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import { assetResponse } from '../asset-response.ts';
import type { GatewayParts } from '../parts.ts';

const FolderQuery = Type.Object({ path: Type.String({ maxLength: 4096 }) });

/** `/view/folder`: originals by where they lie on the drives. */
export function folderRoutes(app: GatewayApp, { queries }: GatewayParts): void {
  const access = needs('folder.read');

  app.get(
    '/api/view/folder/unique-paths',
    { config: { access }, schema: { response: { 200: Type.Array(Type.String()) } } },
    async ({ caller }) => queries.folders.list(caller.user.id, `library/${caller.user.folder}`),
  );

  app.get(
    '/api/view/folder',
    {
      config: { access },
      schema: { querystring: FolderQuery, response: { 200: Type.Array(AssetResponse) } },
    },
    async ({ query, caller }) =>
      queries.folders
        .listAssets(caller.user.id, query.path.replace(/\/+$/, ''))
        .map((row) => assetResponse(row, { viewerId: caller.user.id, withExif: true })),
  );
}
