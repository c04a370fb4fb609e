/** A version as image-build takes it: three numbers, and for what is not yet a release a word after a hyphen. */
const VERSION = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([a-z0-9.]{1,60}))?$/;

export const isVersion = (text: string): boolean => VERSION.test(text);

/**
 * Negative when `a` is older than `b`, 0 for the same, positive when it is newer; as Semantic Versioning 2.0 §11 has
 * it: 1.0.0-dev is older than 1.0.0, numbers in the word are compared as numbers. Throws for what is no version.
 */
export function compareVersions(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  for (let index = 0; index < 3; index++) {
    const difference = left.numbers[index]! - right.numbers[index]!;
    if (difference !== 0) return difference;
  }
  if (left.words.length === 0 || right.words.length === 0) return right.words.length - left.words.length;
  for (let index = 0; index < Math.max(left.words.length, right.words.length); index++) {
    const difference = compareWords(left.words[index], right.words[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The newer of two; undefined counts as older than everything. */
export const newerOf = (a: string | undefined, b: string): string =>
  a !== undefined && compareVersions(a, b) > 0 ? a : b;

function parse(version: string): { numbers: number[]; words: string[] } {
  const match = VERSION.exec(version);
  if (!match) throw new Error(`not a version: ${version.slice(0, 100)}`);
  const [, major, minor, patch, words] = match;
  return { numbers: [Number(major), Number(minor), Number(patch)], words: words?.split('.') ?? [] };
}

function compareWords(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  const areNumbers = [a, b].map((word) => /^\d+$/.test(word));
  if (areNumbers[0] && areNumbers[1]) return Number(a) - Number(b);
  if (areNumbers[0] !== areNumbers[1]) return areNumbers[0] ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
