import type { TagResponse } from '#contract/tags';

/** A tag with those inside it, in the order of their names. */
export interface TagNode {
  tag: TagResponse;
  children: readonly TagNode[];
}

/** Tags as a tree. One whose parent is not in the list stands at the top. */
export function buildTagTree(tags: readonly TagResponse[]): TagNode[] {
  const known = new Set(tags.map(({ id }) => id));
  const inside = Map.groupBy(tags, ({ parentId }) =>
    parentId !== undefined && known.has(parentId) ? parentId : undefined,
  );
  const nodesOf = (parentId: string | undefined): TagNode[] =>
    (inside.get(parentId) ?? [])
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .map((tag) => ({ tag, children: nodesOf(tag.id) }));
  return nodesOf(undefined);
}

/** The tags whose names have these words, with all that is above them. */
export function filterTags(tags: readonly TagResponse[], words: string): TagResponse[] {
  const low = words.trim().toLocaleLowerCase();
  if (low === '') return [...tags];
  const byId = new Map(tags.map((tag) => [tag.id, tag]));
  const found = new Set<TagResponse>();
  for (const tag of tags) {
    if (!tag.name.toLocaleLowerCase().includes(low)) continue;
    for (const one of [tag, ...tagsAbove(byId, tag)]) found.add(one);
  }
  return tags.filter((tag) => found.has(tag));
}

/** From the top to the one above this. */
export function tagsAbove(byId: ReadonlyMap<string, TagResponse>, tag: TagResponse): TagResponse[] {
  const above = tag.parentId === undefined ? undefined : byId.get(tag.parentId);
  return above ? [...tagsAbove(byId, above), above] : [];
}
