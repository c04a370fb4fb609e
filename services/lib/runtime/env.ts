import { resolve } from 'node:path';

interface VariableBase {
  /** The environment variable. */
  name: string;
  /** True: an unset variable without a default reads as undefined instead of being a fault. */
  optional?: true;
}

export interface TextVariable extends VariableBase {
  kind: 'text';
  default?: string;
  /** The only values allowed. Absent: any. */
  oneOf?: readonly string[];
}

export interface IntegerVariable extends VariableBase {
  kind: 'integer';
  default?: number;
  /** Smallest and largest value allowed, both included. Absent: any safe integer. */
  min?: number;
  max?: number;
}

/** A file or folder. Reads as an absolute path; what is relative starts at the working directory. */
export interface PathVariable extends VariableBase {
  kind: 'path';
  default?: string;
}

/** Files or folders, apart by colons as in PATH. Reads as a list of absolute paths; relative ones are faults. */
export interface PathsVariable extends VariableBase {
  kind: 'paths';
  default?: string;
}

/** `1 true yes on` or `0 false no off`. */
export interface BooleanVariable extends VariableBase {
  kind: 'boolean';
  default?: boolean;
}

export type EnvVariable = TextVariable | IntegerVariable | PathVariable | PathsVariable | BooleanVariable;

type Value<Variable extends EnvVariable> = Variable extends IntegerVariable
  ? number
  : Variable extends BooleanVariable
    ? boolean
    : Variable extends PathsVariable
      ? readonly string[]
      : Variable extends { oneOf: readonly (infer Choice)[] }
        ? Choice
        : string;

export type EnvValues<Spec extends Record<string, EnvVariable>> = {
  readonly [Key in keyof Spec]: Spec[Key] extends { optional: true }
    ? Value<Spec[Key]> | undefined
    : Value<Spec[Key]>;
};

/** Everything that is wrong with the environment, in words for the person who set it. */
export class EnvError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(['The environment does not fit:', ...faults.map((fault) => `  - ${fault}`)].join('\n'));
    this.name = 'EnvError';
    this.faults = faults;
  }
}

/**
 * Reads the variables of `spec` out of `env`. An empty variable counts as unset. Throws one EnvError that
 * lists every fault, so that nobody fixes them one start at a time.
 */
export function readEnv<const Spec extends Record<string, EnvVariable>>(
  env: NodeJS.ProcessEnv,
  spec: Spec,
): EnvValues<Spec> {
  const faults: string[] = [];
  const values: Record<string, EnvValue | undefined> = {};
  for (const [key, variable] of Object.entries<EnvVariable>(spec)) {
    const raw = env[variable.name]?.trim();
    if (raw) {
      const read = readVariable(variable, raw);
      if ('fault' in read) faults.push(`${variable.name} ${read.fault}, but is "${raw}"`);
      else values[key] = read.value;
    } else if (variable.default !== undefined) {
      values[key] = defaultOf(variable);
    } else if (!variable.optional) {
      faults.push(`${variable.name} is not set`);
    }
  }
  if (faults.length > 0) throw new EnvError(faults);
  return values as EnvValues<Spec>;
}

/**
 * Runs a config reader for a `main.ts`: an EnvError is printed in its own words, without a stack, and ends
 * the process with code 1; anything else is a bug and propagates.
 */
export function readConfigOrExit<Config>(readConfig: () => Config): Config {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

type EnvValue = string | number | boolean | readonly string[];
type Read = { value: EnvValue } | { fault: string };

function defaultOf(variable: EnvVariable): EnvValue | undefined {
  if (variable.default === undefined) return undefined;
  if (variable.kind === 'path') return resolve(variable.default);
  return variable.kind === 'paths' ? splitPaths(variable.default) : variable.default;
}

const splitPaths = (text: string): string[] =>
  text
    .split(':')
    .filter((path) => path !== '')
    .map((path) => resolve(path));

function readVariable(variable: EnvVariable, raw: string): Read {
  switch (variable.kind) {
    case 'text':
      if (!variable.oneOf || variable.oneOf.includes(raw)) return { value: raw };
      return { fault: `must be one of ${variable.oneOf.join(', ')}` };
    case 'integer':
      return readInteger(variable, raw);
    case 'path':
      if (raw.includes('\0')) return { fault: 'must be a path' };
      return { value: resolve(raw) };
    case 'paths':
      if (/\0|(?:^|:)[^:/]/.test(raw)) return { fault: 'must be whole paths with colons between them' };
      return { value: splitPaths(raw) };
    case 'boolean':
      if (/^(1|true|yes|on)$/i.test(raw)) return { value: true };
      if (/^(0|false|no|off)$/i.test(raw)) return { value: false };
      return { fault: 'must be true or false' };
  }
}

function readInteger({ min, max }: IntegerVariable, raw: string): Read {
  const value = Number(raw);
  const fits = value >= (min ?? -Infinity) && value <= (max ?? Infinity);
  if (/^-?\d+$/.test(raw) && Number.isSafeInteger(value) && fits) return { value };
  if (min !== undefined && max !== undefined)
    return { fault: `must be a whole number from ${min} to ${max}` };
  if (min !== undefined) return { fault: `must be a whole number, at least ${min}` };
  if (max !== undefined) return { fault: `must be a whole number, at most ${max}` };
  return { fault: 'must be a whole number' };
}
