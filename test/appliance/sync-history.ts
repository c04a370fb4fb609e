import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildChanges } from '#catalog/changes';
import { openCatalog } from '#catalog/open';
import { buildQueries } from '#catalog/queries';
import { openReader } from '#catalog/reader';
import { openWriter } from '#catalog/writer';
import { poolLayout } from '#storage/layout';
import { readAck } from '../../services/gateway/sync/acks.ts';
import { syncLines } from '../../services/gateway/sync/stream.ts';
import { type Device, openDevice, readBatches, TYPES_V2, TYPES_V3 } from './sync-device.ts';
import { randomOperations, seeded } from './sync-operations.ts';

/** Long ago, so that months may pass and the triggers, which have the real clock, are always ahead. */
const START = Date.UTC(2000, 0, 1);
const DAY_MS = 24 * 3_600_000;

interface Phone {
  userId: string;
  sessionId: string;
  isOld: boolean;
  device: Device;
}

/**
 * Lives through `count` random changes by three users, whose devices sync now and then, acknowledge a part, die,
 * come back, also after a month; each line is taken in by a model of the app's database. Throws when a line
 * breaks a constraint, or when after a whole sync a device holds something else than the catalog says.
 */
export async function liveThrough(count: number, seed: number): Promise<{ syncs: number; lines: number }> {
  const dir = mkdtempSync(join(tmpdir(), 'shoebox-sync-'));
  const layout = poolLayout(join(dir, 'pool'));
  const db = openCatalog(layout.catalogFile, { durability: 'remakeable' });
  const writer = openWriter(layout.catalogFile);
  const reader = openReader(layout.catalogFile);
  const queries = buildQueries(db);
  const random = seeded(seed);
  let now = START;
  const told = { syncs: 0, lines: 0 };
  const parts = { queries, reader, writer, now: () => now };

  const userIds = ['ann', 'bob', 'cem'].map((name) => {
    const id = randomUUID();
    db.prepare(
      `INSERT INTO user (id, email, name, password_hash, folder, profile_changed_at, created_at, updated_at)
       VALUES (?, ?, ?, '!', ?, 0, 0, 0)`,
    ).run(id, `${name}@example.org`, name, name);
    return id;
  });
  const addSession = (userId: string): string => {
    const id = randomUUID();
    db.prepare(
      `INSERT INTO session (id, user_id, token_hash, device_type, device_os, created_at, updated_at)
       VALUES (?, ?, ?, '', '', 0, 0)`,
    ).run(id, userId, createHash('sha256').update(id).digest());
    return id;
  };
  const phones: Phone[] = userIds.flatMap((userId) =>
    [false, false, true].map((isOld) => ({
      userId,
      sessionId: addSession(userId),
      isOld,
      device: openDevice(),
    })),
  );

  const list = (sql: string, ...args: unknown[]) =>
    db
      .prepare(sql)
      .pluck()
      .all(...args) as string[];
  const operations = randomOperations({
    db,
    changes: buildChanges(db),
    queries,
    poolDir: layout.poolDir,
    userIds,
    random,
    now: () => now,
  });
  const weights = operations.reduce((sum, [weight]) => sum + weight, 0);
  let done = 0;
  const change = () => {
    done++;
    now += 1000;
    const userId = random.pick(userIds)!;
    let left = random.below(weights);
    const [, operation] = operations.find(([weight]) => {
      left -= weight;
      return left < 0;
    })!;
    db.transaction(() => {
      operation(userId);
      db.prepare('UPDATE sync_delete SET deleted_at = @now WHERE deleted_at > @now').run({ now });
    }).immediate();
  };

  const acknowledge = async (sessionId: string, texts: readonly string[]): Promise<boolean> => {
    const acks = texts.map((text) => readAck(text));
    assert.ok(
      acks.every((ack) => ack !== undefined),
      `of ${texts.join(', ')} one is not known`,
    );
    const isReset = acks.some((ack) => ack?.kind === 'reset');
    if (isReset) await writer.sync.startOver(sessionId);
    else
      await writer.sync.saveCheckpoints({
        sessionId,
        checkpoints: acks.flatMap((ack) => (ack?.kind === 'checkpoint' ? ack.checkpoint : [])),
        now,
      });
    return isReset;
  };
  /** A sync; `isCalm` without changes meanwhile, without dying. */
  const sync = async ({ userId, sessionId, isOld, device }: Phone, isCalm: boolean): Promise<void> => {
    for (let isAgain = true; isAgain; ) {
      isAgain = false;
      told.syncs++;
      const lines = syncLines(parts, {
        userId,
        sessionId,
        types: isOld ? TYPES_V2 : TYPES_V3,
        profile: isOld ? 'v2' : 'v3',
        isPendingReset: queries.sessions.findById(sessionId)!.isPendingSyncReset === 1,
      });
      for await (const batch of readBatches(lines, isCalm ? 5000 : 1 + random.below(60))) {
        told.lines += batch.length;
        const acks = device.takeBatch(batch);
        // Kept, but never acknowledged: it all comes again.
        if (!isCalm && random.next() < 0.04) return;
        // The app stops on its way through the groups of a batch.
        const sent = !isCalm && random.next() < 0.04 ? acks.slice(0, random.below(acks.length)) : acks;
        if (sent.length > 0) isAgain = await acknowledge(sessionId, sent);
        if (sent.length < acks.length) return;
        if (!isCalm && random.next() < 0.5) change();
      }
    }
  };
  const compare = async (phone: Phone): Promise<void> => {
    await sync(phone, true);
    const fresh: Phone = { ...phone, sessionId: addSession(phone.userId), device: openDevice() };
    await sync(fresh, true);
    const { userId } = phone;
    const received = new Set(
      list(
        `SELECT id FROM asset a WHERE owner_id = @userId OR (visibility <> 'locked' AND (
           owner_id IN (SELECT shared_by_id FROM partner WHERE shared_with_id = @userId)
           OR id IN (SELECT asset_id FROM album_asset JOIN album_user USING (album_id) WHERE user_id = @userId)))`,
        { userId },
      ),
    );
    const former = new Set(list('SELECT shared_by_id FROM former_partner WHERE shared_with_id = ?', userId));
    const [held, expected] = [phone.device.dump(), fresh.device.dump()];
    assert.deepEqual(new Set(expected['asset']!.map(({ id }) => id)), received);
    // What a former partner shared stays on the device, unseen.
    const unseen = new Set(
      held['asset']!.filter(
        ({ id, ownerId }) => !received.has(id as string) && former.has(ownerId as string),
      ).map(({ id }) => id),
    );
    const stacks = new Set(expected['stack']!.map(({ id }) => id));
    const seen: typeof held = {
      ...held,
      asset: held['asset']!.filter(({ id }) => !unseen.has(id)),
      exif: held['exif']!.filter(({ assetId }) => !unseen.has(assetId)),
      stack: held['stack']!.filter(({ id, ownerId }) => stacks.has(id) || !former.has(ownerId as string)),
    };
    for (const name of Object.keys(expected))
      assert.deepEqual(seen[name], expected[name], `${name} of a device`);
    const ids = (sql: string) => list(sql, userId).sort();
    const albums = ids('SELECT album_id FROM album_user WHERE user_id = ?');
    assert.deepEqual(
      held['album']!.map(({ id }) => id),
      albums,
    );
    assert.deepEqual(
      held['person']!.map(({ id }) => id),
      ids('SELECT id FROM person WHERE owner_id = ?'),
    );
    assert.deepEqual(
      held['memory']!.map(({ id }) => id),
      ids('SELECT id FROM memory WHERE owner_id = ?'),
    );
    assert.deepEqual(
      held['face']!.map(({ id }) => id),
      ids('SELECT f.id FROM face f JOIN asset a ON a.id = f.asset_id WHERE a.owner_id = ?'),
    );
    fresh.device.close();
    db.prepare('DELETE FROM session WHERE id = ?').run(fresh.sessionId);
  };

  try {
    while (done < count) {
      const roll = random.next();
      if (roll < 0.9) change();
      else if (roll < 0.985) await sync(random.pick(phones)!, false);
      else await compare(random.pick(phones)!);
      if (random.next() < 0.0015) now += 31 * DAY_MS;
    }
    for (const phone of phones) await compare(phone);
    return told;
  } finally {
    for (const { device } of phones) device.close();
    await reader.close();
    await writer.close();
    db.close();
    rmSync(dir, { recursive: true });
  }
}
