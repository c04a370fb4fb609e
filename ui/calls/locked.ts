import type { Api } from '../api.ts';

/** How it stands with the locked folder in this session. */
export interface LockStatus {
  /** A PIN has been chosen. */
  pinCode: boolean;
  /** The folder is open now. */
  isElevated: boolean;
  /** When it closes again, an instant; absent while it is closed. */
  pinExpiresAt?: string;
}

export function readLock(api: Api): Promise<LockStatus> {
  return api.get('/auth/status');
}

/** Chooses the first PIN, six digits; the folder stays closed. */
export function choosePin(api: Api, pinCode: string): Promise<void> {
  return api.post('/auth/pin-code', { pinCode });
}

/** Chooses another PIN, for whoever knows the password of the account. */
export function changePin(api: Api, newPinCode: string, password: string): Promise<void> {
  return api.put('/auth/pin-code', { newPinCode, password });
}

/** Opens the folder for this session, for a quarter of an hour. */
export function openLocked(api: Api, pinCode: string): Promise<void> {
  return api.post('/auth/session/unlock', { pinCode });
}

export function closeLocked(api: Api): Promise<void> {
  return api.post('/auth/session/lock', {});
}
