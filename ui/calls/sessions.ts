import type { Static } from 'typebox';
import type { SessionResponse } from '#contract/sessions';
import type { Api } from '../api.ts';

export type DeviceSession = Static<typeof SessionResponse>;

/** Where the account is signed in, this browser too. */
export function listSessions(api: Api): Promise<DeviceSession[]> {
  return api.get('/sessions');
}

export function endSession(api: Api, id: string): Promise<void> {
  return api.remove(`/sessions/${id}`);
}

/** All but the one that asks. */
export function endOtherSessions(api: Api): Promise<void> {
  return api.remove('/sessions');
}
