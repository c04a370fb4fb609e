import type { FastifyRequest } from 'fastify';
import { ALL_PHOTOS, FIRST_MONTHS, firstMonth, WHO_IS_HERE } from '#contract/first-questions';
import { Problem } from '#contract/problems';
import type { Caller } from './caller.ts';
import { identify } from './identify.ts';
import type { GatewayParts } from './parts.ts';
import { readFilter } from './routes/timeline.ts';

/** What the owner of a link sees is his guest's: its page asks other things. */
const LINK_PAGE = /^(share|s)\//;

/**
 * A Link header with what the page at `path` asks first, undefined when nobody is signed in. The browser asks while it
 * still fetches the page's scripts, instead of after they have run, and the newest month need not wait for the list
 * of months: three turns of the network less until the first photos.
 */
export function firstQuestions(
  parts: GatewayParts,
  request: FastifyRequest,
  path: string,
): string | undefined {
  const caller = LINK_PAGE.test(path) ? undefined : findSession(parts, request);
  if (!caller) return undefined;
  const questions = [WHO_IS_HERE];
  if (path === '') {
    const [newest] = parts.queries.timeline.listMonths(readFilter(parts, caller, ALL_PHOTOS));
    questions.push(FIRST_MONTHS);
    if (newest) questions.push(firstMonth(newest.month));
  }
  return questions.map((address) => `<${address}>; rel=preload; as=fetch; crossorigin`).join(', ');
}

/** Whose cookie comes with a request for the page; undefined when there is none or it is no longer good. */
function findSession(parts: GatewayParts, { method, headers, cookies }: FastifyRequest): Caller | undefined {
  if (cookies['immich_access_token'] === undefined) return undefined;
  try {
    const { 'user-agent': userAgent = '' } = headers;
    return identify({ method, headers: { 'user-agent': userAgent }, query: {}, cookies }, parts, false);
  } catch (error) {
    // The page itself finds out, and asks to sign in.
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
