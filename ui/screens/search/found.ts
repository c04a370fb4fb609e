import type { AssetResponse } from '#contract/assets';
import { type Api, RequestProblem } from '../../api.ts';
import { countFound, searchAssets } from '../../calls/search.ts';
import { gridAssetOf } from '../../calls/shared-links.ts';
import { dateWords } from '../../dates.ts';
import { createListSource } from '../../list-source.ts';
import type { GridAsset, PhotoSource } from '../../photo-source.ts';
import { createStore, type Store } from '../../store.ts';
import { text } from '../../text.ts';
import { requestOf, type SearchWish } from './search-wish.ts';
import { findReasons } from './why.ts';

export interface FoundProgress {
  /** Of all pages; undefined until it is known. */
  total?: number;
  hasMore: boolean;
  isBusy: boolean;
  problem?: RequestProblem;
}

export interface Found {
  source: PhotoSource;
  progress: Store<FoundProgress>;
  /** Asks for the next page; also after a problem. */
  more: () => Promise<void>;
}

/** What fits a wish, page by page as one list. */
export function createFound(api: Api, wish: SearchWish): Found {
  const list = createListSource();
  const progress = createStore<FoundProgress>({ hasMore: true, isBusy: false });
  const request = requestOf(wish);
  let assets: GridAsset[] = [];
  let pages = 0;
  let turn = 0;

  async function ask(page: number): Promise<void> {
    const mine = ++turn;
    const { problem: _, ...before } = progress.get();
    progress.set({ ...before, isBusy: true });
    try {
      const [answer, total] = await Promise.all([
        searchAssets(api, request, page),
        page === 1 ? countFound(api, request) : (before.total ?? 0),
      ]);
      if (mine !== turn) return;
      const known = new Set(page === 1 ? [] : assets.map(({ id }) => id));
      const added = answer.assets.filter(({ id }) => !known.has(id)).map((asset) => foundAsset(asset, wish));
      assets = page === 1 ? added : [...assets, ...added];
      pages = page;
      list.show(assets);
      progress.set({ total, hasMore: answer.hasMore, isBusy: false });
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      if (mine === turn) progress.set({ ...before, isBusy: false, problem: error });
    }
  }

  return {
    progress,
    more: () => ask(pages + 1),
    // Asked for again after something was done with its photos: from the beginning, since pages have moved.
    source: { ...list, refresh: () => ask(1) },
  };
}

function foundAsset(asset: AssetResponse, wish: SearchWish): GridAsset {
  return { ...gridAssetOf(asset), note: noteOf(asset, wish) };
}

/** Why it was found: where the words are; without words, when and where it was, which is what else was asked. */
function noteOf(asset: AssetResponse, { texts, city }: SearchWish): string {
  const reasons = findReasons(asset, texts);
  if (reasons.length > 0) return reasons.map(({ kind, words }) => text.search.why[kind](words)).join(' · ');
  const day = dateWords().day(new Date(asset.localDateTime));
  return [day, city === undefined ? asset.exifInfo?.city : ''].filter(Boolean).join(' · ');
}
