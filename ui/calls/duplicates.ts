import type { DuplicateGroup } from '#contract/duplicates';
import type { BulkIdResult } from '#contract/primitives';
import type { Api } from '../api.ts';

/** Photos that look alike, group by group. */
export function listDuplicates(api: Api): Promise<DuplicateGroup[]> {
  return api.get('/duplicates');
}

/** Some stay, the others go into the trash, and the group is no longer one. Says whether the box took it. */
export function resolveDuplicates(
  api: Api,
  group: { duplicateId: string; keepAssetIds: readonly string[]; trashAssetIds: readonly string[] },
): Promise<BulkIdResult[]> {
  return api.post('/duplicates/resolve', { groups: [group] });
}

/** All of them stay, and the group is no longer one. */
export function dismissDuplicates(api: Api, duplicateId: string): Promise<void> {
  return api.remove(`/duplicates/${duplicateId}`);
}
