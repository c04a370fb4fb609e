import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** What axe-core says of one element. */
interface Finding {
  id: string;
  impact: string | null;
  help: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/** What axe-core leaves in the page. */
interface WithAxe {
  axe?: { run: (options: object) => Promise<{ violations: Finding[] }> };
}

/** Its rules that look at colours: all that differs between the same page in two themes. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/**
 * What on the page keeps people out who use a screen reader, a keyboard or large letters: axe-core's findings of
 * serious or critical impact, a line for each. Empty when there are none. `isColoursOnly`: for a page that has been
 * looked at in its other theme just before.
 */
export async function findBarriers(page: Page, { isColoursOnly = false } = {}): Promise<string[]> {
  await settled(page);
  if (!(await page.evaluate(() => (globalThis as WithAxe).axe !== undefined))) {
    const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    // Through the debugger's door, since the page's policy lets no foreign script in.
    await page.evaluate(source);
  }
  const { violations } = await page.evaluate((options) => (globalThis as WithAxe).axe!.run(options), {
    resultTypes: ['violations'],
    ...(isColoursOnly && { runOnly: COLOUR_RULES }),
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(' ')}: ${failureSummary}`),
    );
}

/**
 * Colours on their way from one theme to the other are neither's: resolves when nothing moves that has an end. What
 * inherits a colour begins to move only when its parent has arrived, so it is looked again until nothing does.
 */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (;;) {
      for (const _ of [1, 2]) await new Promise((resolve) => requestAnimationFrame(resolve));
      const ending = document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
      if (ending.length === 0) return;
      // One that is cancelled has ended too.
      await Promise.allSettled(ending.map(({ finished }) => finished));
    }
  });
}
