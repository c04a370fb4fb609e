import { randomUUID } from 'node:crypto';
import cookies from '@fastify/cookie';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RouteOptions,
} from 'fastify';
import { buildAccountParts } from './accounts.ts';
import type { GatewayParts } from './parts.ts';
import { answerError, answerProblems } from './plugins/answer-problems.ts';
import { askContinue } from './plugins/ask-continue.ts';
import { authenticate } from './plugins/authenticate.ts';
import { securityHeaders } from './plugins/security-headers.ts';
import { serveUi } from './plugins/serve-ui.ts';
import { speakOldDialect } from './plugins/speak-old-dialect.ts';
import { validateRequests } from './plugins/validate.ts';
import { activityRoutes } from './routes/activities.ts';
import { adminUserRoutes } from './routes/admin-users.ts';
import { albumMemberRoutes } from './routes/album-members.ts';
import { albumRoutes } from './routes/albums.ts';
import { apiKeyRoutes } from './routes/api-keys.ts';
import { applianceFolderRoutes } from './routes/appliance-folders.ts';
import { applianceLogRoutes } from './routes/appliance-logs.ts';
import { appliancePhoneRoutes } from './routes/appliance-phones.ts';
import { applianceSettingRoutes } from './routes/appliance-settings.ts';
import { applianceSetupRoutes } from './routes/appliance-setup.ts';
import { applianceStatusRoutes } from './routes/appliance-status.ts';
import { applianceUpdateRoutes } from './routes/appliance-updates.ts';
import { applianceVideoRoutes } from './routes/appliance-video.ts';
import { assetMediaRoutes } from './routes/asset-media.ts';
import { assetMetadataRoutes } from './routes/asset-metadata.ts';
import { assetRoutes } from './routes/assets.ts';
import { authRoutes } from './routes/auth.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { discoveryRoutes } from './routes/discovery.ts';
import { downloadRoutes } from './routes/download.ts';
import { duplicateRoutes } from './routes/duplicates.ts';
import { editRoutes } from './routes/edits.ts';
import { faceRoutes } from './routes/faces.ts';
import { folderRoutes } from './routes/folders.ts';
import { jobRoutes } from './routes/jobs.ts';
import { libraryRoutes } from './routes/libraries.ts';
import { memoryRoutes } from './routes/memories.ts';
import { notificationRoutes } from './routes/notifications.ts';
import { oauthRoutes } from './routes/oauth.ts';
import { partnerRoutes } from './routes/partners.ts';
import { peopleRoutes } from './routes/people.ts';
import { personThumbnailRoutes } from './routes/person-thumbnail.ts';
import { pinRoutes } from './routes/pin.ts';
import { preferenceRoutes } from './routes/preferences.ts';
import { profileImageRoutes } from './routes/profile-image.ts';
import { searchRoutes } from './routes/search.ts';
import { serverRoutes } from './routes/server.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { sharedLinkRoutes } from './routes/shared-links.ts';
import { stackRoutes } from './routes/stacks.ts';
import { syncRoutes } from './routes/sync.ts';
import { systemConfigRoutes } from './routes/system-config.ts';
import { tagRoutes } from './routes/tags.ts';
import { timelineRoutes } from './routes/timeline.ts';
import { trashRoutes } from './routes/trash.ts';
import { uploadRoutes } from './routes/upload.ts';
import { userRoutes } from './routes/users.ts';

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

export interface GatewayOptions {
  /** Compares every answer with its schema and fails the request when it differs; for tests. Default: false. */
  checkAnswers?: boolean;
  /** Is told of every route, so that a test can walk them all. */
  onRoute?: (route: RouteOptions) => void;
}

export async function buildGateway(
  parts: GatewayParts,
  { checkAnswers = false, onRoute }: GatewayOptions = {},
): Promise<GatewayApp> {
  const app = fastify({
    loggerInstance: parts.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: JSON_BYTES,
    // Requests are checked by TypeBox and answers written by JSON.stringify (validate.ts): without these, fastify
    // loads two compilers of its own, 5 MB that nothing uses.
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
    // An upload of hours is a good upload; a header that takes minutes is an attack.
    requestTimeout: 0,
    connectionTimeout: 0,
    keepAliveTimeout: 72_000,
    http: { headersTimeout: 60_000 },
    genReqId: () => randomUUID(),
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    // Only a proxy on this very machine may say for whom it speaks.
    trustProxy: ['loopback'],
    exposeHeadRoutes: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  }).withTypeProvider<TypeBoxTypeProvider>() as unknown as GatewayApp;

  readEmptyJson(app);
  answerProblems(app);
  validateRequests(app, { checkAnswers });
  speakOldDialect(app);
  await app.register(cookies);
  securityHeaders(app);
  authenticate(app, parts);
  if (onRoute) app.addHook('onRoute', onRoute);
  askContinue(app);

  const accounts = buildAccountParts(parts);
  app.addHook('preClose', async () => accounts.attempts.close());
  discoveryRoutes(app, parts);
  serverRoutes(app, parts);
  systemConfigRoutes(app, parts);
  calendarRoutes(app, parts);
  applianceSetupRoutes(app, parts);
  appliancePhoneRoutes(app, parts);
  applianceStatusRoutes(app, parts);
  applianceVideoRoutes(app, parts);
  applianceSettingRoutes(app, parts);
  applianceLogRoutes(app, parts);
  applianceUpdateRoutes(app, parts);
  applianceFolderRoutes(app, parts);
  authRoutes(app, accounts);
  oauthRoutes(app);
  pinRoutes(app, accounts);
  sessionRoutes(app, accounts);
  apiKeyRoutes(app, accounts);
  userRoutes(app, accounts);
  preferenceRoutes(app, parts);
  adminUserRoutes(app, accounts);
  notificationRoutes(app, parts);
  uploadRoutes(app, parts);
  trashRoutes(app, parts);
  timelineRoutes(app, parts);
  stackRoutes(app, parts);
  syncRoutes(app, parts);
  searchRoutes(app, parts);
  assetRoutes(app, parts);
  assetMetadataRoutes(app, parts);
  assetMediaRoutes(app, parts);
  editRoutes(app, parts);
  profileImageRoutes(app, parts);
  albumRoutes(app, parts);
  albumMemberRoutes(app, parts);
  downloadRoutes(app, parts);
  jobRoutes(app, parts);
  libraryRoutes(app, parts);
  folderRoutes(app, parts);
  tagRoutes(app, parts);
  peopleRoutes(app, parts);
  personThumbnailRoutes(app, parts);
  faceRoutes(app, parts);
  memoryRoutes(app, parts);
  duplicateRoutes(app, parts);
  sharedLinkRoutes(app, accounts);
  partnerRoutes(app, parts);
  activityRoutes(app, parts);
  await serveUi(app, parts);
  return app;
}

const noCompiler = (): never => {
  throw new Error('a route was registered before its validator');
};

/** Clients send `Content-Type: application/json` with no body at all; that means an absent body (contract §7.7). */
function readEmptyJson(app: GatewayApp): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parse(request, body as string, done);
  });
}
