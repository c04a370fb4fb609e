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
