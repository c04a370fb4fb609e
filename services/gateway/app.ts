import { randomUUID } from 'node:crypto';
import cookies from '@fastify/cookie';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { GatewayParts } from './parts.ts';
import { answerProblems } from './plugins/answer-problems.ts';
import { askContinue } from './plugins/ask-continue.ts';
import { authenticate } from './plugins/authenticate.ts';
import { securityHeaders } from './plugins/security-headers.ts';
import { serveUi } from './plugins/serve-ui.ts';
import { validateRequests } from './plugins/validate.ts';
import { uploadRoutes } from './routes/upload.ts';

/** An app whose handlers get their types from the TypeBox schemas of their route. */
export type GatewayApp = FastifyInstance<
  import('node:http').Server,
  import('node:http').IncomingMessage,
  import('node:http').ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** JSON bodies carry up to 65,000 ids or 5,000 checksums (contract §7.7). */
const JSON_BYTES = 16 * 1024 ** 2;

/** `checkAnswers` compares every answer with its schema and fails the request when it differs; for tests. */
export async function buildGateway(parts: GatewayParts, { checkAnswers = false } = {}): Promise<GatewayApp> {
  const app = fastify({
    loggerInstance: parts.log as FastifyBaseLogger,
    disableRequestLogging: true,
    bodyLimit: JSON_BYTES,
    // An upload of hours is a good upload; a header that takes minutes is an attack.
    requestTimeout: 0,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    http: { headersTimeout: 60_000 },
    genReqId: () => randomUUID(),
    // Only a proxy on this very machine may say for whom it speaks.
    trustProxy: ['loopback'],
    exposeHeadRoutes: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  }).withTypeProvider<TypeBoxTypeProvider>() as unknown as GatewayApp;

  readEmptyJson(app);
  answerProblems(app);
  validateRequests(app, { checkAnswers });
  await app.register(cookies);
  securityHeaders(app);
  authenticate(app, parts);
  askContinue(app);
  uploadRoutes(app, parts);
  await serveUi(app, parts);
  return app;
}

/** Clients send `Content-Type: application/json` with no body at all; that means an absent body (contract §7.7). */
function readEmptyJson(app: GatewayApp): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parse(request, body as string, done);
  });
}
