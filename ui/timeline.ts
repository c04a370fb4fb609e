import { type Api, RequestProblem, type TimelineAsset } from './api.ts';
import { createStore, type Store } from './store.ts';

/** One month as far as the page knows it. */
export interface Month {
  /** First day of the month, `2024-05-01`. */
  key: string;
  count: number;
  /** Undefined until the month came near the screen. Kept while a newer list is fetched. */
  assets?: readonly TimelineAsset[];
  /** The list is missing or out of date. */
  isStale: boolean;
  /** Why the last fetch failed, in words. */
  problem?: string;
}

export interface TimelineState {
  /** Undefined until the first answer. Newest month first. */
  months?: readonly Month[];
  /** Why the list of months could not be fetched, in words. */
  problem?: string;
}

export interface Timeline {
  state: Store<TimelineState>;
  /** Fetches the list of months and marks those that changed; `'all'` distrusts every list. */
  refresh: (changed: ReadonlySet<string> | 'all') => Promise<void>;
  /** As `refresh`, gathering calls that come in quick succession, as during an upload. */
  refreshSoon: (changed?: string | 'all') => void;
  /** Fetches a month that is missing or stale; does nothing when that is under way or failed. */
  ensure: (key: string) => void;
  /** Fetches a month again after it failed. */
  retry: (key: string) => void;
}

/** How long calls of refreshSoon are gathered: short enough to feel immediate … */
const GATHER_MS = 800;

/** … and up to this while they keep coming, so that a box that takes in a folder is not kept busy with lists. */
const MAX_GATHER_MS = 5000;

/** The months of the library, fetched as they come near the screen. */
export function createTimeline(api: Pick<Api, 'months' | 'month'>): Timeline {
  const state = createStore<TimelineState>({});
  const fetching = new Set<string>();
  let gathered: Set<string> | 'all' = new Set();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gatherMs = GATHER_MS;
  let isAskedAgain = false;
  let isRefreshing = false;

  function changeMonth(key: string, changes: Partial<Month>): void {
    const { months, ...rest } = state.get();
    if (!months) return;
    state.set({
      ...rest,
      months: months.map((month) => (month.key === key ? { ...month, ...changes } : month)),
    });
  }

  async function refresh(changed: ReadonlySet<string> | 'all'): Promise<void> {
    try {
      const counts = await api.months();
      const known = new Map(state.get().months?.map((month) => [month.key, month]));
      const months = counts.map(({ timeBucket, count }): Month => {
        const key = timeBucket.slice(0, 10);
        const before = known.get(key);
        if (!before) return { key, count, isStale: true };
        const isChanged = changed === 'all' || changed.has(key) || before.count !== count;
        return { ...before, count, isStale: before.isStale || isChanged, problem: undefined };
      });
      state.set({ months });
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      state.set({ ...state.get(), problem: error.message });
    }
  }

  function refreshSoon(changed?: string | 'all'): void {
    if (changed === 'all') gathered = 'all';
    else if (changed !== undefined && gathered !== 'all') gathered.add(changed);
    isAskedAgain = true;
    if (timer !== undefined || isRefreshing) return;
    timer = setTimeout(async () => {
      timer = undefined;
      const now = gathered;
      gathered = new Set();
      isAskedAgain = false;
      isRefreshing = true;
      await refresh(now);
      isRefreshing = false;
      gatherMs = isAskedAgain ? Math.min(2 * gatherMs, MAX_GATHER_MS) : GATHER_MS;
      if (isAskedAgain) refreshSoon();
    }, gatherMs);
  }

  async function fetchMonth(key: string): Promise<void> {
    fetching.add(key);
    // Cleared first: a change that arrives while the list is on its way makes it stale again.
    changeMonth(key, { isStale: false, problem: undefined });
    try {
      const assets = await api.month(key);
      fetching.delete(key);
      changeMonth(key, { assets, count: assets.length });
    } catch (error) {
      fetching.delete(key);
      if (!(error instanceof RequestProblem)) throw error;
      changeMonth(key, { isStale: true, problem: error.message });
    }
  }

  function ensure(key: string): void {
    const month = state.get().months?.find((candidate) => candidate.key === key);
    if (month?.isStale && !month.problem && !fetching.has(key)) void fetchMonth(key);
  }

  return {
    state,
    refresh,
    refreshSoon,
    ensure,
    retry: (key) => {
      if (!fetching.has(key)) void fetchMonth(key);
    },
  };
}

/** The assets before (newer) and after (older) one; undefined at the ends and where a month is not fetched yet. */
export function findNeighbours(
  months: readonly Month[],
  id: string,
): { newer?: TimelineAsset; older?: TimelineAsset } {
  const at = months.findIndex((month) => month.assets?.some((asset) => asset.id === id));
  const assets = months[at]?.assets;
  if (!assets) return {};
  const index = assets.findIndex((asset) => asset.id === id);
  return {
    newer: assets[index - 1] ?? months[at - 1]?.assets?.at(-1),
    older: assets[index + 1] ?? months[at + 1]?.assets?.[0],
  };
}
