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
  const set = <Key extends keyof Settings>(key: Key, value: Settings[Key], now: number): void =>
    void put.run({ key, value: JSON.stringify(value), now });
  return {
    setAdminOnboarding: (change: { isOnboarded: boolean; now: number }): void =>
      set('adminOnboarding', { isOnboarded: change.isOnboarded }, change.now),
    setSystemConfig: (change: { config: object; now: number }): void =>
      set('systemConfig', change.config, change.now),
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
