import type { Page } from 'playwright-core';

/** More stops than a screen has that shows a few photos; who is not through by then is in a trap. */
const MOST_STOPS = 400;

/** Where the focus is, as `stopAt` tells it. */
interface Stop {
  /** Numbers the element on this page. */
  id: string;
  name: string;
  /** A video or a date: Tab goes through its parts, which the page is not told. */
  hasOwnStops: boolean;
  /** Why somebody who only has a keyboard would be lost here; empty when they would not. */
  faults: string[];
}

/** What comes while somebody goes through a page is met on the next round; what is never met is a fault. */
const MOST_ROUNDS = 3;
const BETWEEN_ROUNDS_MS = 500;

/**
 * Goes through all of the page, or of the dialog that is open, by Tab alone. A line for each control that is not
 * reached so, and for each stop that cannot be seen or lies outside the screen. Empty when there are none.
 */
export async function findUnreachable(page: Page): Promise<string[]> {
  for (let round = 1; ; round += 1) {
    const faults = await goRound(page);
    if (faults.length === 0 || round === MOST_ROUNDS) return faults;
    await page.waitForTimeout(BETWEEN_ROUNDS_MS);
  }
}

async function goRound(page: Page): Promise<string[]> {
  const faults = new Map<string, string>();
  const reached = new Set<string>();
  let last: string | undefined;
  for (let stops = 0; ; stops += 1) {
    if (stops === MOST_STOPS) return [...faults.values(), `no end after ${MOST_STOPS} stops`];
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(stopAt);
    // Behind the last one is the browser itself, then the first one again.
    if (!stop) continue;
    if (stop.id === last && stop.hasOwnStops) continue;
    last = stop.id;
    if (reached.has(stop.id)) break;
    reached.add(stop.id);
    for (const fault of stop.faults) faults.set(`${stop.id} ${fault}`, `${stop.name} ${fault}`);
  }
  const missed = await page.evaluate(missedOf, [...reached]);
  return [...faults.values(), ...missed.map((name) => `${name} is not reached`)];
}

function stopAt(): Stop | undefined {
  const element = document.activeElement;
  if (!element || element === document.body || element.tagName === 'DIALOG') return undefined;
  const known = window as unknown as { stops?: Map<Element, string> };
  known.stops ??= new Map();
  const id = known.stops.get(element) ?? String(known.stops.size);
  known.stops.set(element, id);
  // What is drawn of an invisible field, such as of a switch, lies beside or around it.
  const drawn = [
    element,
    element.nextElementSibling,
    element.parentElement,
    element.parentElement?.parentElement,
  ];
  const hasRing = [...drawn, ...element.querySelectorAll('*')].some((part) => {
    if (!part) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(part);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  });
  const box = element.getBoundingClientRect();
  const isOnScreen =
    box.width > 0 &&
    box.height > 0 &&
    box.right > 0 &&
    box.left < innerWidth &&
    box.bottom > 0 &&
    box.top < innerHeight;
  const label = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40);
  return {
    id,
    name: `${element.tagName.toLowerCase()}.${element.className} “${label}”`,
    hasOwnStops: element.matches('video, input[type=date], input[type=time], input[type=datetime-local]'),
    faults: [...(hasRing ? [] : ['shows no focus']), ...(isOnScreen ? [] : ['is outside the screen'])],
  };
}

function missedOf(reached: string[]): string[] {
  const { stops } = window as unknown as { stops: Map<Element, string> };
  const top = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
  const missed: string[] = [];
  for (const element of top.querySelectorAll<HTMLElement>(
    'a[href], button, input, select, textarea, summary, video[controls], [tabindex]',
  )) {
    if (element.tabIndex < 0 || element.matches(':disabled, [inert] *')) continue;
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    // Of a choice of one, Tab goes to the chosen one; arrow keys go on.
    if (element instanceof HTMLInputElement && element.type === 'radio' && !element.checked) continue;
    if (reached.includes(stops.get(element) ?? '')) continue;
    missed.push(
      `${element.tagName.toLowerCase()}.${element.className} “${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40)}”`,
    );
  }
  return missed;
}
