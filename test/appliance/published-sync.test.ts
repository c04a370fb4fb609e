import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SyncEntityType, SyncRequestType } from '@immich/sdk';
import { SYNC_COMPLETE, syncQueries } from '#catalog/sync';
import { FEEDS } from '#catalog/sync-feeds';
import { startFullCatalog } from '#test/fixtures/full-catalog';
import { GONE_TYPES, LINE_TYPES, type Step, stepsFor } from '../../services/gateway/sync/order.ts';

/** The fields of each `Sync…` type in the published client, `id: string`, as its declaration says them. */
function publishedTypes(): Map<string, Map<string, string>> {
  const source = readFileSync(
    fileURLToPath(import.meta.resolve('@immich/sdk')).replace(/index\.js$/, 'fetch-client.d.ts'),
    'utf8',
  );
  return new Map(
    [...source.matchAll(/^export type (Sync\w+) = \{\n([\s\S]*?)^\};/gm)].map(([, name, body]) => [
      name!,
      new Map(
        [...body!.matchAll(/^ {4}"?(\w+)"?\??: ([^;]+);?$/gm)].map(([, field, type]) => [field!, type!]),
      ),
    ]),
  );
}

/** Whose shape a kind of line has. */
const shapeOf = (type: string): string =>
  `Sync${type
    .replace(/^(Partner|Album)Asset(Exif)?(Backfill|Create|Update)?(V\d)$/, 'Asset$2$4')
    .replace(/^PartnerAssetDelete/, 'AssetDelete')
    .replace(/^PartnerStack(Backfill)?/, 'Stack')
    .replace(/^Album(User|ToAsset)Backfill/, 'Album$1')
    .replace(/^MemoryToAsset/, 'MemoryAsset')}`;

/** Whether a value is what a field is declared as: enums are texts. */
function fits(value: unknown, declared: string): boolean {
  if (value === null) return declared.includes('null');
  if (/boolean/.test(declared)) return typeof value === 'boolean';
  if (/number/.test(declared)) return typeof value === 'number';
  if (/^(\{|\w+Parameters|object)/.test(declared) || /\| \w+Parameters/.test(declared))
    return typeof value === 'object';
  return typeof value === 'string' || typeof value === 'object';
}

test('every line has the fields of its published type, and no other', (t) => {
  const tables = [
    ...new Set(
      Object.values(FEEDS).flatMap((sql) => [...sql.matchAll(/FROM (\w+) \w /g)].map(([, table]) => table!)),
    ),
  ];
  const { db, owner, guest, album } = startFullCatalog(
    t,
    tables.filter((table) => table !== 'sync_delete'),
  );
  const sync = syncQueries(db);
  const types = publishedTypes();
  const seen = new Set<string>();
  const check = (steps: readonly Step[], bound: number) => {
    for (const { type, feed } of steps)
      for (const userId of [owner, guest])
        for (const key of [owner, album]) {
          const range = { after: 0, to: SYNC_COMPLETE, bound, links: SYNC_COMPLETE, limit: 100 };
          for (const { data } of sync.page({ ...range, feed, userId, key })) {
            const fields = types.get(shapeOf(type));
            assert.ok(fields, `${type} has no published type`);
            const row = JSON.parse(data) as Record<string, unknown>;
            assert.deepEqual(Object.keys(row).sort(), [...fields.keys()].sort(), type);
            for (const [name, value] of Object.entries(row))
              assert.ok(
                fits(value, fields.get(name)!),
                `${type}.${name}: ${value} is no ${fields.get(name)}`,
              );
            seen.add(type);
          }
        }
  };
  const steps = stepsFor(Object.values(SyncRequestType));
  check(
    steps.filter(({ type }) => !GONE_TYPES.has(type)),
    sync.bounds().bound,
  );
  // Now everything goes.
  db.pragma('foreign_keys = OFF');
  for (const table of [
    'asset_edit',
    'asset_metadata',
    'memory_asset',
    'memory',
    'face',
    'person',
    'album_asset',
  ])
    db.exec(`DELETE FROM ${table}`);
  for (const table of ['album_user', 'stack', 'asset', 'album', 'partner']) db.exec(`DELETE FROM ${table}`);
  db.prepare('DELETE FROM user WHERE id NOT IN (?, ?)').run(owner, guest);
  check(
    steps.filter(({ type }) => GONE_TYPES.has(type)),
    sync.bounds().bound,
  );
  assert.deepEqual(
    steps.map(({ type }) => type).filter((type) => !seen.has(type)),
    [],
    'never seen here',
  );
});

test('the kinds of lines and of requests are those of the published client', () => {
  const known = new Set<string>(Object.values(SyncEntityType));
  assert.deepEqual(
    [...LINE_TYPES].filter((type) => !known.has(type)),
    [],
  );
  for (const type of Object.values(SyncRequestType))
    assert.ok(stepsFor([type]).length > 0 || type === 'AssetOcrV1', `${type} brings nothing`);
});
