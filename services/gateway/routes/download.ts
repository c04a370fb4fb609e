import { editedFiles } from '#catalog/edits';
import { DownloadArchiveBody, DownloadInfo, DownloadInfoBody } from '#contract/download';
import { readPreferences } from '#contract/preference-values';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import { findExternalFile } from '#storage/external';
import type { GatewayApp } from '../app.ts';
import { requireAlbumRole, requireDownload, requireReadable } from '../asset-access.ts';
import type { Caller } from '../caller.ts';
import type { GatewayParts } from '../parts.ts';
import { encodeFileName } from '../send-file.ts';
import { archiveNames, openZip } from '../zip-stream.ts';

/** 4 GiB: archives up to this size open everywhere, also without 64-bit sizes. */
const ARCHIVE_BYTES = 4 * 1024 ** 3;

/** A plan names every photo; more of them than this are a backup, for which drives are better than browsers. */
const MOST_ASSETS = 100_000;

/** `/download`: many originals as archives. */
export function downloadRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, reader, layout } = parts;
  const access = needs('asset.download', { share: true });

  const listIds = async (
    caller: Caller,
    body: { assetIds?: string[]; albumId?: string; userId?: string },
  ) => {
    requireDownload(caller);
    if (body.assetIds) return requireReadable(parts, caller, body.assetIds, 'asset.download');
    if (body.albumId !== undefined) {
      const albumId = body.albumId.toLowerCase();
      requireAlbumRole(parts, caller, albumId, 'viewer', 'album.download');
      return reader.albums.listAssetIds(albumId);
    }
    if (caller.kind === 'share' || body.userId?.toLowerCase() !== caller.user.id)
      throw new Problem('not_found_or_no_access', { scope: 'asset.download' });
    return reader.assets.listShown(caller.user.id, MOST_ASSETS + 1);
  };

  app.post(
    '/api/download/info',
    { config: { access }, schema: { body: DownloadInfoBody, response: { 201: DownloadInfo } } },
    async ({ body, caller }, reply) => {
      const ids = await listIds(caller, body);
      if (ids.length > MOST_ASSETS) throw new Problem('archive_too_large');
      const { includeEmbeddedVideos } = readPreferences(caller.user.preferences).download;
      const limit = body.archiveSize ?? ARCHIVE_BYTES;
      const media = await reader.assets.listMedia(ids);
      const videoIds = media.flatMap(({ liveVideoId }) => liveVideoId ?? []);
      const videos = new Map(
        (await reader.assets.listMedia(videoIds)).map((video) => [video.id, video] as const),
      );
      const archives: DownloadInfo['archives'] = [];
      for (const asset of media) {
        const video = asset.liveVideoId === null ? undefined : videos.get(asset.liveVideoId);
        // A video that Apple's phones sent beside the photo is part of it; one inside the photo's own file is extra.
        const motion = video && (includeEmbeddedVideos || video.isExtracted === 0) ? video : undefined;
        const size = asset.originalBytes + (motion?.originalBytes ?? 0);
        let archive = archives.at(-1);
        if (!archive || archive.size + size > limit) {
          archive = { size: 0, assetIds: [] };
          archives.push(archive);
        }
        archive.size += size;
        archive.assetIds.push(asset.id, ...(motion ? [motion.id] : []));
      }
      return reply.code(201).send({
        totalSize: archives.reduce((sum, { size }) => sum + size, 0),
        archives,
      });
    },
  );

  app.post(
    '/api/download/archive',
    { config: { access }, schema: { body: DownloadArchiveBody } },
    async ({ body, caller }, reply) => {
      requireDownload(caller);
      const ids = requireReadable(parts, caller, body.assetIds, 'asset.download');
      const media = await reader.assets.listMedia(ids);
      // What is shared is always shown as edited.
      const wantsEdited = body.edited === true || caller.kind === 'share';
      const files = media.map((asset) => {
        const picture = wantsEdited && asset.isEdited === 1 ? queries.edits.findPicture(asset.id) : undefined;
        if (!picture) {
          // Said in words while there is still an answer to say it in.
          if (asset.isOffline === 1) throw new Problem('original_offline', { name: asset.originalName });
          return {
            name: asset.originalName,
            path: layout.original(asset.path),
            bytes: asset.originalBytes,
            isExternal: findExternalFile(asset.path) !== undefined,
          };
        }
        return {
          name: `${asset.originalName.replace(/\.\w+$/, '')}.jpg`,
          path: layout.derivedFile(asset.id, editedFiles(picture.version).full),
          bytes: picture.fullBytes,
          isExternal: false,
        };
      });
      const names = archiveNames(files.map(({ name }) => name));
      const zip = openZip(
        files.map(({ path, bytes, isExternal }, at) => ({
          path,
          bytes,
          isExternal,
          name: names[at]!,
          modifiedAt: media[at]!.localAt,
        })),
      );
      const name = (body.archiveName ?? 'photos').replace(/(?:\.zip)?$/i, '.zip');
      return reply
        .headers({
          'content-type': 'application/octet-stream',
          'content-disposition': `attachment; filename*=UTF-8''${encodeFileName(name)}`,
          'cache-control': 'no-store',
        })
        .send(zip);
    },
  );
}
