import { type UpdateFault, updateFault } from '#contract/appliance-updates';
import { CommandError, type CommandOptions, runCommand } from '#runtime/command';
import { isVersion } from './version.ts';

/** What a bundle's signed manifest says. */
export interface BundleFacts {
  version: string;
  compatible: string;
  /** Of the manifest; what is installed has to have the same. Absent from RAUC before 1.9. */
  manifestHash: string | undefined;
}

/** A bundle that is not what it should be. */
export class UpdateRefused extends Error {
  readonly fault: UpdateFault;

  constructor(fault: UpdateFault, cause?: unknown) {
    super(fault.words, { cause });
    this.fault = fault;
  }
}

export interface Rauc {
  /** Throws UpdateRefused for what is not signed by our keys or no bundle. */
  readBundle(file: string): Promise<BundleFacts>;
  /**
   * Writes a bundle into the slot that does not run, and has that start next. Throws UpdateRefused with what went
   * wrong; the slot that runs is never touched.
   */
  install(file: string, facts: BundleFacts, onPercent: (percent: number) => void): Promise<void>;
  /** The two slots. */
  readSlots(): Promise<SlotFacts[]>;
  /** The slot that runs is well. */
  markGood(): Promise<void>;
}

export interface SlotFacts {
  /** `A` or `B`. */
  name: string;
  isRunning: boolean;
  /** It may be started. */
  isGood: boolean;
}

/** The slowest card that is allowed to exist writes 1 MB/s. */
const INSTALL_MS = 45 * 60_000;

/** Questions are answered at once, but not on a box that has just started and whose every reader of the card waits. */
const ANSWER_MS = 5 * 60_000;

/** Another installation still runs, as after this service was started anew; how often and how long it is waited for. */
const BUSY_TRIES = 90;
const BUSY_MS = 10_000;

/** `command`: the program and what comes before its words; `rauc` alone on the box. */
export function openRauc(command: readonly string[]): Rauc {
  const [program = 'rauc', ...first] = command;
  const run = (args: readonly string[], options?: CommandOptions) =>
    runCommand(program, [...first, ...args], { timeoutMs: ANSWER_MS, ...options });

  const installOnce = async (
    file: string,
    { manifestHash }: BundleFacts,
    onPercent: (percent: number) => void,
  ) => {
    const exactly = manifestHash === undefined ? [] : [`--require-manifest-hash=${manifestHash}`];
    const progress = readProgress(onPercent);
    try {
      await run(['install', ...exactly, file], { timeoutMs: INSTALL_MS, onOutput: progress.read });
    } catch (error) {
      if (!(error instanceof CommandError) || error.reason !== 'failed') throw error;
      throw new UpdateRefused(faultOf(progress.lastError() ?? lastLine(error.stderr)), error);
    }
  };

  return {
    readBundle: async (file) => {
      try {
        return readInfo(await run(['info', '--output-format=json', file]));
      } catch (error) {
        if (!(error instanceof CommandError) || error.reason !== 'failed') throw error;
        throw new UpdateRefused(faultOf(lastLine(error.stderr)), error);
      }
    },
    install: async (file, facts, onPercent) => {
      for (let tries = 1; ; tries++) {
        try {
          return await installOnce(file, facts, onPercent);
        } catch (error) {
          const { cause } = error as Error;
          const isBusy = cause instanceof CommandError && /already processing/i.test(cause.stderr);
          if (!isBusy || tries === BUSY_TRIES) throw error;
          await new Promise((resolve) => setTimeout(resolve, BUSY_MS));
        }
      }
    },
    readSlots: async () => readStatus(await run(['status', '--output-format=json'])),
    markGood: async () => {
      await run(['status', 'mark-good']);
    },
  };
}

/** `rauc info --output-format=json`. */
export function readInfo(output: Buffer): BundleFacts {
  const { version, compatible, hash } = JSON.parse(output.toString()) as Record<string, unknown>;
  // A bundle of ours, for what is signed by others never comes here; but one that names no version.
  if (typeof version !== 'string' || !isVersion(version) || typeof compatible !== 'string')
    throw new UpdateRefused(updateFault('not_an_update'));
  return { version, compatible, manifestHash: typeof hash === 'string' ? hash : undefined };
}

/** `rauc status --output-format=json`: only slots with a boot name are started, the others belong to them. */
export function readStatus(output: Buffer): SlotFacts[] {
  const { slots } = JSON.parse(output.toString()) as {
    slots: Record<string, { bootname: string | null; state: string; boot_status: string | null }>[];
  };
  return slots
    .flatMap((slot) => Object.values(slot))
    .filter(({ bootname }) => bootname !== null)
    .map((slot) => ({
      name: slot.bootname!,
      isRunning: slot.state === 'booted',
      isGood: slot.boot_status === 'good',
    }));
}

/** Lines like ` 42% Copying image to boot.1`, and `LastError: …` when it fails. */
export function readProgress(onPercent: (percent: number) => void) {
  let rest = '';
  let last: number | undefined;
  let lastError: string | undefined;
  const readLine = (line: string) => {
    lastError = /^LastError: (.+)$/.exec(line)?.[1] ?? lastError;
    const percent = Number(/^\s*(\d{1,3})% /.exec(line)?.[1] ?? Number.NaN);
    // "100% Installing failed." is no progress.
    if (Number.isNaN(percent) || percent === last || / failed\.$/.test(line)) return;
    last = percent;
    onPercent(percent);
  };
  return {
    read: (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) readLine(line);
    },
    lastError: () => lastError,
  };
}

/** RAUC's words (1.8 to 1.15) as a fault of ours. */
export function faultOf(words: string): UpdateFault {
  if (/signature verification failed|Failed to load CMS|CMS_verify|unable to get local issuer/i.test(words))
    return updateFault('not_signed');
  if (/compatible .* does not match|Compatible mismatch|manifest compatible/i.test(words))
    return updateFault('other_device');
  if (
    /Invalid bundle|Invalid identifier|Signature size|Failed to seek|not a valid bundle|manifest/i.test(words)
  )
    return updateFault('not_an_update');
  return updateFault('install_failed', { reason: words.trim() });
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
