import { createStore, type Store } from './store.ts';

/** Where the reader is, as the address says. */
export interface Place {
  /** The list or page below: `/`, `/albums/…`. */
  path: string;
  query: URLSearchParams;
  /** The asset in the viewer above it; absent when the viewer is closed. */
  assetId?: string;
  /** Names the entry of the browser's history, so that each keeps its own scroll position. */
  key: string;
  /** How the reader came: `load` is the first place of this page. */
  by: 'load' | 'go' | 'back';
}

export interface Router {
  place: Store<Place>;
  /** Goes to a path of ours (with its query, if any); `replace` leaves no trace in the history. */
  go: (to: string, options?: { replace?: boolean }) => void;
  /** One step back, or to `fallback` when the reader came straight here. */
  back: (fallback: string) => void;
  /** Opens an asset over the list; the browser's way back closes it. */
  openAsset: (assetId: string) => void;
  /** Goes to another asset without leaving a trace in the history. */
  showAsset: (assetId: string) => void;
  closeAsset: () => void;
}

interface EntryState {
  key: string;
  /** There is an entry of ours before this one. */
  isInside?: boolean;
  /** The entry before is the list below the viewer. */
  isOverList?: boolean;
  /** The asset in the viewer, for lists that leave nothing in the browser's history. */
  assetId?: string;
}

/** The locked folder: which of its photos was looked at stands in no address. */
const PRIVATE_PATH = '/locked';

const PHOTO = /^(.*)\/photos\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The address of an asset above a list. */
export function photoPath(listPath: string, assetId: string): string {
  return `${listPath === '/' ? '' : listPath}/photos/${assetId}`;
}

/** Reads a path of ours: a list, and maybe the asset that the viewer shows above it. */
export function readPath(pathname: string): { path: string; assetId?: string } {
  const [, list, assetId] = PHOTO.exec(pathname) ?? [];
  if (assetId !== undefined) return { path: list || '/', assetId };
  return { path: pathname.length > 1 ? pathname.replace(/\/+$/, '') || '/' : '/' };
}

/** The page's own addresses, on top of the browser's history. Links are plain `<a href>`; see `followLinks`. */
export function createRouter(): Router {
  let lastKey = Date.now();
  const nextKey = () => String(++lastKey);
  const entry = () => history.state as EntryState | null;
  const read = (by: Place['by']): Place => ({
    ...readPath(location.pathname),
    ...(entry()?.assetId !== undefined && { assetId: entry()!.assetId! }),
    query: new URLSearchParams(location.search),
    key: entry()?.key ?? 'first',
    by,
  });
  const place = createStore(read('load'));
  window.addEventListener('popstate', () => place.set(read('back')));

  const push = (to: string, state: Omit<EntryState, 'key'> = {}) => {
    history.pushState({ ...state, key: nextKey(), isInside: true }, '', to);
    place.set(read('go'));
  };
  const replace = (to: string, assetId?: string) => {
    const { assetId: _, ...kept } = entry() ?? {};
    history.replaceState(
      { ...kept, key: entry()?.key ?? nextKey(), ...(assetId !== undefined && { assetId }) },
      '',
      to,
    );
    place.set(read('go'));
  };
  const isPrivate = () => place.get().path === PRIVATE_PATH;

  return {
    place,
    go: (to, options) => (options?.replace ? replace(to) : push(to)),
    back: (fallback) => {
      if (entry()?.isInside) history.back();
      else replace(fallback);
    },
    openAsset: (assetId) => {
      if (isPrivate()) push(PRIVATE_PATH, { isOverList: true, assetId });
      else push(photoPath(place.get().path, assetId) + location.search, { isOverList: true });
    },
    showAsset: (assetId) => {
      if (isPrivate()) replace(PRIVATE_PATH, assetId);
      else replace(photoPath(place.get().path, assetId) + location.search);
    },
    closeAsset: () => {
      if (entry()?.isOverList) history.back();
      else replace(place.get().path + location.search);
    },
  };
}

/** Follows plain links to pages of ours without loading anything; new tabs and downloads stay the browser's. */
export function followLinks(router: Router): void {
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link?.href || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || url.pathname.startsWith('/api/')) return;
    // A place on this page, such as what the skip link leads to.
    if (url.hash && url.pathname === location.pathname) return;
    event.preventDefault();
    router.go(url.pathname + url.search);
  });
}

/** One part of an address as its writer meant it. What somebody typed need not be well-formed; it stays as it is. */
export function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}
