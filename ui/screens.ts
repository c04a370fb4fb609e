import type { ComponentType } from 'preact';
import type { Crumb } from './components/breadcrumbs.tsx';
import type { IconName } from './components/icon.tsx';
import { decodePart } from './router.ts';
import type { Text } from './text.ts';

/** What a screen gets from its address. */
export interface ScreenProps {
  /** By the names in its path. */
  params: Record<string, string>;
  query: URLSearchParams;
}

/** What is the same on every page of a screen: drawn before the screen is here, so that nothing jumps when it comes. */
export interface ScreenFrame {
  /** The sentence below the heading. */
  lead?: (text: Text) => string;
  /** Where the way back leads when the reader came straight here; names in it are those of the screen's path. */
  back?: string;
  /** The steps above the heading. */
  crumbs?: (text: Text) => readonly Crumb[];
  isTitleHidden?: boolean;
  isNarrow?: boolean;
  /** What the grey shapes stand for. Default: lines. */
  skeleton?: 'tiles' | 'faces';
}

/** One screen of the page. Adding one is a folder in screens/ and an entry here. */
export interface ScreenEntry {
  /** The name of its folder and file; its stylesheet is found by it. */
  name: string;
  /** `/albums/:albumId`; the first entry that fits an address is drawn. */
  path: string;
  /** In the navigation and in the browser's title bar until the screen gives a better one. */
  title: (text: Text) => string;
  load: () => Promise<ComponentType<ScreenProps>>;
  frame?: ScreenFrame;
  /** `anyone` is drawn without the shell, such as for guests of a link. */
  who: 'member' | 'admin' | 'anyone';
  /** Drawn without the shell. */
  isWholePage?: boolean;
  /** Its place in the navigation; absent for screens that are reached from others. */
  nav?: {
    group: 'photos' | 'collections' | 'box';
    icon: IconName;
    /** Also in the bar at the foot of a phone, which holds four. */
    isInBar?: boolean;
  };
}

