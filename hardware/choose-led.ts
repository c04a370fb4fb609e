import type { BoardProfile } from './profile.ts';

/** Parts of names that the kernel's makers give to a light that says how a board is doing, the best first. */
const FALLBACKS = [/:status(-\d+)?$/, /:heartbeat(-\d+)?$/, /:indicator(-\d+)?$/, /^ACT$/, /^led0$/];

/**
 * Which of `present` (names in /sys/class/leds) shows how the box is doing: the board's own choice, or on a board
 * that is not known one whose name says that it is for this. Undefined: no light that would not be missed
 * elsewhere (network sockets, keyboards).
 */
export function chooseLed(board: BoardProfile | undefined, present: readonly string[]): string | undefined {
  const own = board?.leds.find((name) => present.includes(name));
  return own ?? fallbackLed(present);
}

function fallbackLed(present: readonly string[]): string | undefined {
  const sorted = present.toSorted();
  for (const pattern of FALLBACKS) {
    const found = sorted.find((name) => pattern.test(name));
    if (found !== undefined) return found;
  }
  return undefined;
}
