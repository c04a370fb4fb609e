import { RequestProblem } from './api.ts';
import type { MonthCount } from './calls/timeline.ts';
import type { GridAsset, PhotoGroup, PhotoSource, PhotoSourceState } from './photo-source.ts';
import { createStore } from './store.ts';

export interface Timeline extends PhotoSource {
  /** Fetches the months and the newest of them before anything is drawn; the first `refresh` after it is this one. */
  open: () => Promise<void>;
  /**
   * As `refresh`, gathering calls that come in quick succession, as during an upload. `unready`: the months with photos
   * that have nothing to show yet.
   */
  refreshSoon: (changed?: string | 'all' | 'unready') => void;
}

export interface TimelineParts {
  months: () => Promise<MonthCount[]>;
  /** All assets of the month with this first day. */
  month: (key: string) => Promise<readonly GridAsset[]>;
  /** For groups that are not months: what is written above each. */
  titleOf?: (key: string) => string;
}

/** How long calls of refreshSoon are gathered: short enough to feel immediate … */
const GATHER_MS = 800;

/** … and up to this while they keep coming, so that a box that takes in a folder is not kept busy with lists. */
const MAX_GATHER_MS = 5000;

/** Assets whose lists are kept, about 500 bytes each; half of them stay when there are more. */
const MAX_KEPT = 30_000;

/** The months of the library, fetched as they come near the screen. */
export function createTimeline({ months, month, titleOf }: TimelineParts): Timeline {
  const state = createStore<PhotoSourceState>({});
  const fetching = new Set<string>();
  let gathered: Set<string> | 'all' = new Set();
  let isUnreadyGathered = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let gatherMs = GATHER_MS;
  let isAskedAgain = false;
  let isRefreshing = false;
  let opening: Promise<void> | undefined;

  function changeMonth(key: string, changes: Partial<PhotoGroup>): void {
    const { groups, ...rest } = state.get();
    if (!groups) return;
    state.set({
      ...rest,
      groups: groups.map((group) => (group.key === key ? { ...group, ...changes } : group)),
    });
  }

  async function refresh(changed: ReadonlySet<string> | 'all'): Promise<void> {
    const opened = opening;
    opening = undefined;
    if (opened && changed !== 'all' && changed.size === 0) return opened;
    return fetchMonths(changed);
  }

  async function open(): Promise<void> {
    const openFirst = async () => {
      await fetchMonths(new Set());
      const [newest] = state.get().groups ?? [];
      if (newest) await fetchMonth(newest.key);
    };
    opening = openFirst();
    return opening;
  }

  async function fetchMonths(changed: ReadonlySet<string> | 'all'): Promise<void> {
    try {
      const counts = await months();
      const known = new Map(state.get().groups?.map((group) => [group.key, group]));
      const groups = counts.map(({ timeBucket, count }): PhotoGroup => {
        const key = timeBucket.slice(0, 10);
        const before = known.get(key);
        if (!before) return { key, count, isStale: true, ...(titleOf && { title: titleOf(key) }) };
        const isChanged = changed === 'all' || changed.has(key) || before.count !== count;
        return { ...before, count, isStale: before.isStale || isChanged, problem: undefined };
      });
      state.set({ groups });
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      state.set({ ...state.get(), problem: error.message });
    }
  }

  const listUnready = (): string[] =>
    (state.get().groups ?? [])
      .filter(({ assets }) => assets?.some(({ thumbhash }) => thumbhash === null))
      .map(({ key }) => key);

  function refreshSoon(changed?: string | 'all' | 'unready'): void {
    if (changed === 'all') gathered = 'all';
    else if (changed === 'unready') isUnreadyGathered = true;
    else if (changed !== undefined && gathered !== 'all') gathered.add(changed);
    isAskedAgain = true;
    if (timer !== undefined || isRefreshing) return;
    timer = setTimeout(async () => {
      timer = undefined;
      const now =
        gathered !== 'all' && isUnreadyGathered ? new Set([...gathered, ...listUnready()]) : gathered;
      gathered = new Set();
      isUnreadyGathered = false;
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
      const assets = await month(key);
      fetching.delete(key);
      changeMonth(key, { assets, count: assets.length });
    } catch (error) {
      fetching.delete(key);
      if (!(error instanceof RequestProblem)) throw error;
      changeMonth(key, { isStale: true, problem: error.message });
    }
  }

  function ensure(key: string): void {
    const group = state.get().groups?.find((candidate) => candidate.key === key);
    if (group?.isStale && !group.problem && !fetching.has(key)) void fetchMonth(key);
  }

  function keepNear(keys: readonly string[]): void {
    const { groups = [], ...rest } = state.get();
    let keptCount = groups.reduce((sum, { assets }) => sum + (assets?.length ?? 0), 0);
    if (keptCount <= MAX_KEPT) return;
    const first = groups.findIndex(({ key }) => keys.includes(key));
    const last = groups.findLastIndex(({ key }) => keys.includes(key));
    const distanceOf = (index: number) => Math.max(first - index, index - last, 0);
    const dropped = new Set<string>();
    for (const { key, assets, index } of groups
      .map((group, index) => ({ ...group, index }))
      .sort((a, b) => distanceOf(b.index) - distanceOf(a.index))) {
      if (keptCount <= MAX_KEPT / 2 || distanceOf(index) === 0) break;
      if (!assets) continue;
      keptCount -= assets.length;
      dropped.add(key);
    }
    if (dropped.size === 0) return;
    const lighten = ({ assets: _, ...group }: PhotoGroup): PhotoGroup => ({ ...group, isStale: true });
    state.set({ ...rest, groups: groups.map((group) => (dropped.has(group.key) ? lighten(group) : group)) });
  }

  return {
    state,
    isByMonth: titleOf === undefined,
    open,
    refresh,
    refreshSoon,
    ensure,
    keepNear,
    retry: (key) => {
      if (!fetching.has(key)) void fetchMonth(key);
    },
  };
}
