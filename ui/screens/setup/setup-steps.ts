import type { Setup, SetupStep } from '#contract/appliance-setup';

/** What every step gets: how it was answered before, and where to go when it is. */
export interface StepProps {
  setup: Setup;
  onAnswered: (setup: Setup) => void;
}

/**
 * Where to go after `step`: the next one that nobody has answered, or that only tells something; the one before the
 * last answer is never gone back to by itself.
 */
export function stepAfter(step: SetupStep, setup: Setup): SetupStep {
  const names = setup.steps.map(({ id }) => id);
  const later = setup.steps.slice(names.indexOf(step) + 1);
  return later.find(({ state }) => state === 'open' || state === 'unavailable')?.id ?? 'done';
}

/** Whether a step can be opened out of its turn: all before the first open one, and what was answered. */
export function canOpen(step: SetupStep, setup: Setup): boolean {
  if (step === 'account') return false;
  const names = setup.steps.map(({ id }) => id);
  const next = setup.next ?? 'done';
  return names.indexOf(step) <= names.indexOf(next) || setup.steps[names.indexOf(step)]?.state === 'done';
}

/** The longest label of a network name (RFC 1123). */
const LONGEST_NAME = 63;

/** What was typed as a name that networks allow: `Fotos für Oma` → `fotos-fuer-oma`; empty when nothing is left. */
export function networkName(typed: string): string {
  return typed
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/[’']/g, '')
    .replace(/\p{Mn}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, LONGEST_NAME)
    .replace(/-+$/, '');
}

/** The zone to offer: the reader's own while nobody has chosen, since they most often stand beside the box. */
export function offeredZone({ state, answers, timeZones }: Setup['steps'][1], own: string): string {
  return state === 'open' && timeZones.includes(own) ? own : answers.timeZone;
}
