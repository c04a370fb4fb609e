/** Which dialect of the protocol a client speaks: `v2` for apps 2.x, `v3` for everything else (contract §1.4). */
export type ClientProfile = 'v2' | 'v3';

const V2_APP = /^immich(?:-|_)(?:android|ios)(?:\/|_)2\b/i;

/** The dialect by the User-Agent that an app sends with every request, also with its websocket's upgrade. */
export const clientProfile = (userAgent: string | undefined): ClientProfile =>
  V2_APP.test(userAgent ?? '') ? 'v2' : 'v3';
