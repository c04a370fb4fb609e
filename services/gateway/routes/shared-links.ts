import { randomBytes, randomUUID } from 'node:crypto';
import { type Static, Type } from 'typebox';
import type { SharedLink, SharedLinkChange } from '#catalog/shared-links';
import { idParams } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { anyone, needs, type Scope } from '#contract/scopes';
import {
  GuestSharedLink,
  SharedLinkAssetsBody,
  SharedLinkAssetsResponse,
  SharedLinkCreateBody,
  SharedLinkEditBody,
  SharedLinkListQuery,
  SharedLinkLoginBody,
  SharedLinkResponse,
} from '#contract/shared-links';
import type { AccountParts } from '../accounts.ts';
import { addableAssets, inOrder } from '../album-assets.ts';
import type { GatewayApp } from '../app.ts';
import { requireAlbumRole, uniqueIds } from '../asset-access.ts';
import { announceAlbums } from '../asset-events.ts';
import type { Caller } from '../caller.ts';
import { sendLong } from '../long-list.ts';
import { ValidationProblem } from '../plugins/validate.ts';
import {
  findShare,
  isPasswordOf,
  KEY_BYTES,
  LINK_COOKIE,
  readShareCredential,
  withToken,
} from '../share-guest.ts';
import { guestSharedLink, sharedLinkResponse } from '../share-view.ts';

/** How long a browser need not be asked for a link's password again (contract §2.8). */
const COOKIE_SECONDS = 24 * 60 * 60;

