import { decodePart } from './router.ts';

/** What opens a link: its key, or the name its owner gave it. */
export type GuestCredential = { key: string } | { slug: string };

/**
 * The link whose page the reader is on, by its address; undefined on every other page. Who looks at a link is its
 * guest, also when they have an account: so all that is asked for from there carries it.
 */
export function findGuest(pathname: string): GuestCredential | undefined {
  const [, kind, part] = /^\/(share|s)\/([^/]+)/.exec(pathname) ?? [];
  if (part === undefined) return undefined;
  return kind === 's' ? { slug: decodePart(part) } : { key: decodePart(part) };
}

/** An address of the server as the guest of the link on this page asks for it; unchanged on other pages. */
export function asGuest(address: string): string {
  const guest = findGuest(location.pathname);
  if (!guest) return address;
  return `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams(guest)}`;
}
