import type { Session } from '#catalog/sessions';
import type { PhoneUploads } from '#catalog/settings';
import type { User } from '#catalog/users';
import type { Phone } from '#contract/appliance-phones';
import { isoInstant, isoInstantOrNull } from '#contract/primitives';
import { boxDay } from './box-identity.ts';
import type { GatewayParts } from './parts.ts';

/** Signed-in phones: what each has sent is counted, kept, and shown to those who look on. */
export interface Phones {
  /** Phones of these people, the one last heard from first. */
  list(users: readonly User[]): Phone[];
  /** A device has signed in. */
  noteSignIn(sessionId: string): void;
  /** A file that is new to the box came from this device. */
  noteUpload(session: Session): void;
  /** Keeps what is not kept yet. */
  close(): Promise<void>;
}

type Parts = Pick<GatewayParts, 'queries' | 'writer' | 'events' | 'now' | 'log'>;

/** A phone that sends its whole library is announced and counted this often, not with every photo. */
const EVERY_MS = 2_000;

const NOTHING: PhoneUploads = { inAll: 0, day: '', ofDay: 0, lastAt: 0 };

/** Whether a session is the phone app's, and not a browser's on a phone. */
const isPhone = ({ appVersion }: Session): boolean => appVersion !== null;

/**
 * The last two seconds of counting are in memory only: a power cut makes a phone's count smaller than what it has
 * sent, and loses no photo.
 */
export function openPhones(parts: Parts): Phones {
  const { queries, writer, events, now, log } = parts;
  /** Not in the catalog yet, by session. */
  const pending = new Map<string, { count: number; lastAt: number }>();
  const timers = new Map<string, NodeJS.Timeout>();

  const describe = (session: Session, user: User, kept: Partial<Record<string, PhoneUploads>>): Phone => {
    const { inAll, day, ofDay, lastAt } = kept[session.id] ?? NOTHING;
    const fresh = pending.get(session.id);
    const lastSentAt = fresh?.lastAt ?? lastAt;
    return {
      sessionId: session.id,
      userId: user.id,
      userName: user.name,
      model: session.deviceType,
      os: session.deviceOs,
      appVersion: session.appVersion,
      signedInAt: isoInstant(session.createdAt),
      lastHeardAt: isoInstant(Math.max(session.updatedAt, lastSentAt)),
      sentToday: (day === boxDay(parts, now()) ? ofDay : 0) + (fresh?.count ?? 0),
      sentInAll: inAll + (fresh?.count ?? 0),
      lastSentAt: isoInstantOrNull(lastSentAt === 0 ? null : lastSentAt),
    };
  };

  /** Tells the phone's owner and the administrators, who may be waiting for it to arrive. */
  const announce = (sessionId: string): void => {
    const session = queries.sessions.findById(sessionId);
    const user = session && queries.users.findById(session.userId);
    if (!user || !isPhone(session)) return;
    const phone = describe(session, user, queries.settings.find('phoneUploads') ?? {});
    for (const { id, isAdmin } of queries.users.listActive())
      if (isAdmin === 1 || id === user.id) events.toUser(id, 'on_phone', phone);
  };

  const keep = async (sessionId: string): Promise<void> => {
    const fresh = pending.get(sessionId);
    if (!fresh) return;
    const { count, lastAt } = fresh;
    await writer.settings.notePhoneUploads({
      sessionId,
      count,
      lastAt,
      day: boxDay(parts, lastAt),
      now: now(),
    });
    fresh.count -= count;
    if (fresh.count === 0) pending.delete(sessionId);
  };
  /** A count that cannot be written now is written with the next one: uploads then fail as well, and say why. */
  const keepOrLog = (sessionId: string): Promise<void> =>
    keep(sessionId).catch((error: unknown) => log.warn({ err: error }, 'uploads of a phone not counted'));

  return {
    list: (users) => {
      const kept = queries.settings.find('phoneUploads') ?? {};
      return users
        .flatMap((user) =>
          queries.sessions
            .listByUser(user.id, now())
            .filter(isPhone)
            .map((session) => describe(session, user, kept)),
        )
        .sort((a, b) => Date.parse(b.lastHeardAt) - Date.parse(a.lastHeardAt));
    },
    noteSignIn: announce,
    noteUpload: (session) => {
      if (!isPhone(session)) return;
      const { id } = session;
      const count = (pending.get(id)?.count ?? 0) + 1;
      pending.set(id, { count, lastAt: now() });
      if (timers.has(id)) return;
      // The first one at once: somebody may be standing there with the phone.
      announce(id);
      const timer = setTimeout(async () => {
        timers.delete(id);
        await keepOrLog(id);
        announce(id);
      }, EVERY_MS);
      timers.set(id, timer.unref());
    },
    close: async () => {
      for (const timer of timers.values()) clearTimeout(timer);
      for (const id of [...pending.keys()]) await keepOrLog(id);
    },
  };
}
