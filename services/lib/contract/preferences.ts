import { type Static, Type } from 'typebox';
import { Instant, Order } from './primitives.ts';
import { AvatarColor } from './users.ts';

const Flag = Type.Boolean();
const shown = { enabled: Flag, sidebarWeb: Flag };

const groups = {
  albums: { defaultAssetOrder: Order },
  folders: shown,
  memories: { ...shown, duration: Type.Integer({ minimum: 1, maximum: 86_400 }) },
  people: { ...shown, minimumFaces: Type.Integer({ minimum: 1, maximum: 1_000_000 }) },
  sharedLinks: shown,
  ratings: { enabled: Flag },
  tags: shown,
  emailNotifications: { enabled: Flag, albumInvite: Flag, albumUpdate: Flag },
  download: {
    /** Bytes. */
    archiveSize: Type.Integer({ minimum: 1 }),
    includeEmbeddedVideos: Flag,
  },
  purchase: { showSupportBadge: Flag, hideBuyButtonUntil: Instant },
  cast: { gCastEnabled: Flag },
  recentlyAdded: { sidebarWeb: Flag },
};

/** What a person has chosen about how the clients look and behave (contract §8.4); every key is always there. */
export const Preferences = Type.Object({
  albums: Type.Object(groups.albums),
  folders: Type.Object(groups.folders),
  memories: Type.Object(groups.memories),
  people: Type.Object(groups.people),
  sharedLinks: Type.Object(groups.sharedLinks),
  ratings: Type.Object(groups.ratings),
  tags: Type.Object(groups.tags),
  emailNotifications: Type.Object(groups.emailNotifications),
  download: Type.Object(groups.download),
  purchase: Type.Object(groups.purchase),
  cast: Type.Object(groups.cast),
  recentlyAdded: Type.Object(groups.recentlyAdded),
});
export type Preferences = Static<typeof Preferences>;

const part = <Group extends Parameters<typeof Type.Object>[0]>(group: Group) =>
  Type.Optional(Type.Partial(Type.Object(group)));

/** Any part of the tree; what is absent stays. The avatar's colour belongs to the account but is sent along. */
export const PreferencesUpdate = Type.Object({
  albums: part(groups.albums),
  folders: part(groups.folders),
  memories: part(groups.memories),
  people: part(groups.people),
  sharedLinks: part(groups.sharedLinks),
  ratings: part(groups.ratings),
  tags: part(groups.tags),
  emailNotifications: part(groups.emailNotifications),
  download: part(groups.download),
  purchase: part(groups.purchase),
  cast: part(groups.cast),
  recentlyAdded: part(groups.recentlyAdded),
  avatar: Type.Optional(Type.Object({ color: Type.Optional(AvatarColor) })),
});

export type PreferencesUpdate = Static<typeof PreferencesUpdate>;

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
