import { thumbHashToDataURL } from 'thumbhash';

/** The few colours a thumbhash stands for, as a tiny picture to scale up; undefined when there is none. */
export function thumbhashPicture(thumbhash: string | null | undefined): string | undefined {
  if (!thumbhash) return undefined;
  return thumbHashToDataURL(Uint8Array.from(atob(thumbhash), (character) => character.charCodeAt(0)));
}
