import type { SharedLinkResponse } from '#contract/shared-links';
import type { Api } from '../api.ts';

/** What a link may show and for how long. */
export interface LinkWishes {
  /** Instant, or null for a link that works until it is taken back. */
  expiresAt: string | null;
  /** Empty for none. */
  password: string;
  allowDownload: boolean;
  allowUpload: boolean;
  showMetadata: boolean;
}

/** What a link leads to: an album, or single photos. */
export type LinkTarget = { albumId: string } | { assetIds: readonly string[] };

export function createLink(api: Api, target: LinkTarget, wishes: LinkWishes): Promise<SharedLinkResponse> {
  const type = 'albumId' in target ? 'ALBUM' : 'INDIVIDUAL';
  return api.post('/shared-links', { type, ...target, ...wishes });
}

/** The address to hand on. */
export function linkAddress({ key, slug }: Pick<SharedLinkResponse, 'key' | 'slug'>): string {
  return slug ? `${location.origin}/s/${slug}` : `${location.origin}/share/${key}`;
}
