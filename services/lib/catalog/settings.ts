import type { Catalog } from './open.ts';

/** A release that has run on this pool, and since when (Unix milliseconds). */
export interface VersionSeen {
  id: string;
  version: string;
  createdAt: number;
}

/** Keys of the setting table and what their JSON holds. */
interface Settings {
  adminOnboarding: { isOnboarded: boolean };
  /** Oldest first. */
  versionHistory: VersionSeen[];
  /** As a client sent it last, whole; see contract/system-config-values.ts for what is missing in it. */
  systemConfig: object;
  box: BoxIdentity;
  /** What was decided about the steps of setting the box up; one that is not here is open. */
  setup: Partial<Record<string, 'done' | 'skipped'>>;
  /** By session. */
  phoneUploads: Partial<Record<string, PhoneUploads>>;
}

/** Files that a phone has sent since it signed in. */
export interface PhoneUploads {
  inAll: number;
  /** The last day on which it sent any, `YYYY-MM-DD` where the box stands, and how many on that day. */
  day: string;
  ofDay: number;
  /** Unix milliseconds. */
  lastAt: number;
}

/** What the owner calls the box and where it stands. */
export interface BoxIdentity {
  /** One label of a host name, in lower case. */
  name: string;
  /** A name of the tz database. */
  timeZone: string;
}

export function settingQueries(db: Catalog) {
  const byKey = db.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  return {
    /** Undefined while nobody has set it: the caller knows the default. */
    find: <Key extends keyof Settings>(key: Key): Settings[Key] | undefined => {
      const value = byKey.get(key);
      return value === undefined ? undefined : (JSON.parse(value) as Settings[Key]);
    },
  };
}

export function settingChanges(db: Catalog) {
  const { find } = settingQueries(db);
  const put = db.prepare<{ key: string; value: string; now: number }>(`
    INSERT INTO setting (key, value, updated_at) VALUES (@key, @value, @now)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`);
  const sessions = db.prepare<[], string>('SELECT id FROM session').pluck();
  const set = <Key extends keyof Settings>(key: Key, value: Settings[Key], now: number): void =>
    void put.run({ key, value: JSON.stringify(value), now });
  return {
    setAdminOnboarding: (change: { isOnboarded: boolean; now: number }): void =>
      set('adminOnboarding', { isOnboarded: change.isOnboarded }, change.now),
    setSystemConfig: (change: { config: object; now: number }): void =>
      set('systemConfig', change.config, change.now),
    /** Changes single leaves, named by their path (`trash.days`), and keeps all others as they are. */
    patchSystemConfig: (change: { leaves: Readonly<Record<string, unknown>>; now: number }): void => {
      const config = structuredClone(find('systemConfig') ?? {}) as Record<string, unknown>;
      for (const [path, value] of Object.entries(change.leaves)) setLeaf(config, path.split('.'), value);
      set('systemConfig', config, change.now);
    },
    setBox: (change: { box: BoxIdentity; now: number }): void => set('box', change.box, change.now),
    /** Notes what was decided about a step of setting the box up. */
    noteSetupStep: (change: { step: string; state: 'done' | 'skipped'; now: number }): void =>
      set('setup', { ...find('setup'), [change.step]: change.state }, change.now),
    /** Adds files that a phone has sent; what is known of devices that are signed out is forgotten. */
    notePhoneUploads: (sent: {
      sessionId: string;
      count: number;
      lastAt: number;
      day: string;
      now: number;
    }): void => {
      const known = find('phoneUploads') ?? {};
      const before = known[sent.sessionId];
      const uploads = {
        inAll: (before?.inAll ?? 0) + sent.count,
        day: sent.day,
        ofDay: (before?.day === sent.day ? before.ofDay : 0) + sent.count,
        lastAt: sent.lastAt,
      };
      const all: typeof known = { ...known, [sent.sessionId]: uploads };
      const signedIn = new Set(sessions.all());
      set(
        'phoneUploads',
        Object.fromEntries(Object.entries(all).filter(([id]) => signedIn.has(id))),
        sent.now,
      );
    },
    /** Notes the release that runs, once. */
    noteVersion: (seen: { id: string; version: string; now: number }): void => {
      const history = find('versionHistory') ?? [];
      if (history.some(({ version }) => version === seen.version)) return;
      set(
        'versionHistory',
        [...history, { id: seen.id, version: seen.version, createdAt: seen.now }],
        seen.now,
      );
    },
  };
}

/** Sets one leaf of a tree; what is in its way and no group becomes one. */
function setLeaf(tree: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const group = tree[name];
  const isGroup = typeof group === 'object' && group !== null && !Array.isArray(group);
  const next = isGroup ? (group as Record<string, unknown>) : {};
  tree[name] = next;
  setLeaf(next, rest, value);
}
