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
  } else if (type === 'SystemMessage' && asText('about').startsWith('update.')) {
    return updateWords(data, description) ?? { title, description };
  } else if (type === 'SystemMessage' && asText('code') !== '') {
    const problem = assetProblemWords({ code: asText('code'), message: description });
    if (problem !== description || known.SystemMessage === undefined)
      return known.SystemMessage?.({ ...details, problem }) ?? { title, description };
  }
  return { title, description };
}

/** How an update went, or that there is one. */
function updateWords(data: Record<string, unknown>, description: string) {
  const { kind, from = '', to = '', reason } = data as Record<string, string | undefined>;
  const { news, faults } = text.updates;
  const own = news[kind as keyof typeof news];
  const why = (faults[reason as keyof typeof faults] ?? '').replace(/\{(\w+)\}/g, (_, name: string) =>
    String((data['details'] as Record<string, unknown> | undefined)?.[name] ?? ''),
  );
  return own && description !== '' ? own({ from, to, reason: why }) : undefined;
}
