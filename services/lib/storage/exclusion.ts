/**
 * Whether a path below a library's folder is left out. Patterns have `*` and `?` for letters of one name and `**`
 * for any number of folders; they are compared with the path below the folder and with the whole one. A folder
 * that matches is left out with all that is in it.
 */
export function isExcluded(patterns: readonly string[], folder: string, path: string): boolean {
  if (patterns.length === 0) return false;
  const relative = path.split('/');
  const absolute = `${folder}/${path}`.split('/');
  return patterns.some((pattern) => {
    const parts = pattern.split('/');
    return matchNames(parts, relative) || matchNames(parts, absolute);
  });
}

const matchNames = (pattern: readonly string[], names: readonly string[]): boolean =>
  match(pattern, names, '**', (part, name) => match([...part], [...name], '*', isLetter));

const isLetter = (wanted: string, letter: string): boolean => wanted === '?' || wanted === letter;

/**
 * Compares a list with a pattern in which `star` stands for any number of entries. Only the last star is ever
 * tried again, so the time is at most the product of both lengths, whatever somebody writes.
 */
function match(
  pattern: readonly string[],
  list: readonly string[],
  star: string,
  isOne: (wanted: string, entry: string) => boolean,
): boolean {
  let at = 0;
  let wanted = 0;
  let starAt = -1;
  let resumeAt = 0;
  while (at < list.length) {
    if (pattern[wanted] === star) {
      starAt = wanted++;
      resumeAt = at;
    } else if (wanted < pattern.length && isOne(pattern[wanted]!, list[at]!)) {
      at++;
      wanted++;
    } else if (starAt >= 0) {
      at = ++resumeAt;
      wanted = starAt + 1;
    } else return false;
  }
  while (pattern[wanted] === star) wanted++;
  return wanted === pattern.length;
}
