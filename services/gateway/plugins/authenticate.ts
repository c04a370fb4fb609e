import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#contract/problems';
import type { Access } from '#contract/scopes';
import type { Caller } from '../caller.ts';
import { identify, permit } from '../identify.ts';
import { isLocalAddress } from '../local-network.ts';
import type { GatewayParts } from '../parts.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sent the request; undefined only on routes for anyone. */
    identity: Caller | undefined;
    /** The caller of a route that needs one. */
    readonly caller: Caller;
  }
  interface FastifyContextConfig {
    access?: Access;
  }
}

/**
 * Finds out who calls and whether they may, before any body is read. The server refuses to start with a
 * route that does not say who may call it.
 */
export function authenticate(app: FastifyInstance, parts: GatewayParts): void {
  app.decorateRequest('identity', undefined);
  app.decorateRequest('caller', {
    getter(this: FastifyRequest) {
      if (!this.identity)
        throw new Error(`route ${this.routeOptions.url} is open to anyone but asks who calls`);
      return this.identity;
    },
  });
  app.addHook('onRoute', (route) => {
    if (!route.config?.access)
      throw new Error(`route ${route.method} ${route.url} does not say who may call it`);
  });
  app.addHook('onRequest', async (request) => {
    const access = request.routeOptions.config.access;
    // Unknown routes have no config: they are answered 404 for everybody.
    if (!access || access.who === 'anyone') return;
    if (access.who === 'scope' && access.beforeOwner && !parts.queries.users.hasAdmin()) {
      // As for the first account: who reaches the box from elsewhere must not set it up before its owner does.
      if (!isLocalAddress(request.ip)) throw new Problem('setup_not_local');
      return;
    }
    request.identity = identify(
      {
        method: request.method,
        headers: request.headers,
        query: request.query as Record<string, unknown>,
        cookies: request.cookies,
      },
      parts,
      access.who === 'scope' && access.share,
    );
    permit(request.identity, access);
  });
}
