import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import type { ApiKey } from '#catalog/api-keys';
import { ApiKeyCreate, ApiKeyCreateResponse, ApiKeyResponse, ApiKeyUpdate } from '#contract/api-keys';
import { idParams, isoInstant } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { grants, needs, type Scope, signedIn } from '#contract/scopes';
import { type AccountParts, newToken } from '../accounts.ts';
import type { GatewayApp } from '../app.ts';
import { type Caller, hashToken } from '../caller.ts';

/** Keys for programs (contract §2.7). */
export function apiKeyRoutes(app: GatewayApp, parts: AccountParts): void {
  const { queries, writer, now, events } = parts;
  const requireOwn = (caller: Caller, id: string, scope: Scope): ApiKey => {
    const key = queries.apiKeys.findById(id.toLowerCase());
    if (key?.userId !== caller.user.id) throw new Problem('not_found_or_no_access', { scope });
    return key;
  };

  app.get(
    '/api/api-keys',
    { config: { access: needs('apiKey.read') }, schema: { response: { 200: Type.Array(ApiKeyResponse) } } },
    async ({ caller }) => queries.apiKeys.listByUser(caller.user.id).map(toApiKeyResponse),
  );

  app.get(
    '/api/api-keys/me',
    { config: { access: signedIn }, schema: { response: { 200: ApiKeyResponse } } },
    async ({ caller }) => {
      if (caller.kind !== 'key') throw new Problem('not_found_or_no_access', { scope: 'apiKey.read' });
      return toApiKeyResponse(caller.key);
    },
  );

  app.get(
    '/api/api-keys/:id',
    {
      config: { access: needs('apiKey.read') },
      schema: { params: idParams, response: { 200: ApiKeyResponse } },
    },
    async ({ params, caller }) => toApiKeyResponse(requireOwn(caller, params.id, 'apiKey.read')),
  );

  app.post(
    '/api/api-keys',
    {
      config: { access: needs('apiKey.create') },
      schema: { body: ApiKeyCreate, response: { 201: ApiKeyCreateResponse } },
    },
    async ({ body, caller }, reply) => {
      requireNoMore(caller, body.permissions);
      const secret = newToken();
      const key = await writer.apiKeys.create({
        id: randomUUID(),
        userId: caller.user.id,
        name: body.name || 'API key',
        secretHash: hashToken(secret),
        permissions: [...new Set(body.permissions)],
        now: now(),
      });
      return reply.code(201).send(withSecret(key, secret));
    },
  );

  app.put(
    '/api/api-keys/:id',
    {
      config: { access: needs('apiKey.update') },
      schema: { params: idParams, body: ApiKeyUpdate, response: { 200: ApiKeyResponse } },
    },
    async ({ params, body, caller }) => {
      const { id } = requireOwn(caller, params.id, 'apiKey.update');
      if (body.permissions) requireNoMore(caller, body.permissions);
      const key = await writer.apiKeys.update({
        id,
        ...(body.name !== undefined && { name: body.name }),
        ...(body.permissions && { permissions: [...new Set(body.permissions)] }),
        now: now(),
      });
      if (body.permissions) events.disconnectKey(id);
      return toApiKeyResponse(key);
    },
  );

  app.post(
    '/api/api-keys/:id/rotate',
    {
      config: { access: needs('apiKey.rotate') },
      schema: { params: idParams, response: { 201: ApiKeyCreateResponse } },
    },
    async ({ params, caller }, reply) => {
      const { id, permissions } = requireOwn(caller, params.id, 'apiKey.rotate');
      // Otherwise a weak key would get hold of a strong one by asking for its new secret.
      requireNoMore(caller, permissions);
      const secret = newToken();
      const key = await writer.apiKeys.rotate({ id, secretHash: hashToken(secret), now: now() });
      events.disconnectKey(id);
      return reply.code(201).send(withSecret(key, secret));
    },
  );

  app.delete(
    '/api/api-keys/:id',
    { config: { access: needs('apiKey.delete') }, schema: { params: idParams } },
    async ({ params, caller }, reply) => {
      const { id } = requireOwn(caller, params.id, 'apiKey.delete');
      await writer.apiKeys.remove(id);
      events.disconnectKey(id);
      return reply.code(204).send();
    },
  );
}

/** A key cannot hand out what it lacks. */
function requireNoMore(caller: Caller, permissions: readonly string[]): void {
  if (caller.kind !== 'key') return;
  if (permissions.some((permission) => !grants(caller.key.permissions, permission)))
    throw new Problem('key_scope_exceeded');
}

const toApiKeyResponse = ({ id, name, permissions, createdAt, updatedAt }: ApiKey) => ({
  id,
  name,
  permissions,
  createdAt: isoInstant(createdAt),
  updatedAt: isoInstant(updatedAt),
});

const withSecret = (key: ApiKey, secret: string) => ({
  ...toApiKeyResponse(key),
  secret,
  apiKey: toApiKeyResponse(key),
});
