import type { Preferences } from './preferences.ts';

// Apart from the schemas: the catalog's threads keep preferences without loading what checks requests.

export type PreferencesPart = {
  [Group in keyof Preferences]?: Partial<Preferences[Group]>;
};

export const DEFAULT_PREFERENCES: Preferences = {
  albums: { defaultAssetOrder: 'desc' },
  folders: { enabled: false, sidebarWeb: false },
  memories: { enabled: true, sidebarWeb: true, duration: 5 },
  people: { enabled: true, sidebarWeb: false, minimumFaces: 3 },
  sharedLinks: { enabled: true, sidebarWeb: false },
  ratings: { enabled: false },
  tags: { enabled: false, sidebarWeb: false },
  emailNotifications: { enabled: true, albumInvite: true, albumUpdate: true },
  download: { archiveSize: 4 * 1024 ** 3, includeEmbeddedVideos: false },
  // Nothing is for sale here: the web client's purchase hint stays away while this lies ahead (contract §3.6).
  purchase: { showSupportBadge: true, hideBuyButtonUntil: '2099-12-31T00:00:00.000Z' },
  cast: { gCastEnabled: false },
  recentlyAdded: { sidebarWeb: false },
};

type Tree = Record<string, Record<string, unknown>>;

/** All preferences of an account: the defaults with what `stored` (JSON) says otherwise. */
export function readPreferences(stored: string): Preferences {
  const kept = JSON.parse(stored) as Tree;
  return Object.fromEntries(
    Object.entries(DEFAULT_PREFERENCES).map(([group, defaults]) => [group, { ...defaults, ...kept[group] }]),
  ) as Preferences;
}

/**
 * What to store after `change` came: only what differs from the defaults, so that a better default reaches
 * everybody who never chose. Keys that we do not know are left out.
 */
export function mergePreferences(stored: string, change: PreferencesPart): string {
  const current = readPreferences(stored) as Tree;
  const differing: Tree = {};
  for (const [group, defaults] of Object.entries(DEFAULT_PREFERENCES as Tree)) {
    const next = { ...current[group], ...(change as Tree)[group] };
    const changed = Object.keys(defaults).filter((key) => next[key] !== defaults[key]);
    if (changed.length > 0) differing[group] = Object.fromEntries(changed.map((key) => [key, next[key]]));
  }
  return JSON.stringify(differing);
}
