/** A folder as the drives have it. */
export interface Folder {
  /** As the box names it; `''` is the top, which is no folder of a drive. */
  path: string;
  name: string;
  /** It has photos itself, not only folders. */
  hasPhotos: boolean;
  /** Folders directly in it, by name. */
  inside: readonly Folder[];
}

interface Growing {
  path: string;
  name: string;
  hasPhotos: boolean;
  inside: Map<string, Growing>;
}

/**
 * The folders that hold photos as a tree. The way from the top to the first folder that has photos or more than one
 * folder in it is one step: nobody needs to walk through `mnt`, `usb` and `photos`, each of which has nothing but the
 * next.
 */
export function buildFolderTree(paths: readonly string[]): Folder {
  const top: Growing = { path: '', name: '', hasPhotos: false, inside: new Map() };
  for (const path of paths) {
    // The folders of other drives begin with a slash, which is part of their first name's path.
    const lead = path.startsWith('/') ? '/' : '';
    let at = top;
    let way = '';
    for (const name of path.slice(lead.length).split('/')) {
      way = way === '' ? lead + name : `${way}/${name}`;
      const next = at.inside.get(way) ?? { path: way, name, hasPhotos: false, inside: new Map() };
      at.inside.set(way, next);
      at = next;
    }
    at.hasPhotos = true;
  }
  const grown = (folder: Growing): Folder => ({
    ...folder,
    inside: [...folder.inside.values()]
      .map(grown)
      .toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true })),
  });
  const { inside } = grown(top);
  return { path: '', name: '', hasPhotos: false, inside: inside.map(shorten) };
}

/** Goes down until there is something to choose or to see. */
function shorten(folder: Folder): Folder {
  const [only] = folder.inside;
  return !folder.hasPhotos && folder.inside.length === 1 && only ? shorten(only) : folder;
}

/** The folders from the top to the one of this path, both included; undefined when there is none. */
export function findFolder(top: Folder, path: string): Folder[] | undefined {
  if (top.path === path) return [top];
  for (const folder of top.inside) {
    const way = findFolder(folder, path);
    if (way) return [top, ...way];
  }
  return undefined;
}
