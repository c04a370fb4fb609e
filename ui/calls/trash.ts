import type { SearchResponse } from '#contract/search';
import type { Api } from '../api.ts';
import type { GridAsset } from '../photo-source.ts';
import type { Stretch } from '../trash-days.ts';
import { gridAssetOf } from './shared-links.ts';

/** The most that the box hands out at a time. */
const PAGE_SIZE = 1000;

/** For how many days the box keeps what is in the trash; undefined when what is deleted is gone at once. */
export async function readTrashDays(api: Api): Promise<number | undefined> {
  const [features, config] = await Promise.all([
    api.get<{ trash: boolean }>('/server/features'),
    api.get<{ trashDays: number }>('/server/config'),
  ]);
  return features.trash ? config.trashDays : undefined;
}

const filterOf = ({ fromMs, toMs }: Stretch) => ({
  trashedAfter: new Date(fromMs).toISOString(),
  ...(toMs !== undefined && { trashedBefore: new Date(toMs).toISOString() }),
});

/** How many photos came into the trash within this time. */
export async function countTrashed(api: Api, stretch: Stretch): Promise<number> {
  return (await api.post<{ total: number }>('/search/statistics', filterOf(stretch))).total;
}

/** All of them, the newest photo first. */
export async function listTrashed(api: Api, stretch: Stretch): Promise<GridAsset[]> {
  const assets: GridAsset[] = [];
  for (let page = 1; ; page += 1) {
    const body = { ...filterOf(stretch), size: PAGE_SIZE, page };
    const found = (await api.post<SearchResponse>('/search/metadata', body)).assets;
    assets.push(...found.items.map(gridAssetOf));
    if (found.nextPage === null) return assets;
  }
}

/** Everything in one's trash goes for ever. */
export function emptyTrash(api: Api): Promise<{ count: number }> {
  return api.post('/trash/empty');
}

/** Everything in one's trash goes back to where it was. */
export function restoreAll(api: Api): Promise<{ count: number }> {
  return api.post('/trash/restore');
}
