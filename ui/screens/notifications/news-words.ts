import type { News } from '../../calls/notifications.ts';
import { assetProblemWords } from '../../problem-words.ts';
import { text } from '../../text.ts';

/** News in the page's language where it has words for their kind and knows all that they name; else the box's own. */
export function newsWords({ type, title, description = '', data = {} }: News): {
  title: string;
  description: string;
} {
  const asText = (name: string) => (typeof data[name] === 'string' ? (data[name] as string) : '');
  const { known } = text.settings.news;
  const byName = asText('byName');
  const albumName = asText('albumName');
  const details = { byName, albumName, problem: '' };
  if (type === 'AlbumInvite' || type === 'AlbumUpdate') {
    if (byName !== '' && 'albumName' in data) return known[type]?.(details) ?? { title, description };
  } else if (type === 'JobFailed') {
    // Administrators can also send news of their own, with nothing but their words.
    if (asText('kind') !== '') return known.JobFailed?.(details) ?? { title, description };
  } else if (type === 'SystemMessage' && asText('code') !== '') {
    const problem = assetProblemWords({ code: asText('code'), message: description });
    if (problem !== description || known.SystemMessage === undefined)
      return known.SystemMessage?.({ ...details, problem }) ?? { title, description };
  }
  return { title, description };
}
