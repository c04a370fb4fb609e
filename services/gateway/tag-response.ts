import { tagName } from '#catalog/tag-path';
import type { Tag } from '#catalog/tags';
import { isoInstant } from '#contract/primitives';
import type { TagResponse } from '#contract/tags';

/** A tag as contract §8.1 writes it. */
export const tagResponse = (tag: Tag): TagResponse => ({
  id: tag.id,
  name: tagName(tag.value),
  value: tag.value,
  createdAt: isoInstant(tag.createdAt),
  updatedAt: isoInstant(tag.updatedAt),
  ...(tag.parentId !== null && { parentId: tag.parentId }),
  ...(tag.color !== null && { color: tag.color }),
});