/** `/shared-links`: what opens photos to people without an account (contract §2.8, §3.5.11). */
export function sharedLinkRoutes(app: GatewayApp, parts: AccountParts): void {
  const { queries, writer, now, attempts } = parts;

  const findOwn = (caller: Caller, id: string, scope: Scope): SharedLink => {
    const link = queries.sharedLinks.findById(id.toLowerCase());
    if (link?.userId !== caller.user.id) throw new Problem('not_found_or_no_access', { scope });
    return link;
  };
  /** Members see in the album whether it has a link. */
  const announce = ({ albumId }: Pick<SharedLink, 'albumId'>) =>
    announceAlbums(parts, albumId === null ? [] : [albumId]);

  app.get(
    '/api/shared-links',
    {
      config: { access: needs('sharedLink.read') },
      schema: { querystring: SharedLinkListQuery, response: { 200: Type.Array(SharedLinkResponse) } },
    },
    async (request, reply) => {
      const { query, caller } = request;
      const links = queries.sharedLinks.list({
        userId: caller.user.id,
        albumId: query.albumId?.toLowerCase() ?? null,
        id: query.id?.toLowerCase() ?? null,
      });
      return sendLong(
        request,
        reply,
        await Promise.all(links.map((link) => sharedLinkResponse(parts, caller, link))),
      );
    },
  );

  app.post(
    '/api/shared-links',
    {
      config: { access: needs('sharedLink.create') },
      schema: { body: SharedLinkCreateBody, response: { 201: SharedLinkResponse } },
    },
    async (request, reply) => {
      const { body, caller } = request;
      const id = randomUUID();
      const showMetadata = body.showMetadata ?? true;
      await writer.sharedLinks.create({
        id,
        userId: caller.user.id,
        ...readContent(caller, body),
        key: randomBytes(KEY_BYTES),
        slug: textOrNull(body.slug),
        description: textOrNull(body.description),
        password: body.password || null,
        expiresAt: instantOrNull(body.expiresAt),
        allowUpload: body.allowUpload ?? true,
        allowDownload: showMetadata && (body.allowDownload ?? true),
        showMetadata,
        now: now(),
      });
      const link = findOwn(caller, id, 'sharedLink.create');
      announce(link);
      return sendLong(request, reply.code(201), await sharedLinkResponse(parts, caller, link));
    },
  );

  /** What a new link is to show: an album of the caller's, or photos of theirs. Throws `link_content`. */
  const readContent = (caller: Caller, body: Static<typeof SharedLinkCreateBody>) => {
    const albumId = body.albumId?.toLowerCase() ?? null;
    const ids = uniqueIds(body.assetIds ?? []);
    if ((body.type === 'ALBUM') !== (albumId !== null)) throw new Problem('link_content');
    if (albumId !== null) {
      requireAlbumRole(parts, caller, albumId, 'owner', 'album.share');
      return { albumId, assetIds: [] };
    }
    const { addable, refused } = addableAssets(parts, caller, ids);
    if (addable.length === 0 || refused.length > 0) throw new Problem('link_content');
    return { albumId, assetIds: addable };
  };

  app.get(
    '/api/shared-links/me',
    {
      config: { access: needs('sharedLink.read', { share: true }) },
      schema: { response: { 200: GuestSharedLink } },
    },
    async (request, reply) => {
      const { caller } = request;
      // Only a link has such a page.
      if (caller.kind !== 'share') throw new Problem('not_found_or_no_access', { scope: 'sharedLink.read' });
      return sendLong(request, reply, await guestSharedLink(parts, caller));
    },
  );

  app.post(
    '/api/shared-links/login',
    // The link and its password are the credential.
    { config: { access: anyone }, schema: { body: SharedLinkLoginBody, response: { 201: GuestSharedLink } } },
    async (request, reply) => {
      const credential = readShareCredential(request.headers, request.query as Record<string, unknown>);
      if (!credential) throw new Problem('share_key_unknown');
      const { link, user } = findShare(parts, credential);
      const isRight = await attempts.attempt({ kind: 'link', linkId: link.id }, request.ip, async () =>
        isPasswordOf(link, request.body.password),
      );
      if (!isRight) throw new Problem('share_password_wrong');
      reply.setCookie(LINK_COOKIE, withToken(parts, link, request.cookies[LINK_COOKIE]), {
        path: '/',
        sameSite: 'lax',
        httpOnly: true,
        maxAge: COOKIE_SECONDS,
        secure: request.protocol === 'https',
      });
      return sendLong(request, reply.code(201), await guestSharedLink(parts, { kind: 'share', user, link }));
    },
  );

  app.get(
    '/api/shared-links/:id',
    {
      config: { access: needs('sharedLink.read') },
      schema: { params: idParams, response: { 200: SharedLinkResponse } },
    },
    async (request, reply) => {
      const { params, caller } = request;
      const link = findOwn(caller, params.id, 'sharedLink.read');
      return sendLong(request, reply, await sharedLinkResponse(parts, caller, link));
    },
  );

  app.patch(
    '/api/shared-links/:id',
    {
      config: { access: needs('sharedLink.update') },
      schema: { params: idParams, body: SharedLinkEditBody, response: { 200: SharedLinkResponse } },
    },
    async (request, reply) => {
      const { params, body, caller } = request;
      const { id } = findOwn(caller, params.id, 'sharedLink.update');
      await writer.sharedLinks.update(id, readChange(body));
      const link = findOwn(caller, id, 'sharedLink.update');
      return sendLong(request, reply, await sharedLinkResponse(parts, caller, link));
    },
  );

  app.delete(
    '/api/shared-links/:id',
    { config: { access: needs('sharedLink.delete') }, schema: { params: idParams } },
    async ({ params, caller }, reply) => {
      const link = findOwn(caller, params.id, 'sharedLink.delete');
      await writer.sharedLinks.delete(link.id);
      announce(link);
      return reply.code(204).send();
    },
  );

  const assetsSchema = {
    params: idParams,
    body: SharedLinkAssetsBody,
    response: { 200: SharedLinkAssetsResponse },
  };
  const findIndividual = (caller: Caller, id: string): SharedLink => {
    const link = findOwn(caller, id, 'sharedLink.update');
    if (link.type !== 'INDIVIDUAL') throw new Problem('link_content');
    return link;
  };
  const answer = (...args: Parameters<typeof inOrder>): SharedLinkAssetsResponse =>
    inOrder(...args).map(({ id, ...result }) => ({ assetId: id, ...result }));

  app.put(
    '/api/shared-links/:id/assets',
    { config: { access: needs('sharedLink.update') }, schema: assetsSchema },
    async ({ params, body, caller }) => {
      const link = findIndividual(caller, params.id);
      const { addable, refused } = addableAssets(parts, caller, body.assetIds);
      const added = await writer.sharedLinks.addAssets(link.id, addable);
      return answer(body.assetIds, [...added, ...refused]);
    },
  );

  app.delete(
    '/api/shared-links/:id/assets',
    { config: { access: needs('sharedLink.update') }, schema: assetsSchema },
    async ({ params, body, caller }) => {
      const link = findIndividual(caller, params.id);
      return answer(body.assetIds, await writer.sharedLinks.removeAssets(link.id, uniqueIds(body.assetIds)));
    },
  );
}

function readChange(body: SharedLinkEditBody): SharedLinkChange {
  const change: SharedLinkChange = {};
  if (body.slug !== undefined) change.slug = textOrNull(body.slug);
  if (body.description !== undefined) change.description = textOrNull(body.description);
  if (body.password !== undefined) change.password = body.password || null;
  if (body.expiresAt !== undefined || body.changeExpiryTime) change.expiresAt = instantOrNull(body.expiresAt);
  if (body.allowUpload !== undefined) change.allowUpload = body.allowUpload;
  if (body.allowDownload !== undefined) change.allowDownload = body.allowDownload;
  if (body.showMetadata !== undefined) change.showMetadata = body.showMetadata;
  return change;
}

const textOrNull = (text: string | null | undefined): string | null => text?.trim() || null;

/** Throws for what looks like an instant and is none, as a leap second is: it must not become "never". */
function instantOrNull(text: string | null | undefined): number | null {
  if (!text) return null;
  const instant = Date.parse(text);
  if (Number.isNaN(instant))
    throw new ValidationProblem([{ path: ['expiresAt'], message: 'must be a date' }]);
  return instant;
}
