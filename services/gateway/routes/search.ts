import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import type { Viewer } from '#catalog/access';
import type { AssetRow } from '#catalog/assets';
import type { PageRequest } from '#catalog/search';
import { branchesOf } from '#catalog/search-filter';
import type { SharedLink } from '#catalog/shared-links';
import { AssetResponse } from '#contract/assets';
import { isoInstant } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import {
  Explore,
  GuestSearchResponse,
  LargeAssetsQuery,
  MetadataSearchBody,
  NameQuery,
  PlaceResponse,
  RandomSearchBody,
  type SearchFilters,
  SearchResponse,
  SearchStatistics,
  StatisticsSearchBody,
  Suggestions,
  SuggestionsQuery,
} from '#contract/search';
import type { GatewayApp } from '../app.ts';
import { hidesMetadata, requireAlbumRole, requireElevationFor, viewerOf } from '../asset-access.ts';
import { fillDetails } from '../asset-details.ts';
import { assetResponse } from '../asset-response.ts';
import type { Caller } from '../caller.ts';
import type { GatewayParts } from '../parts.ts';
import { openSearchPages, readCursor, writeCursor } from '../search-pages.ts';
import { assetFor } from '../share-view.ts';

const PAGE_SIZE = 250;
/** Rows that may be skipped on the event loop when a page's start is not remembered. */
const MOST_SKIPPED = 5_000;
/** Cities on the explore page. */
const EXPLORE_CITIES = 12;
/** Photos that arrived last, on the same page. */
const EXPLORE_RECENT = 12;
/** Places offered while somebody types. */
const MOST_PLACES = 20;

const NOTHING = { total: 0, count: 0, items: [], facets: [] };
const read = needs('asset.read');

