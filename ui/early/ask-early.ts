import type { TimelineBuckets } from '#contract/timeline';
import { queryText } from '../query.ts';
import { askEarly } from './early-answers.ts';
import { ALL_PHOTOS } from './first-questions.ts';

/** As many months as a screen may begin with. */
const FIRST_MONTHS = 1;

/**
 * A script of its own, so small that it runs while the page's script is still on its way: asks who is here and, on the
 * first screen, for its newest photos, one question after the other as the page would.
 */
async function askFirstQuestions(): Promise<void> {
  // Without this cookie nobody is signed in, and the page does not ask either.
  if (!document.cookie.includes('immich_is_authenticated=true')) return;
  if (/^\/(share|s)\//.test(location.pathname)) return;
  void askEarly('/api/users/me');
  if (location.pathname !== '/') return;
  const months = await askEarly(`/api/timeline/buckets${queryText(ALL_PHOTOS)}`);
  // A copy is read here; the page reads the answer itself.
  const counts = (await months?.clone().json()) as TimelineBuckets | undefined;
  for (const { timeBucket } of counts?.slice(0, FIRST_MONTHS) ?? [])
    void askEarly(`/api/timeline/bucket${queryText({ ...ALL_PHOTOS, timeBucket })}`);
}

void askFirstQuestions();
