import { createStore, type Store } from './store.ts';

/** What the address says is open. */
export interface Route {
  /** The asset in the viewer; absent on the grid. */
  assetId?: string;
}

export interface Router {
  route: Store<Route>;
  /** Opens an asset over the grid; the browser's way back closes it. */
  open: (assetId: string) => void;
  /** Goes to another asset without leaving a trace in the history. */
  replace: (assetId: string) => void;
  /** Back to the grid. */
  close: () => void;
}

const PHOTO = /^\/photos\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export function photoPath(assetId: string): string {
  return `/photos/${assetId}`;
}

/** Reads a path of ours; anything else is the grid. */
export function readRoute(path: string): Route {
  const assetId = PHOTO.exec(path)?.[1];
  return assetId ? { assetId } : {};
}

export function createRouter(): Router {
  const route = createStore(readRoute(location.pathname));
  window.addEventListener('popstate', () => route.set(readRoute(location.pathname)));
  return {
    route,
    open: (assetId) => {
      history.pushState({ isOverGrid: true }, '', photoPath(assetId));
      route.set({ assetId });
    },
    replace: (assetId) => {
      history.replaceState(history.state, '', photoPath(assetId));
      route.set({ assetId });
    },
    close: () => {
      if ((history.state as { isOverGrid?: boolean } | null)?.isOverGrid) {
        history.back();
        return;
      }
      // Opened straight from its address: there is no grid to go back to in the history.
      history.replaceState(null, '', '/');
      route.set({});
    },
  };
}
