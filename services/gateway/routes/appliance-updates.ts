import {
  RestartBody,
  type RestartRequest,
  SourceBody,
  type UpdateState,
  Updates,
  UploadPart,
} from '#contract/appliance-updates';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import { connectUpdates, type UpdatesAnswer } from '../ask-updates.ts';
import { boxIdentity } from '../box-identity.ts';
import type { GatewayParts } from '../parts.ts';
import { sayContinue } from '../plugins/ask-continue.ts';

/** A browser that fell silent for so long has left the network; what it sent is kept, to go on from. */
const SILENCE_MS = 2 * 60_000;

/** Newer versions of the system: what there is, and everything that is done about it. */
export function applianceUpdateRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { config } = parts;
  const updates = connectUpdates(config.updatesSocket);
  const access = needs('systemConfig.update', { admin: true, sessionOnly: true });
  const answer = { response: { 200: Updates } };

  app.get(
    '/api/appliance/updates',
    { config: { access: needs('systemConfig.read', { admin: true }) }, schema: answer },
    async (): Promise<Updates> => {
      try {
        return describe(await updates.ask('GET', '/state'));
      } catch (error) {
        if (error instanceof Problem && error.code === 'updates_elsewhere') return { isHere: false };
        throw error;
      }
    },
  );

  // The body is passed on as it arrives.
  app.addContentTypeParser('application/octet-stream', (_request, _payload, done) => done(null));
  app.put(
    '/api/appliance/updates/file',
    {
      config: { access, readsBodyItself: true },
      schema: { querystring: UploadPart, ...answer },
      bodyLimit: Number.MAX_SAFE_INTEGER,
    },
    async (request, reply) => {
      const { raw, query } = request;
      if (!/^application\/octet-stream\b/i.test(request.headers['content-type'] ?? ''))
        throw new Problem('update_not_a_file');
      raw.setTimeout(SILENCE_MS, () => raw.destroy());
      sayContinue(request, reply);
      const length = request.headers['content-length'];
      const bytes = length === undefined ? undefined : Number(length);
      try {
        const part = new URLSearchParams({
          fileId: query.fileId,
          total: String(query.total),
          offset: String(query.offset),
        });
        return describe(await updates.ask('PUT', `/file?${part}`, { stream: raw, bytes }));
      } finally {
        if (raw.complete) raw.setTimeout(0);
        // What was refused is not read: the connection ends with the answer.
        else reply.header('connection', 'close');
      }
    },
  );

  app.post('/api/appliance/updates/check', { config: { access }, schema: answer }, async () =>
    describe(await updates.ask('POST', '/check')),
  );

  app.post('/api/appliance/updates/fetch', { config: { access }, schema: answer }, async () =>
    describe(await updates.ask('POST', '/fetch')),
  );

  app.post(
    '/api/appliance/updates/restart',
    { config: { access }, schema: { body: RestartBody, ...answer } },
    async ({ body }) => {
      const json: RestartRequest = { ...body, timeZone: boxIdentity(parts).timeZone };
      return describe(await updates.ask('POST', '/restart', { json }));
    },
  );

  app.put(
    '/api/appliance/updates/source',
    { config: { access }, schema: { body: SourceBody, ...answer } },
    async ({ body }) => describe(await updates.ask('PUT', '/source', { json: body })),
  );
}

function describe({ isTold: _, ...state }: UpdatesAnswer): { isHere: true } & UpdateState {
  return { isHere: true, ...state };
}
