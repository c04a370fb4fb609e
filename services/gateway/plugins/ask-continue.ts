import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The handler reads the body from the socket, and says when it wants it. */
    readsBodyItself?: true;
  }
}

/**
 * Clients that ask before sending a large body (`Expect: 100-continue`) are let through to the checks of
 * their route first. A refused upload of gigabytes then never crosses the network.
 */
export function askContinue(app: FastifyInstance): void {
  app.server.on('checkContinue', (request, response) => app.routing(request, response));
  app.addHook('preParsing', async (request, reply) => {
    if (!request.routeOptions.config.readsBodyItself) sayContinue(request, reply);
  });
}

/** Tells a waiting client to send its body; does nothing for one that did not ask. */
export function sayContinue(request: FastifyRequest, reply: FastifyReply): void {
  if (/100-continue/i.test(request.headers.expect ?? '')) reply.raw.writeContinue();
}
