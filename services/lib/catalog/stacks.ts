import type { Catalog } from './open.ts';

export interface Stack {
  id: string;
  ownerId: string;
  primaryAssetId: string;
}

const COLUMNS = 'id, owner_id AS ownerId, primary_asset_id AS primaryAssetId';

export function stackQueries(db: Catalog) {
  const byId = db.prepare<[string], Stack>(`SELECT ${COLUMNS} FROM stack WHERE id = ?`);
  const byOwner = db.prepare<{ ownerId: string; primaryAssetId: string | null }, Stack>(`
    SELECT ${COLUMNS} FROM stack WHERE owner_id = @ownerId
      AND (@primaryAssetId IS NULL OR primary_asset_id = @primaryAssetId) ORDER BY created_at DESC, id`);
  const members = db
    .prepare<[string], string>(
      `SELECT a.id FROM asset a JOIN stack s ON s.id = a.stack_id WHERE s.id = ?
       ORDER BY a.id <> s.primary_asset_id, a.captured_at, a.rowid`,
    )
    .pluck();
  return {
    findById: (id: string): Stack | undefined => byId.get(id),
    /** A user's stacks, newest first; only those with this primary asset unless null. */
    listByOwner: (ownerId: string, primaryAssetId: string | null): Stack[] =>
      byOwner.all({ ownerId, primaryAssetId }),
    /** Asset ids, the primary first, then by capture time. */
    listMembers: (stackId: string): string[] => members.all(stackId),
  };
}

export function stackChanges(db: Catalog) {
  const insert = db.prepare<Stack & { now: number }>(
    `INSERT INTO stack (id, owner_id, primary_asset_id, created_at, updated_at)
     VALUES (@id, @ownerId, @primaryAssetId, @now, @now)`,
  );
  const setPrimary = db.prepare<{ id: string; primaryAssetId: string; now: number }>(
    'UPDATE stack SET primary_asset_id = @primaryAssetId, updated_at = @now WHERE id = @id',
  );
  const remove = db.prepare<[string]>('DELETE FROM stack WHERE id = ?');
  const primaryOf = db.prepare<[string], string>('SELECT primary_asset_id FROM stack WHERE id = ?').pluck();
  const stackOf = db.prepare<[string], string | null>('SELECT stack_id FROM asset WHERE id = ?').pluck();
  const members = db.prepare<[string], { id: string; isTrashed: number; isMember: number }>(
    `SELECT id, trashed_at IS NOT NULL AS isTrashed, is_stack_member AS isMember FROM asset
     WHERE stack_id = ? ORDER BY captured_at, rowid`,
  );
  const place = db.prepare<{ id: string; stackId: string | null; isMember: number; now: number }>(
    `UPDATE asset SET stack_id = @stackId, is_stack_member = @isMember, updated_at = @now WHERE id = @id`,
  );

  /**
   * Makes a stack right again after its assets changed: one that is left alone is no stack, and one that is
   * in the trash or gone stands for nobody while another could.
   */
  const mend = (id: string, now: number): void => {
    const primary = primaryOf.get(id);
    if (primary === undefined) return;
    const all = members.all(id);
    if (all.length < 2) {
      for (const member of all) place.run({ id: member.id, stackId: null, isMember: 0, now });
      remove.run(id);
      return;
    }
    const shown = all.filter((member) => !member.isTrashed);
    const candidates = shown.length > 0 ? shown : all;
    const next = candidates.some((member) => member.id === primary) ? primary : candidates[0]!.id;
    if (next !== primary) setPrimary.run({ id, primaryAssetId: next, now });
    for (const member of all) {
      const isMember = member.id === next ? 0 : 1;
      if (isMember !== member.isMember) place.run({ id: member.id, stackId: id, isMember, now });
    }
  };
  const dissolve = (id: string, now: number): void => {
    for (const member of members.all(id)) place.run({ id: member.id, stackId: null, isMember: 0, now });
    remove.run(id);
  };
  return {
    /** See above; a stack that no longer exists is left alone. */
    mend,
    /** Takes an asset out of its stack, if it is in one, and mends that. */
    leave: (assetId: string, now: number): void => {
      const stackId = stackOf.get(assetId);
      if (!stackId) return;
      place.run({ id: assetId, stackId: null, isMember: 0, now });
      mend(stackId, now);
    },
    /**
     * Makes a stack of `assetIds` (at least two, all of the owner), the first on top. Stacks whose primary
     * is among them are dissolved into it; others only lose the asset.
     */
    create: (stack: { id: string; ownerId: string; assetIds: readonly string[]; now: number }): void => {
      const { id, ownerId, now } = stack;
      const assetIds = new Set(stack.assetIds);
      const left = new Set<string>();
      for (const assetId of [...assetIds]) {
        const old = stackOf.get(assetId);
        if (!old) continue;
        left.add(old);
        if (primaryOf.get(old) === assetId) for (const member of members.all(old)) assetIds.add(member.id);
      }
      const [primaryAssetId] = assetIds;
      insert.run({ id, ownerId, primaryAssetId: primaryAssetId!, now });
      for (const assetId of assetIds)
        place.run({ id: assetId, stackId: id, isMember: assetId === primaryAssetId ? 0 : 1, now });
      for (const old of left) mend(old, now);
    },
    /** Puts another of its assets on top; false when it is none of them. */
    setPrimary: (change: { id: string; primaryAssetId: string; now: number }): boolean => {
      if (stackOf.get(change.primaryAssetId) !== change.id) return false;
      setPrimary.run(change);
      mend(change.id, change.now);
      return true;
    },
    /** Takes the stack apart; its assets stay. */
    dissolve,
  };
}
