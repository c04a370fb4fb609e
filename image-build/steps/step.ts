import type { Commands } from '../commands.ts';
import type { DebianLock } from '../debian/lock.ts';
import type { SigningKeys } from '../keys.ts';
import type { Plan, StepId } from '../plan.ts';

/** What a step is given to make its part. */
export interface StepContext {
  plan: Plan;
  lock: DebianLock;
  /** The repository. */
  root: string;
  /** The verified packages. */
  poolDir: string;
  /** Keeps npm's packages for the device. */
  appCacheDir: string;
  /** The private key and the certificate that sign updates. */
  keys: SigningKeys;
  commands: Commands;
  /** Empty folder to fill. It counts as made only once the step has come to its end. */
  out: string;
  /** The folder that another step has filled; it has to be among the step's needs. */
  of: (step: StepId) => string;
  /** Tells whoever waits what is going on. */
  say: (text: string) => void;
}
