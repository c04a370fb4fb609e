import { Problem } from '#contract/problems';
import { type Access, anyone, needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';

/** Each address of contract §2.9, and who may call it. */
const DOORS: readonly [method: 'GET' | 'POST', path: string, access: Access][] = [
  ['POST', 'authorize', anyone],
  ['POST', 'callback', anyone],
  ['GET', 'mobile-redirect', anyone],
  ['POST', 'backchannel-logout', anyone],
  ['POST', 'link', needs('all')],
  ['POST', 'unlink', needs('all')],
];

/**
 * `/oauth`: signing in through another provider, which this box does not do, as `/server/features` tells every
 * client. One that asks all the same hears so in words.
 */
export function oauthRoutes(app: GatewayApp): void {
  for (const [method, path, access] of DOORS)
    app.route({
      method,
      url: `/api/oauth/${path}`,
      config: { access },
      handler: async () => {
        throw new Problem('oauth_off');
      },
    });
}
