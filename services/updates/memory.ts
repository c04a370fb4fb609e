import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { UpdateFault, UpdateOutcome } from '#contract/appliance-updates';
import { replaceFile, syncReplaced } from '#storage/atomic-write';
import type { PoolIdentity } from './pool-identity.ts';

/** One of the two systems on the card. */
export interface Installed {
  version: string;
  /** `A` or `B`. */
  slot: string;
}

/** An update on its way: written before the first byte of the other slot is, gone when its outcome is known. */
export interface UpdateRecord {
  id: string;
  from: Installed;
  to: Installed;
  /** `installed`: the new slot is complete and starts next. */
  phase: 'installing' | 'installed';
  /** The kernel's name for the run of the box in which this was written. */
  bootId: string;
  /** When the owner wants the restart (Unix ms); null: by hand. */
  restartAt: number | null;
  /** What the box had before, and the new version has to have too. */
  before: Surroundings;
}

/** What the health gate compares. */
export interface Surroundings {
  /** Null: no pool was mounted. */
  pool: PoolIdentity | null;
  /** It had an address in the owner's network. */
  hasAddress: boolean;
}

/** The system that was last kept by the health gate. */
export interface Kept extends Installed {
  at: number;
  /** What it had of drives when it last was well. */
  pool?: PoolIdentity | null;
}

/** Where updates are fetched from and what was last found there. */
export interface SourceMemory {
  address: string;
  /** Unix ms; null: not asked yet. */
  checkedAt: number | null;
  offered: Offer | null;
  fault: UpdateFault | null;
}

/** What the address says of its newest update. */
export interface Offer {
  version: string;
  url: string;
  bytes: number;
  /** Hexadecimal. */
  sha256: string;
}

/** Why the health gate gave a slot up. `reason` is for whoever reads the file. */
export interface SlotFailure extends Installed {
  reason: string;
  fault: UpdateFault;
}

/** What is remembered on the state partition, one file each. A version in the name: both slots read them. */
interface Files {
  'updates/update.v1.json': UpdateRecord;
  'updates/kept.v1.json': Kept;
  'updates/minimum.v1.json': { version: string };
  'updates/outcome.v1.json': UpdateOutcome & { isTold: boolean };
  'updates/source.v1.json': SourceMemory;
  'slot-failure.json': SlotFailure;
}
export type MemoryName = keyof Files;

/** What the box remembers of updates: small files that a power cut leaves either old or new. */
export interface Memory {
  /** Undefined: never written, or no longer readable, which a worn card may do. */
  read<Name extends MemoryName>(name: Name): Promise<Files[Name] | undefined>;
  /** Durable once resolved. */
  write<Name extends MemoryName>(name: Name, value: Files[Name]): Promise<void>;
  forget(name: MemoryName): Promise<void>;
}

/** `stateDir`: the state partition. Its errors propagate. */
export function openMemory(stateDir: string): Memory {
  return {
    read: async (name) => {
      try {
        return JSON.parse(await readFile(join(stateDir, name), 'utf8'));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError)
          return undefined;
        throw error;
      }
    },
    write: async (name, value) => {
      const path = join(stateDir, name);
      await mkdir(join(stateDir, 'updates'), { recursive: true, mode: 0o700 });
      await replaceFile({ path, content: `${JSON.stringify(value)}\n` }, 0o600);
      await syncReplaced([path, join(stateDir, 'updates')]);
    },
    forget: async (name) => {
      const path = join(stateDir, name);
      await rm(path, { force: true });
      await mkdir(join(stateDir, 'updates'), { recursive: true, mode: 0o700 });
      await syncReplaced([path]);
    },
  };
}
