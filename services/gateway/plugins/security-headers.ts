import type { FastifyInstance } from 'fastify';

/**
 * What every answer carries: no guessing of types, no framing, no referrer, and scripts, styles and pictures
 * from this box only. Originals that could run script get a stricter policy of their own where they are sent.
 */
export function securityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'content-security-policy':
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self' ws: wss:; " +
        "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    });
  });
}