/** `/search`: finding assets by what is known of them. */
export function searchRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, reader, now } = parts;
  const pages = openSearchPages();

  /** Makes sure that this caller may ask that, whatever the answer will be. */
  const permit = (caller: Caller, filters: SearchFilters) => {
    requireElevationFor(filters.visibility, caller, now());
    if (caller.kind === 'share') requireGuestFilters(caller.link, filters);
    for (const { visibility, albumIds } of filters.filter ? branchesOf(filters.filter) : []) {
      for (const asked of [visibility?.eq, ...(visibility?.in ?? [])])
        requireElevationFor(asked, caller, now());
      for (const id of Object.values(albumIds ?? {}).flat())
        requireAlbumRole(parts, caller, id.toLowerCase(), 'viewer', 'album.read');
    }
    // Whoever asks for an album, in either way, is shown what all of its members gave.
    const { any, all } = filters.filter?.albumIds ?? {};
    const albumIds = [filters.albumIds, any, all].find((ids) => ids?.length)?.map((id) => id.toLowerCase());
    for (const id of albumIds ?? []) requireAlbumRole(parts, caller, id, 'viewer', 'album.read');
    const partnerIds = caller.kind === 'share' ? [] : queries.partners.listInTimeline(caller.user.id);
    const viewer: Viewer = { ...viewerOf(caller, now()), ...(partnerIds.length > 0 && { partnerIds }) };
    return { viewer, filters: albumIds ? { ...filters, albumIds } : filters };
  };
  const shape = (filters: SearchFilters) => ({
    withExif: filters.withExif ?? false,
    withPeople: filters.withPeople ?? false,
    withStack: filters.withStacked ?? false,
  });
  const show = (caller: Caller, rows: readonly AssetRow[], filters: SearchFilters): AssetResponse[] =>
    fillDetails(
      parts,
      caller.user.id,
      rows.map((row) => assetResponse(row, { viewerId: caller.user.id, ...shape(filters) })),
    );

  app.post(
    '/api/search/metadata',
    {
      config: { access: needs('asset.read', { share: true }) },
      schema: {
        body: MetadataSearchBody,
        response: { 200: GuestSearchResponse },
      },
    },
    async ({ body, caller }) => {
      const { size = PAGE_SIZE, orderBy = {}, cursor, ...rest } = body;
      const { page = 1, order = 'desc', ...asked } = rest;
      const { viewer, filters } = permit(caller, asked);
      // Ratings, sizes and exact times are metadata, and cursors hold them.
      const hasCursor = !hidesMetadata(caller);
      if (!hasCursor && (cursor !== undefined || orderBy.field !== undefined))
        throw new Problem('guest_search', { filter: 'order' });
      const sorting = {
        orderField: orderBy.field ?? 'fileCreatedAt',
        order: orderBy.direction ?? (orderBy.field ? 'desc' : order),
      };
      const search = createHash('sha256')
        .update(JSON.stringify([viewer, size, sorting, filters]))
        .digest('base64');
      const start = page === 1 ? undefined : pages.findStart(search, page);
      const after = cursor === undefined ? start : readCursor(cursor, sorting.orderField);
      const offset = (page - 1) * size;
      const request: PageRequest = { viewer, filters, ...sorting, size, offset, ...(after ? { after } : {}) };
      // What no index keeps in order is sorted elsewhere.
      const isNear =
        sorting.orderField === 'fileCreatedAt' && (after !== undefined || offset <= MOST_SKIPPED);
      const found = !isNear
        ? undefined
        : queries.search.isIndexed(viewer, filters)
          ? queries.search.readPage(request)
          : queries.search.readNearPage(request);
      const { rows, end } = found ?? (await reader.search.readPage(request));
      if (end && cursor === undefined) pages.noteEnd(search, page, end);
      return {
        albums: NOTHING,
        assets: {
          total: rows.length,
          count: rows.length,
          items: fillDetails(
            parts,
            caller.user.id,
            rows.map((row) => assetFor(caller, row, shape(filters))),
          ),
          facets: [],
          // Behind a cursor there are no numbers any more.
          nextPage: end && cursor === undefined ? String(page + 1) : null,
          nextCursor: end && hasCursor ? writeCursor(end, sorting.orderField) : null,
        },
      };
    },
  );

  app.post(
    '/api/search/random',
    {
      config: { access: read },
      schema: { body: RandomSearchBody, response: { 200: Type.Array(AssetResponse) } },
    },
    async ({ body, caller }) => {
      const { size = PAGE_SIZE, ...asked } = body;
      // Widgets put what they get on a screen: the video half of a live photo is nothing to show there.
      const { viewer, filters } = permit(caller, { visibility: 'timeline', ...asked });
      const rows =
        (filters.albumIds?.length ? undefined : queries.search.listRandom(viewer, filters, size)) ??
        (await reader.search.listRandomOfAll(viewer, filters, size));
      return show(caller, rows, filters);
    },
  );

  app.post(
    '/api/search/statistics',
    {
      config: { access: needs('asset.statistics') },
      schema: { body: StatisticsSearchBody, response: { 200: SearchStatistics } },
    },
    async ({ body, caller }) => {
      const { viewer, filters } = permit(caller, body);
      return { total: await reader.search.count(viewer, filters) };
    },
  );

  app.post(
    '/api/search/large-assets',
    {
      config: { access: read },
      schema: { querystring: LargeAssetsQuery, response: { 200: Type.Array(AssetResponse) } },
    },
    async ({ query, caller }) => {
      const { minFileSize = 0, size = PAGE_SIZE, ...asked } = query;
      const { viewer, filters } = permit(caller, asked);
      // What takes space is looked for to be cleared away: that is everybody's own business.
      const own = { ...viewer, partnerIds: [] };
      const rows = await reader.search.listLargest(own, filters, minFileSize, size);
      return show(caller, rows, { ...filters, withExif: true });
    },
  );

  app.post(
    '/api/search/smart',
    { config: { access: read }, schema: { response: { 200: SearchResponse } } },
    async () => {
      throw new Problem('search_unavailable');
    },
  );

  app.get(
    '/api/search/suggestions',
    {
      config: { access: read },
      schema: { querystring: SuggestionsQuery, response: { 200: Suggestions } },
    },
    async ({ query, caller }) => {
      const { type, includeNull = false, ...choice } = query;
      return queries.search.listSuggestions(caller.user.id, type, choice, includeNull);
    },
  );

  app.get(
    '/api/search/explore',
    { config: { access: read }, schema: { response: { 200: Explore } } },
    async ({ caller }) => {
      const top = queries.search.listTopCities(caller.user.id, EXPLORE_CITIES);
      const newest = queries.search.listCityNewest(caller.user.id, top);
      const items = newest.map((row) => ({
        value: row.city!,
        data: assetResponse(row, { viewerId: caller.user.id, withExif: true }),
      }));
      const recent = queries.search.listRecent(caller.user.id, EXPLORE_RECENT).map((row) => ({
        value: isoInstant(row.createdAt),
        data: assetResponse(row, { viewerId: caller.user.id, withExif: true }),
      }));
      return [
        { fieldName: 'exifInfo.city', items },
        { fieldName: 'createdAt', items: recent },
      ].filter((group) => group.items.length > 0);
    },
  );

  app.get(
    '/api/search/cities',
    { config: { access: read }, schema: { response: { 200: Type.Array(AssetResponse) } } },
    async ({ caller }) => {
      const rows = await reader.search.listCityNewest(caller.user.id);
      return show(caller, rows, { withExif: true });
    },
  );

  app.get(
    '/api/search/places',
    {
      config: { access: read },
      schema: { querystring: NameQuery, response: { 200: Type.Array(PlaceResponse) } },
    },
    async ({ query }) =>
      (await parts.places.search(query.name, MOST_PLACES)).map(
        ({ state, country, ...place }): PlaceResponse => ({
          ...place,
          ...(state !== null && { admin1name: state }),
          country,
        }),
      ),
  );
}

/** What guests may search by without finding out more than they are shown. */
const GUEST_FILTERS: ReadonlySet<string> = new Set([
  ...['albumIds', 'type', 'visibility', 'takenAfter', 'takenBefore', 'isMotion'],
  ...['withDeleted', 'withExif', 'withPeople', 'withStacked'],
]);
const METADATA_FILTERS: ReadonlySet<string> = new Set([
  ...['id', 'checksum', 'city', 'state', 'country', 'make', 'model', 'lensModel'],
  ...['description', 'originalFileName', 'rating'],
]);

/** Refuses a guest's search outside the link's album, or by what the link does not show. */
function requireGuestFilters(link: SharedLink, filters: SearchFilters): void {
  if (!filters.albumIds?.length) throw new Problem('guest_search', { filter: 'everything else' });
  for (const [filter, value] of Object.entries(filters)) {
    if (value === undefined || GUEST_FILTERS.has(filter)) continue;
    if (link.showMetadata === 1 && METADATA_FILTERS.has(filter)) continue;
    throw new Problem('guest_search', { filter });
  }
}
