import type { PartnerResponse } from '#contract/partners';
import type { UserResponse } from '#contract/users';
import type { Api } from '../api.ts';

/** Those who share their timelines with the caller. */
export function listPartners(api: Api): Promise<PartnerResponse[]> {
  return api.get('/partners', { direction: 'shared-with' });
}

/** Those whom the caller shares with. */
export function listSharedWith(api: Api): Promise<PartnerResponse[]> {
  return api.get('/partners', { direction: 'shared-by' });
}

export function shareTimeline(api: Api, sharedWithId: string): Promise<PartnerResponse> {
  return api.post('/partners', { sharedWithId });
}

export function stopSharingTimeline(api: Api, sharedWithId: string): Promise<void> {
  return api.remove(`/partners/${sharedWithId}`);
}

/** Whether a partner's photos stand among one's own. */
export function showInTimeline(api: Api, partnerId: string, inTimeline: boolean): Promise<PartnerResponse> {
  return api.put(`/partners/${partnerId}`, { inTimeline });
}

/** Everybody who has an account on this box, the caller too. */
export function listUsers(api: Api): Promise<UserResponse[]> {
  return api.get('/users');
}
