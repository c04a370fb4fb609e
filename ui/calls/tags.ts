import type { TagResponse } from '#contract/tags';
import type { Api } from '../api.ts';

/** What can be changed of a tag; absent is kept. */
export interface TagChanges {
  name?: string;
  /** `#rrggbb`; null for none. */
  color?: string | null;
}

/** A slash in the name makes the tags above too. */
export function createTag(
  api: Api,
  tag: { name: string; parentId: string | null; color: string | null },
): Promise<TagResponse> {
  return api.post('/tags', tag);
}

export function updateTag(api: Api, id: string, changes: TagChanges): Promise<TagResponse> {
  return api.put(`/tags/${id}`, changes);
}

/** With those inside it; the photos stay. */
export function deleteTag(api: Api, id: string): Promise<void> {
  return api.remove(`/tags/${id}`);
}
