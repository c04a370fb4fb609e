/**
 * A tag's path as we keep it: names joined by `/`, without empty ones and without blanks around them, composed
 * (NFC) so that the same word typed on a Mac is the same tag. '' when nothing is left.
 */
export const tagPath = (text: string): string =>
  text
    .normalize('NFC')
    .split('/')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .join('/');

/** The path of the tag above; null at the top. */
export function parentPath(path: string): string | null {
  const at = path.lastIndexOf('/');
  return at < 0 ? null : path.slice(0, at);
}

/** The last name of a path. */
export const tagName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
