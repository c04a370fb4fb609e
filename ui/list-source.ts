import type { GridAsset, PhotoSource, PhotoSourceState } from './photo-source.ts';
import { createStore } from './store.ts';

export interface ListSource extends PhotoSource {
  /** Shows these from now on; undefined draws the grid as waiting. */
  show: (assets: readonly GridAsset[] | undefined) => void;
}

/** The one group of a list. */
const ALL = 'all';

/** A list that a screen holds already, as a source for the grid: what a search found, a memory, duplicates. */
export function createListSource(assets?: readonly GridAsset[]): ListSource {
  const stateOf = (list: readonly GridAsset[] | undefined): PhotoSourceState =>
    list
      ? { groups: list.length > 0 ? [{ key: ALL, count: list.length, assets: list, isStale: false }] : [] }
      : {};
  const state = createStore(stateOf(assets));
  return {
    state,
    isByMonth: false,
    ensure: () => {},
    retry: () => {},
    keepNear: () => {},
    refresh: async () => {},
    show: (list) => state.set(stateOf(list)),
  };
}
