import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Problem } from '#contract/problems';

/**
 * OWASP's Password Storage Cheat Sheet: Argon2id with 19 MiB of memory, 2 passes and 1 lane at least. More
 * memory would be better against attackers, and worse on a box that has 2 GB for everything.
 */
const MEMORY_KIB = 19 * 1024;
const PASSES = 2;
const LANES = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** Each run takes MEMORY_KIB and one of Node's four threads for files; uploads need the other two. */
const MOST_AT_ONCE = 2;

/** More than these wait nowhere: they are told that the box is busy. */
const MOST_WAITING = 200;

/** More than what we write in our own parameters would let a damaged row take all memory. */
const MOST_MEMORY_KIB = 256 * 1024;

export interface Passwords {
  /** The password as it is kept: Argon2id with a fresh salt in PHC string form. Takes some 50 ms. */
  hash(password: string): Promise<string>;
  /**
   * Whether `password` is the one that `encoded` was made of. Without `encoded` (no such account) the answer is
   * no, after the same time. `isOutdated`: it is, but encoded with other parameters than we use today.
   */
  verify(
    encoded: string | null | undefined,
    password: string,
  ): Promise<{ matches: boolean; isOutdated: boolean }>;
}

interface Encoded {
  memoryKib: number;
  passes: number;
  lanes: number;
  salt: Buffer;
  hash: Buffer;
}

const derive = promisify(argon2);

export function buildPasswords({ mostWaiting = MOST_WAITING } = {}): Passwords {
  const takeTurn = buildTurns(mostWaiting);
  // Nobody's password: what is compared when there is no account.
  const nobody = encode({
    memoryKib: MEMORY_KIB,
    passes: PASSES,
    lanes: LANES,
    salt: randomBytes(SALT_BYTES),
    hash: randomBytes(HASH_BYTES),
  });
  const run = (password: string, { memoryKib, passes, lanes, salt, hash }: Encoded) =>
    takeTurn(() =>
      derive('argon2id', {
        // The same characters can be typed as different code points on a phone and a computer.
        message: Buffer.from(password.normalize('NFKC')),
        nonce: salt,
        memory: memoryKib,
        passes,
        parallelism: lanes,
        tagLength: hash.length,
      }),
    );
  return {
    hash: async (password) => {
      const wanted: Encoded = {
        memoryKib: MEMORY_KIB,
        passes: PASSES,
        lanes: LANES,
        salt: randomBytes(SALT_BYTES),
        hash: Buffer.alloc(HASH_BYTES),
      };
      return encode({ ...wanted, hash: await run(password, wanted) });
    },
    verify: async (encoded, password) => {
      const kept = decode(encoded ?? nobody);
      const matches = timingSafeEqual(await run(password, kept), kept.hash) && Boolean(encoded);
      const isOutdated =
        matches && (kept.memoryKib !== MEMORY_KIB || kept.passes !== PASSES || kept.lanes !== LANES);
      return { matches, isOutdated };
    },
  };
}

/** `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, base64 without padding (the PHC string format). */
const encode = ({ memoryKib, passes, lanes, salt, hash }: Encoded): string =>
  `$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$${unpadded(salt)}$${unpadded(hash)}`;

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

const FORM = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/;

function decode(encoded: string): Encoded {
  const [, memoryKib, passes, lanes, salt, hash] = FORM.exec(encoded) ?? [];
  if (salt === undefined || hash === undefined || Number(memoryKib) > MOST_MEMORY_KIB)
    throw new Error('a kept password is not in the form that this release writes');
  return {
    memoryKib: Number(memoryKib),
    passes: Number(passes),
    lanes: Number(lanes),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}

/** Lets a few through at a time, in the order in which they came. */
function buildTurns(mostWaiting: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= MOST_AT_ONCE) {
      if (waiting.length >= mostWaiting) throw new Problem('catalog_busy');
      // Who ends hands its turn over, so that nobody who comes in between takes it.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
