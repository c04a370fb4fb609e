import { access } from 'node:fs/promises';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { Problem } from '#contract/problems';
import { anyone } from '#contract/scopes';
import type { GatewayParts } from '../parts.ts';

/**
 * Serves the built UI. Files whose names carry a hash are kept by browsers for ever, the page itself never,
 * so that an update shows at the next visit. What the build packed is sent packed. Every address that is not below /api is the page's own business.
 */
export async function serveUi(app: FastifyInstance, { config }: GatewayParts): Promise<void> {
  await access(join(config.uiDir, 'index.html'));
  await app.register(staticFiles, { root: config.uiDir, serve: false, preCompressed: true });
  app.get('/*', { config: { access: anyone } }, async (request, reply) => {
    const path = decodeURIComponent(request.url.split('?')[0]!.slice(1));
    if (path === 'api' || path.startsWith('api/') || path.startsWith('.well-known/'))
      throw new Problem('route_unknown', { method: request.method, path: `/${path}` });
    const isHashed = /[.-][A-Z0-9]{8}\.\w+$/.test(path);
    const isFile = path !== '' && (isHashed || /\.\w{2,5}$/.test(path));
    reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-store');
    return reply.sendFile(isFile ? path : 'index.html', { cacheControl: false });
  });
}