/** In the order of the navigation. */
export const SCREENS: readonly ScreenEntry[] = [
  {
    name: 'timeline',
    path: '/',
    title: (text) => text.photos.title,
    load: async () => (await import('./screens/timeline/timeline.tsx')).TimelineScreen,
    frame: { isTitleHidden: true, skeleton: 'tiles' },
    who: 'member',
    nav: { group: 'photos', icon: 'photos', isInBar: true },
  },
  {
    name: 'search',
    path: '/search',
    title: (text) => text.search.title,
    load: async () => (await import('./screens/search/search.tsx')).Search,
    frame: { isTitleHidden: true, skeleton: 'tiles' },
    who: 'member',
    nav: { group: 'photos', icon: 'search', isInBar: true },
  },
  {
    name: 'memories',
    path: '/memories',
    title: (text) => text.memories.title,
    load: async () => (await import('./screens/memories/memories.tsx')).Memories,
    frame: { lead: (text) => text.memories.lead, skeleton: 'tiles' },
    who: 'member',
    nav: { group: 'photos', icon: 'memories' },
  },
  {
    name: 'calendar',
    path: '/calendar',
    title: (text) => text.calendar.title,
    load: async () => (await import('./screens/calendar/calendar.tsx')).Calendar,
    frame: { lead: (text) => text.calendar.lead },
    who: 'member',
    nav: { group: 'photos', icon: 'calendar' },
  },
  {
    name: 'people',
    path: '/people',
    title: (text) => text.people.title,
    load: async () => (await import('./screens/people/people.tsx')).People,
    frame: { skeleton: 'faces' },
    who: 'member',
    nav: { group: 'photos', icon: 'people' },
  },
  {
    name: 'person',
    path: '/people/:personId',
    title: (text) => text.people.title,
    load: async () => (await import('./screens/person/person.tsx')).Person,
    frame: { back: '/people', skeleton: 'tiles' },
    who: 'member',
  },
  {
    name: 'places',
    path: '/places',
    title: (text) => text.places.title,
    load: async () => (await import('./screens/places/places.tsx')).Places,
    frame: { skeleton: 'tiles' },
    who: 'member',
    nav: { group: 'photos', icon: 'places' },
  },
  {
    name: 'favourites',
    path: '/favourites',
    title: (text) => text.photos.favourites.title,
    load: async () => (await import('./screens/favourites/favourites.tsx')).Favourites,
    frame: { skeleton: 'tiles' },
    who: 'member',
    nav: { group: 'photos', icon: 'heart' },
  },
  {
    name: 'albums',
    path: '/albums',
    title: (text) => text.albums.title,
    load: async () => (await import('./screens/albums/albums.tsx')).Albums,
    frame: { skeleton: 'tiles' },
    who: 'member',
    nav: { group: 'collections', icon: 'album', isInBar: true },
  },
  {
    name: 'album',
    path: '/albums/:albumId',
    title: (text) => text.albums.title,
    load: async () => (await import('./screens/album/album.tsx')).Album,
    frame: { back: '/albums', skeleton: 'tiles' },
    who: 'member',
  },
  {
    name: 'album-add',
    path: '/albums/:albumId/add',
    title: (text) => text.albums.addPhotos,
    load: async () => (await import('./screens/album-add/album-add.tsx')).AlbumAdd,
    frame: { back: '/albums/:albumId', skeleton: 'tiles' },
    who: 'member',
  },
  {
    name: 'sharing',
    path: '/sharing',
    title: (text) => text.sharing.title,
    load: async () => (await import('./screens/sharing/sharing.tsx')).Sharing,
    frame: { lead: (text) => text.sharing.lead, isNarrow: true },
    who: 'member',
    nav: { group: 'collections', icon: 'share' },
  },
  {
    name: 'share',
    path: '/share/:key',
    title: (text) => text.guest.title,
    load: async () => (await import('./screens/share/share.tsx')).Share,
    who: 'anyone',
  },
  {
    name: 'short-link',
    path: '/s/:slug',
    title: (text) => text.guest.title,
    load: async () => (await import('./screens/short-link/short-link.tsx')).ShortLink,
    who: 'anyone',
  },
  {
    name: 'archive',
    path: '/archive',
    title: (text) => text.photos.archive.title,
    load: async () => (await import('./screens/archive/archive.tsx')).Archive,
    frame: { lead: (text) => text.photos.archive.lead, skeleton: 'tiles' },
    who: 'member',
    nav: { group: 'collections', icon: 'archive' },
  },
  {
    name: 'folders',
    path: '/folders',
    title: (text) => text.folders.title,
    load: async () => (await import('./screens/folders/folders.tsx')).Folders,
    who: 'member',
    nav: { group: 'collections', icon: 'folder' },
  },
  {
    name: 'duplicates',
    path: '/duplicates',
    title: (text) => text.duplicates.title,
    load: async () => (await import('./screens/duplicates/duplicates.tsx')).Duplicates,
    frame: { lead: (text) => text.duplicates.lead, isNarrow: true },
    who: 'member',
    nav: { group: 'collections', icon: 'duplicates' },
  },
  {
    name: 'tags',
    path: '/tags',
    title: (text) => text.tags.title,
    load: async () => (await import('./screens/tags/tags.tsx')).Tags,
    frame: { lead: (text) => text.tags.lead, isNarrow: true },
    who: 'member',
    nav: { group: 'collections', icon: 'tag' },
  },
  {
    name: 'tag',
    path: '/tags/:tagId',
    title: (text) => text.tags.title,
    load: async () => (await import('./screens/tag/tag.tsx')).Tag,
    frame: { crumbs: (text) => [{ words: text.tags.title, href: '/tags' }], skeleton: 'tiles' },
    who: 'member',
  },
  {
    name: 'locked',
    path: '/locked',
    title: (text) => text.locked.title,
    load: async () => (await import('./screens/locked/locked.tsx')).Locked,
    who: 'member',
    nav: { group: 'collections', icon: 'lock' },
  },
  {
    name: 'trash',
    path: '/trash',
    title: (text) => text.trash.title,
    load: async () => (await import('./screens/trash/trash.tsx')).Trash,
    frame: { skeleton: 'tiles' },
    who: 'member',
    nav: { group: 'collections', icon: 'trash' },
  },
  {
    name: 'upload',
    path: '/upload',
    title: (text) => text.upload.screenTitle,
    load: async () => (await import('./screens/upload/upload.tsx')).Upload,
    frame: { lead: (text) => text.upload.screenLead, isNarrow: true },
    who: 'member',
    nav: { group: 'box', icon: 'upload' },
  },
  {
    name: 'box',
    path: '/box',
    title: (text) => text.box.title,
    load: async () => (await import('./screens/box/box.tsx')).Box,
    who: 'member',
    nav: { group: 'box', icon: 'box' },
  },
  {
    name: 'notifications',
    path: '/notifications',
    title: (text) => text.settings.news.title,
    load: async () => (await import('./screens/notifications/notifications.tsx')).Notifications,
    frame: { isNarrow: true },
    who: 'member',
    nav: { group: 'box', icon: 'bell' },
  },
  {
    name: 'settings',
    path: '/settings',
    title: (text) => text.settings.title,
    load: async () => (await import('./screens/settings/settings.tsx')).Settings,
    frame: { isNarrow: true },
    who: 'member',
    nav: { group: 'box', icon: 'settings' },
  },
  {
    name: 'account',
    path: '/account',
    title: (text) => text.settings.account.title,
    load: async () => (await import('./screens/account/account.tsx')).Account,
    frame: { back: '/settings', isNarrow: true },
    who: 'member',
  },
  {
    name: 'devices',
    path: '/devices',
    title: (text) => text.settings.devices.title,
    load: async () => (await import('./screens/devices/devices.tsx')).Devices,
    frame: { lead: (text) => text.settings.devices.lead, back: '/settings', isNarrow: true },
    who: 'member',
  },
  {
    name: 'keys',
    path: '/keys',
    title: (text) => text.settings.keys.title,
    load: async () => (await import('./screens/keys/keys.tsx')).Keys,
    frame: { lead: (text) => text.settings.keys.lead, back: '/settings', isNarrow: true },
    who: 'member',
  },
  {
    name: 'users',
    path: '/users',
    title: (text) => text.settings.users.title,
    load: async () => (await import('./screens/users/users.tsx')).Users,
    frame: { lead: (text) => text.settings.users.lead, back: '/settings', isNarrow: true },
    who: 'admin',
  },
  {
    name: 'libraries',
    path: '/libraries',
    title: (text) => text.settings.libraries.title,
    load: async () => (await import('./screens/libraries/libraries.tsx')).Libraries,
    frame: { lead: (text) => text.settings.libraries.lead, back: '/settings', isNarrow: true },
    who: 'admin',
  },
  {
    name: 'box-settings',
    path: '/box-settings',
    title: (text) => text.settings.box.title,
    load: async () => (await import('./screens/box-settings/box-settings.tsx')).BoxSettings,
    frame: { back: '/settings', isNarrow: true },
    who: 'admin',
  },
  {
    name: 'updates',
    path: '/updates',
    title: (text) => text.updates.title,
    load: async () => (await import('./screens/updates/updates.tsx')).UpdatesScreen,
    frame: { back: '/box', isNarrow: true },
    who: 'admin',
  },
  {
    name: 'setup',
    path: '/setup',
    title: (text) => text.setup.title,
    load: async () => (await import('./screens/setup/setup.tsx')).Setup,
    who: 'admin',
    isWholePage: true,
  },
  {
    name: 'share-target',
    path: '/share-target',
    title: (text) => text.upload.screenTitle,
    load: async () => (await import('./screens/share-target/share-target.tsx')).ShareTarget,
    frame: { isNarrow: true },
    who: 'member',
  },
];

/** The screen of an address, with what its path names; undefined when none fits. */
export function findScreen(
  path: string,
  screens: readonly ScreenEntry[] = SCREENS,
): { screen: ScreenEntry; params: Record<string, string> } | undefined {
  const parts = path.split('/');
  for (const screen of screens) {
    const wanted = screen.path.split('/');
    if (wanted.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const fits = wanted.every((name, index) => {
      const part = parts[index]!;
      if (!name.startsWith(':')) return name === part;
      params[name.slice(1)] = decodePart(part);
      return part !== '';
    });
    if (fits) return { screen, params };
  }
  return undefined;
}

/** An album is a part of the albums, an account one of the settings: there the reader is on the way back. */
export function isPartOf({ path, frame }: ScreenEntry, above: ScreenEntry): boolean {
  return above.path !== '/' && (frame?.back === above.path || path.startsWith(`${above.path}/`));
}

/** `/albums/:albumId` with the names of an address in their places. */
export function fillPath(path: string, params: Record<string, string>): string {
  const fill = (part: string) =>
    part.startsWith(':') ? encodeURIComponent(params[part.slice(1)] ?? '') : part;
  return path.split('/').map(fill).join('/');
}
