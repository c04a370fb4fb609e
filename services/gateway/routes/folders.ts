import { Type } from 'typebox';
import { AssetResponse } from '#contract/assets';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import { assetResponse } from '../asset-response.ts';
import type { GatewayParts } from '../parts.ts';

const FolderQuery = Type.Object({ path: Type.String({ maxLength: 4096 }) });

/** `/view/folder`: originals by where they lie on the drives, and photos of external libraries by where those are. */
export function folderRoutes(app: GatewayApp, { queries, reader }: GatewayParts): void {
  const access = needs('folder.read');

  app.get(
    '/api/view/folder/unique-paths',
    { config: { access }, schema: { response: { 200: Type.Array(Type.String()) } } },
    async ({ caller }) => {
      const { id, folder } = caller.user;
      const hasExternal = queries.libraries.listFolders(id).length > 0;
      const external = hasExternal ? await reader.libraries.listDirs(id) : [];
      return [...queries.folders.list(id, `library/${folder}`), ...external];
    },
  );

  app.get(
    '/api/view/folder',
    {
      config: { access },
      schema: { querystring: FolderQuery, response: { 200: Type.Array(AssetResponse) } },
    },
    async ({ query, caller }) => {
      const viewerId = caller.user.id;
      const path = query.path.replace(/\/+$/, '');
      // Folders of external libraries are named from the top, those of the pool from its own.
      const rows = path.startsWith('/')
        ? queries.assets.listByIds(queries.libraries.listIn(viewerId, path))
        : queries.folders.listAssets(viewerId, path);
      return rows.map((row) => assetResponse(row, { viewerId, withExif: true }));
    },
  );
}
