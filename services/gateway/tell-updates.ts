import { randomUUID } from 'node:crypto';
import type { UpdateOutcome } from '#contract/appliance-updates';
import { Problem } from '#contract/problems';
import { connectUpdates } from './ask-updates.ts';
import { announceNotifications } from './notify.ts';
import type { GatewayParts } from './parts.ts';

/** How often is looked while something may come of an update, and otherwise. */
const SOON_MS = 20_000;
const SELDOM_MS = 60 * 60_000;

/** So long after the start the other process may still be starting. */
const STARTING_MS = 15 * 60_000;

/**
 * Tells administrators how the last update went, and of a newer version that was found. Ends by itself where nothing
 * updates. What a power cut keeps from being noted as told is told once more, in the place of the first.
 */
export function tellUpdates(parts: GatewayParts): { close: () => void; lookNow: () => Promise<void> } {
  const updates = connectUpdates(parts.config.updatesSocket);
  const startedAt = parts.now();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const lookNow = async (): Promise<void> => {
    let nextMs: number | undefined = SELDOM_MS;
    try {
      const { step, last, isTold, source } = await updates.ask('GET', '/state');
      if (last && !isTold) {
        await tell(parts, newsOf(last));
        await updates.ask('POST', '/told', { json: { id: last.id } });
      }
      if (source.offered) await offer(parts, source.offered.version);
      if (step.kind === 'trying') nextMs = SOON_MS;
    } catch (error) {
      if (!(error instanceof Problem)) parts.log.error({ err: error }, 'outcome of an update not told');
      const mayCome = parts.config.updatesSocket !== undefined && parts.now() - startedAt < STARTING_MS;
      nextMs = mayCome ? SOON_MS : undefined;
    }
    if (!isClosed && nextMs !== undefined) {
      timer = setTimeout(() => void lookNow(), nextMs);
      timer.unref();
    }
  };
  return {
    lookNow,
    close: () => {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

interface News {
  level: 'success' | 'warning' | 'info';
  title: string;
  description: string;
  about: string;
  data: Record<string, unknown>;
}

/** The words of an outcome. */
export function newsOf({ id, kind, from, to, reason }: UpdateOutcome): News {
  const about = `update.${id}`;
  const data = { kind, from, to, reason: reason?.code ?? null, details: reason?.details ?? {} };
  if (kind === 'updated')
    return {
      ...{ level: 'success', about, data, title: 'The box was updated' },
      description: `It now runs version ${to}, and everything works as before.`,
    };
  if (kind === 'went_back')
    return {
      ...{ level: 'warning', about, data, title: 'The box went back to the version before' },
      description: `It runs version ${from} again instead of ${to}. ${reason?.words ?? ''} Your photos were not touched.`,
    };
  return {
    ...{ level: 'warning', about, data, title: 'An update was not finished' },
    description: `The box still runs version ${from}. ${reason?.words ?? ''}`,
  };
}

/** A version that was found is news once, and not each time that it is found. */
async function offer(parts: GatewayParts, version: string): Promise<void> {
  const about = `update.offered.${version}`;
  const isKnown = parts.queries.users
    .listAll()
    .some(({ id }) =>
      parts.queries.notifications
        .list({ userId: id, type: 'SystemMessage' })
        .some(({ data }) => data !== null && (JSON.parse(data) as { about?: string }).about === about),
    );
  if (isKnown) return;
  await tell(parts, {
    ...{ level: 'info', about, data: { kind: 'offered', to: version } },
    title: 'There is a newer version for the box',
    description: `Version ${version} can be installed on the page about the box.`,
  });
}

async function tell(parts: GatewayParts, { about, data, ...news }: News): Promise<void> {
  const now = parts.now();
  for (const user of parts.queries.users.listAll()) {
    if (user.isAdmin !== 1) continue;
    const id = await parts.writer.notifications.batch({
      ...{ id: randomUUID(), userId: user.id, type: 'SystemMessage', ...news, data, about, now },
    });
    if (id !== null) announceNotifications(parts, [id]);
  }
}
