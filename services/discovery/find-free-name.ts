import { setTimeout as wait } from 'node:timers/promises';
import multicastDns from 'multicast-dns';

/** RFC 6762, 8.1: three questions, 250 ms apart; somebody who has the name answers within a second. */
const QUESTIONS = 3;
const BETWEEN_MS = 250;

/** More boxes of one name than this are not in one home. */
const MOST_TRIES = 20;

/**
 * The first of `wanted`, `wanted-2`, `wanted-3` … that no other machine on the network answers for. `isOwn` says
 * which addresses are this machine's. Takes some 0.8 s for each name that is asked for. Rejects when port 5353
 * cannot be had.
 */
export async function findFreeName(wanted: string, isOwn: (address: string) => boolean): Promise<string> {
  for (let number = 1; number <= MOST_TRIES; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!(await isTaken(`${name}.local`, isOwn))) return name;
  }
  throw new Error(`${wanted} and ${MOST_TRIES - 1} names like it are taken`);
}

async function isTaken(host: string, isOwn: (address: string) => boolean): Promise<boolean> {
  const mdns = multicastDns();
  const { promise: failed, reject } = Promise.withResolvers<never>();
  // Awaited below; until then nobody hears of it.
  failed.catch(() => {});
  mdns.on('error', reject);
  // Of packets that make no sense, and of networks that come and go.
  mdns.on('warning', () => {});
  let taken = false;
  mdns.on('response', ({ answers, additionals }) => {
    taken ||= [...answers, ...additionals].some(
      ({ name, type, data }) =>
        name.toLowerCase() === host && (type === 'A' || type === 'AAAA') && !isOwn(String(data)),
    );
  });
  try {
    for (let question = 0; question < QUESTIONS && !taken; question++) {
      // Without a network there is nobody who could answer either.
      mdns.query(
        ['A', 'AAAA'].map((type) => ({ name: host, type })),
        () => {},
      );
      await Promise.race([failed, wait(BETWEEN_MS)]);
    }
    return taken;
  } finally {
    await new Promise<void>((closed) => mdns.destroy(closed));
  }
}
