import type { Static } from 'typebox';
import type { FaceCreateBody, FaceResponse } from '#contract/faces';
import type { Api } from '../api.ts';
import type { Person } from './people.ts';

export type Face = FaceResponse;

export function createPerson(api: Api, name: string): Promise<Person> {
  return api.post('/people', { name });
}

/** Says that this person's face is in this part of the photo. */
export function addFace(api: Api, face: Static<typeof FaceCreateBody>): Promise<void> {
  return api.post('/faces', face);
}

/** The face is this person's from now on, whosever it was. */
export function moveFaceTo(api: Api, faceId: string, personId: string): Promise<Person> {
  return api.put(`/faces/${personId}`, { id: faceId });
}

/** There is no face here; no program finds it again. */
export function removeFace(api: Api, faceId: string): Promise<void> {
  return api.remove(`/faces/${faceId}`, { force: false });
}
