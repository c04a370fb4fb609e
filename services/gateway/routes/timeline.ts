import { Type } from 'typebox';
import type { TimelineFilter } from '#catalog/timeline';
import { writeMonth } from '#catalog/timeline-month';
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
import { requireAlbumRole, requireElevationFor, viewerOf } from '../asset-access.ts';
import type { Caller } from '../caller.ts';
import type { GatewayParts } from '../parts.ts';

/** Months of an album with more photos than this are put together on the reader's thread. */
const LARGE_ALBUM = 10_000;

/** `/timeline`: what the web scrolls through, month by month; and `/map/markers`. */
export function timelineRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, reader } = parts;
  const access = needs('asset.read', { share: true });
  const isHard = (filter: TimelineFilter) =>
    filter.box !== undefined ||
    (filter.albumId !== undefined && queries.albums.isLargerThan(filter.albumId, LARGE_ALBUM));

  app.get(
    '/api/timeline/buckets',
    { config: { access }, schema: { querystring: TimelineQuery, response: { 200: TimelineBuckets } } },
    async ({ query, caller }) => {
      const filter = readFilter(parts, caller, query);
      if (!filter) return [];
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
      const { withCoordinates = false, withStacked = false } = query;
      const month = `${query.timeBucket.slice(0, 7)}-01`;
      if (Number.isNaN(Date.parse(month)))
        throw new Problem('timeline_query', { reason: 'timeBucket must be a date' });
      const text = !filter
        ? writeMonth([], {
            viewerId: caller.user.id,
            basis: 'taken',
            order: 'desc',
            withCoordinates,
            withStacks: withStacked,
          })
        : isHard(filter)
          ? await reader.timeline.readMonth({ ...filter, month, withCoordinates })
          : queries.timeline.readMonth({ ...filter, month, withCoordinates });
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
    async ({ query, caller }) => {
      const flag = (value: boolean | undefined) => (value === undefined ? null : value ? 1 : 0);
      const instant = (text: string | undefined) => (text === undefined ? null : Date.parse(text));
      return reader.assets.listMarkers({
        ownerId: caller.user.id,
        isArchived: flag(query.isArchived),
        isFavorite: flag(query.isFavorite),
        capturedAfter: instant(query.fileCreatedAfter),
        capturedBefore: instant(query.fileCreatedBefore),
      });
    },
  );
}

/** What a timeline shows; undefined when that can be nothing: nothing here has people or tags yet. */
function readFilter(parts: GatewayParts, caller: Caller, query: TimelineQuery): TimelineFilter | undefined {
  const scope = 'asset.read';
  requireElevationFor(query.visibility, caller, parts.now());
  if (
    query.withPartners &&
    (query.visibility !== 'timeline' || query.isFavorite !== undefined || query.isTrashed)
  )
    throw new Problem('timeline_query', {
      reason: 'withPartners is only for visibility=timeline, without favorites and trash',
    });
  // Nobody can be a partner yet, so only one's own timeline is open.
  if (query.userId !== undefined && query.userId.toLowerCase() !== caller.user.id)
    throw new Problem('not_found_or_no_access', { scope });
  const albumId = query.albumId?.toLowerCase();
  if (albumId !== undefined) requireAlbumRole(parts, caller, albumId, 'viewer', 'album.read');
  if (query.personId !== undefined || query.tagId !== undefined) return undefined;

  const filter: TimelineFilter = {
    viewer: viewerOf(caller, parts.now()),
    basis: query.orderBy === 'createdAt' ? 'created' : 'taken',
    order: query.order ?? 'desc',
  };
  if (albumId !== undefined) filter.albumId = albumId;
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
