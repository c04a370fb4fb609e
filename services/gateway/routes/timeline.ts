import { type Static, Type } from 'typebox';
import { ANY_TIME } from '#catalog/markers';
import type { TimelineFilter } from '#catalog/timeline';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import {
  MapMarker,
  MapMarkersQuery,
  TimelineBucket,
  TimelineBucketQuery,
  TimelineBuckets,
  TimelineQuery,
} from '#contract/timeline';
import type { GatewayApp } from '../app.ts';
import { hidesMetadata, requireAlbumRole, requireElevationFor, viewerOf } from '../asset-access.ts';
import type { Caller } from '../caller.ts';
import { type MarkerLists, markerStream } from '../marker-stream.ts';
import type { GatewayParts } from '../parts.ts';
import { ValidationProblem } from '../plugins/validate.ts';

/** Months of an album with more photos than this are put together on the reader's thread. */
const LARGE_ALBUM = 10_000;

/** `/timeline`: what the web scrolls through, month by month; and `/map/markers`. */
export function timelineRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, reader } = parts;
  const access = needs('asset.read', { share: true });
  const isHard = (filter: TimelineFilter) =>
    filter.box !== undefined ||
    filter.personId !== undefined ||
    filter.tagId !== undefined ||
    filter.isLargeAlbum === true;

  app.get(
    '/api/timeline/buckets',
    { config: { access }, schema: { querystring: TimelineQuery, response: { 200: TimelineBuckets } } },
    async ({ query, caller }) => {
      const filter = readFilter(parts, caller, query);
      const months = isHard(filter)
        ? await reader.timeline.listMonths(filter)
        : queries.timeline.listMonths(filter);
      return months.map(({ month, count }) => ({ timeBucket: month, count }));
    },
  );

  app.get(
    '/api/timeline/bucket',
    { config: { access }, schema: { querystring: TimelineBucketQuery, response: { 200: TimelineBucket } } },
    async ({ query, caller }, reply) => {
      const filter = readFilter(parts, caller, query);

      const withoutPlaces = hidesMetadata(caller);
      const withCoordinates = !withoutPlaces && (query.withCoordinates ?? false);
      const month = `${query.timeBucket.slice(0, 7)}-01`;
      if (Number.isNaN(Date.parse(month)))
        throw new Problem('timeline_query', { reason: 'timeBucket must be a date' });
      const text = isHard(filter)
        ? await reader.timeline.readMonth({ ...filter, month, withCoordinates, withoutPlaces })
        : queries.timeline.readMonth({ ...filter, month, withCoordinates, withoutPlaces });
      // It is JSON already; the schema says of what shape.
      return reply.type('application/json; charset=utf-8').send(text as never);
    },
  );

  app.get(
    '/api/map/markers',
    {
      config: { access: needs('map.read') },
      schema: { querystring: MapMarkersQuery, response: { 200: Type.Array(MapMarker) } },
    },
    async ({ query, caller }, reply) => {
      const markers = markerStream(parts, readMarkerLists(parts, caller, query));
      // It is JSON already; the schema says of what shape.
      return reply.type('application/json; charset=utf-8').send(markers as never);
    },
  );
}

/**
 * Whose photos are on the map. What others have in their archive and what they like is their own affair: they are
 * left out where that is asked for.
 */
function readMarkerLists(
  { queries }: GatewayParts,
  { user }: Caller,
  query: Static<typeof MapMarkersQuery>,
): MarkerLists {
  const flag = (value: boolean | undefined): 0 | 1 | null => (value === undefined ? null : value ? 1 : 0);
  const instant = (name: 'fileCreatedAfter' | 'fileCreatedBefore', otherwise: number) => {
    const text = query[name];
    const at = text === undefined ? otherwise : Date.parse(text);
    if (Number.isNaN(at)) throw new ValidationProblem([{ path: [name], message: 'must be a date' }]);
    return at;
  };
  const range = {
    capturedAfter: instant('fileCreatedAfter', ANY_TIME.capturedAfter),
    capturedBefore: instant('fileCreatedBefore', ANY_TIME.capturedBefore),
  };
  const own = { ownerId: user.id, isArchived: flag(query.isArchived), isFavorite: flag(query.isFavorite) };
  const ofOthers = query.isArchived !== true && query.isFavorite !== true;
  const partnerIds = query.withPartners && ofOthers ? queries.partners.listInTimeline(user.id) : [];
  const albumIds = query.withSharedAlbums && ofOthers ? queries.markers.listAlbums(user.id) : [];
  return {
    users: [
      { ...own, ...range },
      ...partnerIds.map((ownerId) => ({ ownerId, isArchived: 0 as const, isFavorite: null, ...range })),
    ],
    albums: albumIds.map((albumId) => ({ albumId, beside: { userId: user.id, partnerIds }, ...range })),
  };
}

