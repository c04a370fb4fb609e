import type { UpdateFault } from '#contract/appliance-updates';
import { text } from '../../text.ts';

/** Why an update was not taken or kept, in the page's language where it has words for it; else the box's own. */
export function faultWords({ code, words, details }: UpdateFault): string {
  const own = text.updates.faults[code];
  return own?.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '')) ?? words;
}
