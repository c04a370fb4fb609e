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

/**
 * What on the page keeps people out who use a screen reader, a keyboard or large letters: axe-core's findings of
 * serious or critical impact, a line for each. Empty when there are none.
 */
export async function findBarriers(page: Page): Promise<string[]> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await settled(page);
  // Through the debugger's door, since the page's policy lets no foreign script in.
  await page.evaluate(source);
  const { violations } = await page.evaluate(
    () =>
      (globalThis as unknown as { axe: { run: () => Promise<unknown> } }).axe.run() as Promise<{
        violations: Finding[];
      }>,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(' ')}: ${failureSummary}`),
    );
}

/** Colours on their way from one theme to the other are neither's: resolves when nothing moves that has an end. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const _ of [1, 2]) await new Promise((resolve) => requestAnimationFrame(resolve));
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    // One that is cancelled has ended too.
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}
