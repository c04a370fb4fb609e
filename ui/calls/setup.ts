import type { Setup, SetupStep } from '#contract/appliance-setup';
import { type Api, RequestProblem } from '../api.ts';

/** How far setting the box up is. Before the first account exists, anybody in its network may ask. */
export function readSetup(api: Api): Promise<Setup> {
  return api.get('/appliance/setup');
}

/** Whether the signed-in person has steps left to take; false for those who do not look after the box. Rejects when it does not answer. */
export async function isSetupOpen(api: Api): Promise<boolean> {
  try {
    return (await readSetup(api)).next !== null;
  } catch (error) {
    // It is not theirs to set up.
    if (error instanceof RequestProblem && error.status === 403) return false;
    throw error;
  }
}

export function answerBox(api: Api, answers: { name: string; timeZone: string }): Promise<Setup> {
  return api.put('/appliance/setup/box', answers);
}

export function answerPrivacy(
  api: Api,
  answers: { faces: boolean; placeNames: boolean; memories: boolean },
): Promise<Setup> {
  return api.put('/appliance/setup/privacy', answers);
}

export function finishStep(api: Api, step: Extract<SetupStep, 'phone' | 'done'>): Promise<Setup> {
  return api.put(`/appliance/setup/${step}`, {});
}

/** Passes over a step; it can be answered later. */
export function skipStep(api: Api, step: Extract<SetupStep, 'box' | 'privacy' | 'phone'>): Promise<Setup> {
  return api.put(`/appliance/setup/${step}`, { skip: true });
}
