import { anyone } from '#contract/scopes';
import { WellKnown } from '#contract/server';
import { readSystemConfig } from '#contract/system-config-values';
import type { GatewayApp } from '../app.ts';
import type { GatewayParts } from '../parts.ts';

/** What clients ask for at the web's root before they know anything (contract §1.1). */
export function discoveryRoutes(app: GatewayApp, { queries }: GatewayParts): void {
  app.get(
    '/.well-known/immich',
    { config: { access: anyone }, schema: { response: { 200: WellKnown } } },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      return { api: { endpoint: '/api' } };
    },
  );

  // The web client links it and complains when it is not there.
  app.get('/custom.css', { config: { access: anyone } }, async (_request, reply) => {
    const { theme } = readSystemConfig(queries.settings.find('systemConfig'));
    return reply.header('cache-control', 'no-store').type('text/css; charset=utf-8').send(theme.customCss);
  });
}
