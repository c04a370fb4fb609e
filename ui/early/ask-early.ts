import { FIRST_MONTHS, firstMonth, WHO_IS_HERE } from '#contract/first-questions';
import type { TimelineBuckets } from '#contract/timeline';
import { askEarly } from './early-answers.ts';

/**
 * A script of its own, so small that it runs while the page's script is still on its way: asks who is here and, on the
 * first screen, for its newest photos, one question after the other as the page would. Where the browser has already
 * asked, because the box named these addresses in the header of the page, this takes its answers.
 */
async function askFirstQuestions(): Promise<void> {
  // Without this cookie nobody is signed in, and the page does not ask either.
  if (!document.cookie.includes('immich_is_authenticated=true')) return;
  if (/^\/(share|s)\//.test(location.pathname)) return;
  void askEarly(WHO_IS_HERE);
  if (location.pathname !== '/') return;
  const months = await askEarly(FIRST_MONTHS);
  // A copy is read here; the page reads the answer itself.
  const counts = (await months?.clone().json()) as TimelineBuckets | undefined;
  const newest = counts?.[0];
  if (newest) void askEarly(firstMonth(newest.timeBucket));
}

void askFirstQuestions();
