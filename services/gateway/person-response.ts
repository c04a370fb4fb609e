import type { Person } from '#catalog/people';
import type { PersonResponse } from '#contract/people';
import { isoInstant } from '#contract/primitives';

/** A person as contract §8.1 writes them. */
export const personResponse = (person: Person): PersonResponse => ({
  id: person.id,
  name: person.name,
  birthDate: person.birthDate,
  thumbnailPath: '',
  isHidden: person.isHidden === 1,
  isFavorite: person.isFavorite === 1,
  updatedAt: isoInstant(person.updatedAt),
  ...(person.color !== null && { color: person.color }),
});
