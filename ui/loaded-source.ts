import { RequestProblem } from './api.ts';
import type { GridAsset, PhotoSource, PhotoSourceState } from './photo-source.ts';
import { createStore } from './store.ts';

/** The one group of a list. */
const ALL = 'all';

/** A list that comes in one answer, as a source for the grid; refreshing asks for it again. */
export function createLoadedSource(load: () => Promise<readonly GridAsset[]>): PhotoSource {
  const state = createStore<PhotoSourceState>({});
  let turn = 0;
  const refresh = async () => {
    const mine = ++turn;
    try {
      const assets = await load();
      // An answer that was overtaken by a later question is nobody's any more.
      if (mine !== turn) return;
      state.set({
        groups: assets.length > 0 ? [{ key: ALL, count: assets.length, assets, isStale: false }] : [],
      });
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      if (mine === turn) state.set({ ...state.get(), problem: error.message });
    }
  };
  return {
    state,
    isByMonth: false,
    ensure: () => {},
    retry: () => void refresh(),
    refresh,
    keepNear: () => {},
  };
}