/** What a timeline shows, once it is sure that this caller may see that. */
export function readFilter(parts: GatewayParts, caller: Caller, query: TimelineQuery): TimelineFilter {
  requireElevationFor(query.visibility, caller, parts.now());
  if (
    query.withPartners &&
    (query.visibility !== 'timeline' || query.isFavorite !== undefined || query.isTrashed)
  )
    throw new Problem('timeline_query', {
      reason: 'withPartners is only for visibility=timeline, without favorites and trash',
    });
  const albumId = query.albumId?.toLowerCase();
  if (caller.kind === 'share') requireGuestQuery(caller, query);
  if (albumId !== undefined) requireAlbumRole(parts, caller, albumId, 'viewer', 'album.read');
  const personId = query.personId?.toLowerCase();
  const tagId = query.tagId?.toLowerCase();
  if ([albumId, personId, tagId].filter((id) => id !== undefined).length > 1)
    throw new Problem('timeline_query', { reason: 'albumId, personId and tagId do not go together' });
  if (personId !== undefined && !parts.queries.people.find(caller.user.id, personId))
    throw new Problem('not_found_or_no_access', { scope: 'person.read' });
  if (tagId !== undefined && !parts.queries.tags.findOwned(caller.user.id, tagId))
    throw new Problem('not_found_or_no_access', { scope: 'tag.read' });

  const filter: TimelineFilter = {
    viewer: viewerOf(caller, parts.now()),
    basis: query.orderBy === 'createdAt' ? 'created' : 'taken',
    order: query.order ?? 'desc',
  };
  const ownerIds = caller.kind === 'share' ? undefined : readOwners(parts, caller, query);
  if (ownerIds) filter.ownerIds = ownerIds;
  if (albumId !== undefined) {
    filter.albumId = albumId;
    filter.isLargeAlbum = parts.queries.albums.isLargerThan(albumId, LARGE_ALBUM);
  }
  if (personId !== undefined) filter.personId = personId;
  if (tagId !== undefined) filter.tagId = tagId;
  if (query.visibility !== undefined) filter.visibility = query.visibility;
  if (query.isFavorite !== undefined) filter.isFavorite = query.isFavorite;
  if (query.isTrashed !== undefined) filter.isTrashed = query.isTrashed;
  if (query.withStacked !== undefined) filter.withStacked = query.withStacked;
  if (query.bbox !== undefined) {
    const [west, south, east, north] = query.bbox.split(',').map(Number) as [number, number, number, number];
    if (![west, south, east, north].every(Number.isFinite))
      throw new Problem('timeline_query', { reason: 'bbox must be west,south,east,north in degrees' });
    filter.box = { west, south, east, north };
  }
  return filter;
}

/**
 * Whose photos, when not only the caller's: those of partners too, or those of the one partner who is asked for.
 * Throws unless they share, and for more than their timelines.
 */
function readOwners({ queries }: GatewayParts, { user }: Caller, query: TimelineQuery): string[] | undefined {
  const userId = query.userId?.toLowerCase() ?? user.id;
  if (userId === user.id) {
    const partnerIds = query.withPartners ? queries.partners.listInTimeline(user.id) : [];
    return partnerIds.length === 0 ? undefined : [user.id, ...partnerIds];
  }
  const isShared = queries.partners.listSharedWith(user.id).some(({ sharedById }) => sharedById === userId);
  const isTimeline = query.visibility === 'timeline' && query.isFavorite === undefined && !query.isTrashed;
  if (!isShared || !isTimeline) throw new Problem('not_found_or_no_access', { scope: 'asset.read' });
  return [userId];
}

/** Guests look at the album of their link, and not for what they are not shown. */
function requireGuestQuery(caller: Caller, query: TimelineQuery): void {
  const asksMore =
    query.albumId === undefined ||
    [query.userId, query.personId, query.tagId, query.isFavorite].some((value) => value !== undefined) ||
    query.withPartners ||
    (query.bbox !== undefined && hidesMetadata(caller));
  if (asksMore) throw new Problem('not_found_or_no_access', { scope: 'asset.read' });
}
