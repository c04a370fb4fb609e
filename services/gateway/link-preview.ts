import { Problem } from '#contract/problems';
import { readSystemConfig } from '#contract/system-config-values';
import { readAlbum } from './album-response.ts';
import type { GatewayParts } from './parts.ts';
import { findShare, type ShareCredential } from './share-guest.ts';

/** Where the page of a link lies: by its key, or by the address that its owner chose. */
const LINK_PAGE = /^(share|s)\/([^/]+)\/?$/;

/**
 * What messengers show of a link that somebody sends (Open Graph, contract §2.8): tags for the page's head, '' for
 * any other page and for a link that opens nothing. One with a password tells nothing of what is behind it.
 * `origin` is how the page was reached; the address that the owner entered for guests takes precedence.
 */
export async function linkPreview(parts: GatewayParts, path: string, origin: string): Promise<string> {
  const [, page, name] = LINK_PAGE.exec(path) ?? [];
  if (name === undefined) return '';
  const credential: ShareCredential = page === 's' ? { slug: name } : { key: name };
  const link = findLink(parts, credential);
  if (!link) return '';
  const tags = { 'og:type': 'website', 'og:title': 'Shared photos' };
  if (link.password !== null) return write(tags);

  const album = link.albumId === null ? undefined : await readAlbum(parts, link.albumId);
  const assetIds = link.albumId === null ? await parts.reader.sharedLinks.listAssetIds(link.id) : [];
  const coverId = album ? album.coverAssetId : (assetIds[0] ?? null);
  const count = album ? album.assetCount : assetIds.length;
  const { externalDomain } = readSystemConfig(parts.queries.settings.find('systemConfig')).server;
  const base = (externalDomain || origin).replace(/\/+$/, '');
  const image = `${base}/api/assets/${coverId}/thumbnail?${new URLSearchParams({
    size: 'preview',
    [page === 's' ? 'slug' : 'key']: name,
  })}`;
  return write({
    ...tags,
    'og:title': album?.name || link.description || tags['og:title'],
    'og:description': (album && link.description) || (count === 1 ? '1 photo' : `${count} photos`),
    ...(coverId !== null && { 'og:image': image, 'twitter:card': 'summary_large_image' }),
  });
}

function findLink(parts: GatewayParts, credential: ShareCredential) {
  try {
    return findShare(parts, credential).link;
  } catch (error) {
    // The page itself says what is wrong with the link.
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

const write = (tags: Record<string, string>): string =>
  Object.entries(tags)
    .map(([property, content]) => `<meta property="${property}" content="${asText(content)}">`)
    .join('');

/** What people wrote stays text. */
const asText = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
