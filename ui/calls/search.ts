import type { AssetResponse } from '#contract/assets';
import type { PersonResponse } from '#contract/people';
import type { Explore, PlaceResponse, SearchFilters, SearchResponse } from '#contract/search';
import type { TagResponse } from '#contract/tags';
import type { Api } from '../api.ts';
import { listTags } from './assets.ts';

/** What photos are looked for by; the server's own names. */
export type SearchRequest = SearchFilters;

/** Photos on one page of an answer: enough for several screens. */
const PAGE_SIZE = 200;

/** Page 1 is the first; `hasMore` says whether another one follows. Newest photo first. */
export async function searchAssets(
  api: Api,
  request: SearchRequest,
  page: number,
): Promise<{ assets: AssetResponse[]; hasMore: boolean }> {
  const { assets } = await api.post<SearchResponse>('/search/metadata', {
    ...request,
    page,
    size: PAGE_SIZE,
    withExif: true,
    withPeople: true,
  });
  return { assets: assets.items, hasMore: assets.nextPage !== null };
}

export async function countFound(api: Api, request: SearchRequest): Promise<number> {
  return (await api.post<{ total: number }>('/search/statistics', request)).total;
}

/** The cities with most photos and the photos that arrived last. */
export function exploreLibrary(api: Api): Promise<Explore> {
  return api.get('/search/explore');
}

/** All that photos can be looked for by name. */
export interface SearchNames {
  people: readonly PersonResponse[];
  tags: readonly TagResponse[];
  cities: readonly string[];
  states: readonly string[];
  countries: readonly string[];
  makes: readonly string[];
  models: readonly string[];
}

export async function readSearchNames(api: Api): Promise<SearchNames> {
  const list = async (type: string) =>
    (await api.get<(string | null)[]>('/search/suggestions', { type })).filter((name) => name !== null);
  const [{ people }, tags, cities, states, countries, makes, models] = await Promise.all([
    api.get<{ people: PersonResponse[] }>('/people', { size: 1000 }),
    listTags(api),
    list('city'),
    list('state'),
    list('country'),
    list('camera-make'),
    list('camera-model'),
  ]);
  return { people, tags, cities, states, countries, makes, models };
}

/** Places of the world whose name begins like this, whether there are photos of them or not; what is meant most first. */
export function findPlaces(api: Api, name: string): Promise<PlaceResponse[]> {
  return api.get('/search/places', { name });
}
