import { stat } from 'node:fs/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AssetMedia } from '#catalog/assets';
import { editedFiles } from '#catalog/edits';
import { PlaybackQuery } from '#contract/appliance-video';
import { ThumbnailQuery } from '#contract/assets';
import { EditedQuery } from '#contract/edits';
import { idParams } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs, type Scope } from '#contract/scopes';
import { findExternalFile, isNowhere } from '#storage/external';
import type { GatewayApp } from '../app.ts';
import { hidesMetadata, mayDownload, requireDownload, viewerOf } from '../asset-access.ts';
import type { GatewayParts } from '../parts.ts';
import { sendFile } from '../send-file.ts';
import { openVideoMasks, type VideoMask } from '../share-video.ts';

/** Browsers show these as they are (contract §8.7); everything else is shown by its preview. */
const SHOWN_BY_BROWSERS: ReadonlySet<string> = new Set([
  'image/avif',
  'image/bmp',
  'image/gif',
  'image/jpeg',
  'image/png',
  'image/webp',
]);

/** Credentials and choices that a redirect hands on. */
const KEPT_PARAMETERS = ['key', 'slug', 'sessionKey', 'apiKey', 'edited'] as const;

type Size = keyof ReturnType<typeof editedFiles>;

/** A lost preview is asked for again at most this often, however many tiles miss it. */
const REMAKE_EVERY_MS = 10 * 60_000;

