import type { PhotoSource } from './photo-source.ts';
import { createStore, type Store } from './store.ts';

/** Which assets of a grid are chosen. */
export interface Selection {
  ids: Store<ReadonlySet<string>>;
  /** Chooses one more or one less; the next range begins here. */
  toggle: (id: string) => void;
  /** Chooses these, or none of these when all are chosen already. */
  toggleAll: (ids: readonly string[]) => void;
  /** Chooses everything from the one chosen last to this one, fetching the months in between. */
  extendTo: (id: string, source: PhotoSource) => Promise<void>;
  clear: () => void;
}

export function createSelection(): Selection {
  const ids = createStore<ReadonlySet<string>>(new Set());
  let anchor: string | undefined;

  const toggle = (id: string) => {
    const next = new Set(ids.get());
    if (!next.delete(id)) next.add(id);
    anchor = id;
    ids.set(next);
  };

  return {
    ids,
    toggle,
    toggleAll: (wanted) => {
      const next = new Set(ids.get());
      const areAllChosen = wanted.every((id) => next.has(id));
      for (const id of wanted) {
        if (areAllChosen) next.delete(id);
        else next.add(id);
      }
      anchor = wanted[0];
      ids.set(next);
    },
    extendTo: async (id, source) => {
      if (anchor === undefined || anchor === id) {
        if (!ids.get().has(id)) toggle(id);
        return;
      }
      const between = await readBetween(source, anchor, id);
      ids.set(new Set([...ids.get(), ...between]));
      anchor = id;
    },
    clear: () => {
      anchor = undefined;
      ids.set(new Set());
    },
  };
}

/** All ids from one asset to another, in whichever order; only the second when the first is no longer there. */
async function readBetween(source: PhotoSource, from: string, to: string): Promise<string[]> {
  const groups = source.state.get().groups ?? [];
  const find = (id: string) => groups.findIndex(({ assets }) => assets?.some((asset) => asset.id === id));
  const [a, b] = [find(from), find(to)];
  if (a < 0 || b < 0) return [to];
  const keys = groups.slice(Math.min(a, b), Math.max(a, b) + 1).map(({ key }) => key);
  const all = (await Promise.all(keys.map((key) => whenLoaded(source, key)))).flat();
  const [first, last] = [all.indexOf(from), all.indexOf(to)].sort((x, y) => x - y) as [number, number];
  return first < 0 ? [to] : all.slice(first, last + 1);
}

/** The ids of a group once its list is there; none when fetching it failed: what is missing stays unchosen. */
function whenLoaded(source: PhotoSource, key: string): Promise<string[]> {
  return new Promise((resolve) => {
    const look = () => {
      const group = source.state.get().groups?.find((candidate) => candidate.key === key);
      if (group && !group.assets && group.problem === undefined) return false;
      // Read now, because a list that is far from the screen may be let go of again.
      resolve(group?.assets?.map(({ id }) => id) ?? []);
      return true;
    };
    if (look()) return;
    const stop = source.state.subscribe(() => {
      if (look()) stop();
    });
    source.ensure(key);
  });
}
