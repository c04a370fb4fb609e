import type { PersonResponse, PersonUpdateBody } from '#contract/people';
import type { Api } from '../api.ts';

export type Person = PersonResponse;

/** More people at once than any family knows. */
const MOST_PEOPLE = 1000;

/** Those with a name, with faces marked by hand, or on several photos; favourites first, then by how often. */
export async function listPeople(api: Api, { withHidden }: { withHidden: boolean }): Promise<Person[]> {
  return (await api.get<{ people: Person[] }>('/people', { withHidden, size: MOST_PEOPLE })).people;
}

export function readPerson(api: Api, id: string): Promise<Person> {
  return api.get(`/people/${id}`);
}

export async function countPhotosOf(api: Api, id: string): Promise<number> {
  return (await api.get<{ assets: number }>(`/people/${id}/statistics`)).assets;
}

export function updatePerson(api: Api, id: string, changes: PersonUpdateBody): Promise<Person> {
  return api.put(`/people/${id}`, changes);
}

/** The faces of the others become those of the first, who stays. */
export function mergePeople(api: Api, id: string, others: readonly string[]): Promise<unknown> {
  return api.post(`/people/${id}/merge`, { ids: others });
}