/** The bytes of assets: what makes the tiles, the viewer and the player (contract §3.4). */
export function assetMediaRoutes(app: GatewayApp, parts: GatewayParts): void {
  const remake = openRemaker(parts);
  const findMask = openVideoMasks();
  const find = (request: FastifyRequest, id: string, scope: Scope): AssetMedia => {
    const media = parts.queries.assets.findMedia(id.toLowerCase());
    if (!media || !parts.queries.access.canRead(viewerOf(request.caller, parts.now()), media))
      throw new Problem('not_found_or_no_access', { scope });
    // What a photo was called is metadata too.
    return hidesMetadata(request.caller) ? { ...media, originalName: media.id } : media;
  };
  /** What is only shown because the locked folder is open stays in no cache, where it would outlive that. */
  const isSecret = ({ caller }: FastifyRequest, media: AssetMedia): boolean => {
    const viewer = viewerOf(caller, parts.now());
    return viewer.isElevated === 1 && !parts.queries.access.canRead({ ...viewer, isElevated: 0 }, media);
  };
  /** The edited picture where it is asked for; what is shared is always shown as edited. */
  const wantsEdited = (request: FastifyRequest, media: AssetMedia, isAsked: boolean | undefined): boolean =>
    media.isEdited === 1 && (isAsked === true || request.caller.kind === 'share');
  const sendEdited = async (request: FastifyRequest, reply: FastifyReply, media: AssetMedia, size: Size) => {
    const picture = parts.queries.edits.findPicture(media.id);
    if (!picture) throw new Problem('file_missing');
    const name = editedFiles(picture.version)[size];
    const isSent = await sendFile(request, reply, {
      path: parts.layout.derivedFile(media.id, name),
      fileName: `${media.originalName.replace(/\.\w+$/, '')}-edited.${size === 'thumbnail' ? 'webp' : 'jpg'}`,
      mimeType: size === 'thumbnail' ? 'image/webp' : 'image/jpeg',
      expectedBytes: picture[`${size}Bytes`],
      etag: `${picture.version}-${size}`,
      isSecret: isSecret(request, media),
    });
    if (isSent) return reply;
    await remake(media.id, 'edit');
    throw new Problem('file_missing');
  };
  const sendOriginal = async (
    request: FastifyRequest,
    reply: FastifyReply,
    media: AssetMedia,
    mask?: VideoMask,
  ) => {
    const isExternal = findExternalFile(media.path) !== undefined;
    if (media.isOffline === 1) throw new Problem('original_offline', { name: media.originalName });
    const isSent = await sendFile(request, reply, {
      path: parts.layout.original(media.path),
      fileName: media.originalName,
      mimeType: media.mimeType,
      isSecret: isSecret(request, media),
      // A checksum tells whoever has the file that it is this one. What others may change is told by its size and
      // date instead, and is not what the catalog speaks of once its size differs.
      ...(isExternal
        ? { isExternal, expectedBytes: media.originalBytes }
        : { etag: mask ? `${media.id}-masked` : media.checksum }),
      ...(mask && { mask }),
    });
    if (!isSent)
      throw new Problem(isExternal ? 'original_offline' : 'original_missing', { name: media.originalName });
    return reply;
  };
  /** False when there is no small version, or it is lost: then it is made again. */
  const sendRendition = async (request: FastifyRequest, reply: FastifyReply, media: AssetMedia) => {
    const expectedBytes = parts.queries.renditions.find(media.id)?.bytes ?? null;
    if (expectedBytes === null) return false;
    const isSent = await sendFile(request, reply, {
      path: parts.layout.derivedFile(media.id, 'rendition.mp4'),
      fileName: `${media.originalName.replace(/\.\w+$/, '')}-small.mp4`,
      mimeType: 'video/mp4',
      expectedBytes,
      isSecret: isSecret(request, media),
    });
    if (!isSent) await remake(media.id, 'rendition');
    return isSent;
  };
  /** Whether the small version is what a player without a wish gets: what it needs, or all that there is. */
  const prefersSmall = (media: AssetMedia): boolean =>
    media.isOffline === 1 || parts.queries.renditions.find(media.id)?.plays === 'nowhere';
  // The server would answer HEAD by reading the whole file: these routes do it themselves.
  const method: ('GET' | 'HEAD')[] = ['GET', 'HEAD'];

  app.route({
    method,
    url: '/api/assets/:id/thumbnail',
    config: { access: needs('asset.view', { share: true }) },
    schema: { params: idParams, querystring: ThumbnailQuery },
    handler: async (request, reply) => {
      const media = find(request, request.params.id, 'asset.view');
      const size = request.query.size ?? 'thumbnail';
      const kept = keptParameters(request.query);
      // Relative, so that it holds behind a proxy that adds a path of its own.
      const isEdited = wantsEdited(request, media, request.query.edited);
      const isShown = (isEdited || SHOWN_BY_BROWSERS.has(media.mimeType)) && mayDownload(request.caller);
      if (size === 'original' || (size === 'fullsize' && isShown))
        return reply.redirect(`original${kept === '' ? '' : `?${kept}`}`, 302);
      if (size === 'fullsize')
        return reply.redirect(`thumbnail?size=preview${kept === '' ? '' : `&${kept}`}`, 302);

      if (isEdited) return sendEdited(request, reply, media, size === 'preview' ? 'preview' : 'thumbnail');
      const isPreview = size === 'preview';
      const expectedBytes = isPreview ? media.previewBytes : media.thumbnailBytes;
      // Not made yet. A stand-in would be kept by clients for weeks.
      if (expectedBytes === null) throw new Problem('file_missing');
      const name = isPreview ? 'preview.jpg' : 'thumbnail.webp';
      const isSent = await sendFile(request, reply, {
        path: parts.layout.derivedFile(media.id, name),
        fileName: `${media.originalName.replace(/\.\w+$/, '')}-${name}`,
        mimeType: isPreview ? 'image/jpeg' : 'image/webp',
        expectedBytes,
        isSecret: isSecret(request, media),
      });
      if (isSent) return reply;
      await remake(media.id, 'preview');
      throw new Problem('file_missing');
    },
  });

  app.route({
    method,
    url: '/api/assets/:id/original',
    config: { access: needs('asset.download', { share: true }) },
    schema: { params: idParams, querystring: EditedQuery },
    handler: async (request, reply) => {
      requireDownload(request.caller);
      const media = find(request, request.params.id, 'asset.download');
      return wantsEdited(request, media, request.query.edited)
        ? sendEdited(request, reply, media, 'full')
        : sendOriginal(request, reply, media);
    },
  });

  app.route({
    method,
    url: '/api/assets/:id/video/playback',
    config: { access: needs('asset.view', { share: true }) },
    schema: { params: idParams, querystring: PlaybackQuery },
    handler: async (request, reply) => {
      const media = find(request, request.params.id, 'asset.view');
      if (media.type !== 'VIDEO') throw new Problem('file_missing');
      const { quality } = request.query;
      const isSmall = quality === 'small' || (quality === undefined && prefersSmall(media));
      if (isSmall && (await sendRendition(request, reply, media))) return reply;
      if (quality === 'small' && parts.queries.renditions.find(media.id)?.state !== 'needless')
        throw new Problem('file_missing');
      if (!hidesMetadata(request.caller)) return sendOriginal(request, reply, media);
      // What is played is the original, which says where it was taken.
      if (media.isOffline === 1) throw new Problem('original_offline', { name: media.originalName });
      const path = parts.layout.original(media.path);
      const mask = await findMask(path, findExternalFile(media.path) ? await versionOf(path) : '');
      if (!mask) {
        // The small version has nothing in it but pictures and sound.
        if (quality === undefined && (await sendRendition(request, reply, media))) return reply;
        throw new Problem('file_missing');
      }
      return sendOriginal(request, reply, media, mask);
    },
  });
}

/** What tells one content of a file from another one that took its name; '' when it is not there. */
const versionOf = (path: string): Promise<string> =>
  stat(path).then(
    ({ size, mtimeMs }) => `${size}-${mtimeMs}`,
    (error: unknown) => {
      if (isNowhere(error)) return '';
      throw error;
    },
  );

function keptParameters(query: Record<string, unknown>): string {
  const kept = new URLSearchParams();
  for (const name of KEPT_PARAMETERS) {
    const value = query[name];
    if (typeof value === 'string' || typeof value === 'boolean') kept.set(name, String(value));
  }
  return kept.toString();
}

/** Asks ingest to make previews again that the catalog knows but the drive has not. */
function openRemaker({ writer, now, wakeIngest }: GatewayParts) {
  const asked = new Map<string, number>();
  return async (assetId: string, kind: 'preview' | 'edit' | 'rendition'): Promise<void> => {
    const at = now();
    if (at - (asked.get(assetId) ?? Number.NEGATIVE_INFINITY) < REMAKE_EVERY_MS) return;
    for (const [id, since] of asked) if (at - since >= REMAKE_EVERY_MS) asked.delete(id);
    asked.set(assetId, at);
    await writer.jobs.enqueue({ kind, assetId, now: at, dueAt: at });
    wakeIngest();
  };
}
