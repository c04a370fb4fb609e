/** What an API key can be allowed to do, group by group (contract §8.6). `all` covers everything. */
const GROUPS = {
  activity: 'create read update delete statistics',
  apiKey: 'create read update delete rotate',
  asset:
    'read update delete statistics share view download upload copy derive edit.get edit.create edit.delete',
  assetFile: 'read delete download',
  album: 'create read update delete statistics share download',
  albumAsset: 'create delete',
  albumUser: 'create update delete',
  auth: 'changePassword',
  authDevice: 'delete',
  archive: 'read',
  backup: 'list download upload delete',
  clusterGroup: 'read leave',
  clusterGroupRequest: 'create read delete',
  adminConfig: 'read update',
  userConfig: 'read',
  duplicate: 'read delete',
  face: 'create read update delete',
  folder: 'read',
  job: 'create read',
  library: 'create read update delete statistics',
  timeline: 'read download',
  map: 'read search',
  memory: 'create read update delete statistics',
  memoryAsset: 'create delete',
  notification: 'create read update delete',
  partner: 'create read update delete',
  person: 'create read update delete statistics merge reassign',
  pinCode: 'create update delete',
  plugin: 'create read update delete',
  server: 'about apkLinks storage statistics versionCheck',
  serverLicense: 'read update delete',
  session: 'create read update delete lock',
  sharedLink: 'create read update delete',
  stack: 'create read update delete',
  sync: 'stream',
  syncCheckpoint: 'read update delete',
  systemConfig: 'read update',
  systemMetadata: 'read update',
  tag: 'create read update delete asset',
  user: 'read update',
  userLicense: 'create read update delete',
  userOnboarding: 'read update delete',
  userPreference: 'read update',
  userProfileImage: 'create read update delete',
  queue: 'read update',
  queueJob: 'create read update delete',
  workflow: 'create read update delete logs',
  adminUser: 'create read update delete',
  adminSession: 'read',
  adminAuth: 'unlinkAll',
} as const;

type Words<Text extends string> = Text extends `${infer Word} ${infer Rest}` ? Word | Words<Rest> : Text;
type Groups = typeof GROUPS;
export type Scope =
  | 'all'
  | 'maintenance'
  | { [Group in keyof Groups]: `${Group & string}.${Words<Groups[Group]>}` }[keyof Groups];

/** Every scope by name. Keys may carry others too: older tools ask for scopes that no longer exist. */
export const SCOPES: readonly string[] = [
  'all',
  'maintenance',
  ...Object.entries(GROUPS).flatMap(([group, actions]) =>
    actions.split(' ').map((action) => `${group}.${action}`),
  ),
];

/**
 * Who may call a route. Every route declares one; the server does not start with a route that does not.
 * `anyone`: no credential is looked at. `signed-in`: any valid credential, an API key needs no scope.
 * `scope`: a session, or an API key that has the scope or `all`.
 */
export type Access =
  | { who: 'anyone' }
  | { who: 'signed-in' }
  | {
      who: 'scope';
      scope: Scope;
      /** Administrators only; checked before the scope. */
      admin: boolean;
      /** A session is needed; an API key is refused whatever its scopes. */
      sessionOnly: boolean;
      /** A shared link may call it too, within the link's limits. */
      share: boolean;
      /** While no account exists, anybody in the box's own network may call it without a credential. */
      beforeOwner: boolean;
    };

export const anyone: Access = { who: 'anyone' };
export const signedIn: Access = { who: 'signed-in' };
export const needs = (
  scope: Scope,
  options: { admin?: boolean; sessionOnly?: boolean; share?: boolean; beforeOwner?: boolean } = {},
): Access => ({
  who: 'scope',
  scope,
  admin: options.admin ?? false,
  sessionOnly: options.sessionOnly ?? false,
  share: options.share ?? false,
  beforeOwner: options.beforeOwner ?? false,
});

/** Whether a key with `permissions` may do `scope`. */
export const grants = (permissions: readonly string[], scope: string): boolean =>
  permissions.includes('all') || permissions.includes(scope);
