import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '#contract/problems';
import { storageProblem } from '#contract/storage-problem';
import { ValidationProblem } from './validate.ts';

/**
 * Turns whatever a handler throws into the error body of contract §7.1: words for 3.x and 2.7 clients, the
 * request's id in body and header, code and details for a page that speaks another language. What is not a Problem is a bug: logged once with its stack, answered 500.
 */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) =>
    send(
      request,
      reply,
      new Problem('route_unknown', { method: request.method, path: request.url.split('?')[0]! }),
    ),
  );
}

/** Answers one error; also for addresses that the framework refuses before it looks for a route. */
export function answerError(
  error: FastifyError | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const problem = asProblem(error);
  if (!problem || problem.status >= 500)
    request.log.error({ err: error, route: request.routeOptions.url }, 'request failed');
  return send(request, reply, problem ?? new Problem('internal', { requestId: request.id }));
}

function send(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .header('x-correlation-id', request.id)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send({
      message: problem.message,
      error: STATUS_CODES[problem.status],
      statusCode: problem.status,
      correlationId: request.id,
      code: problem.code,
      ...(Object.keys(problem.details).length > 0 ? { details: problem.details } : {}),
      ...(problem instanceof ValidationProblem ? { errors: problem.faults } : {}),
    });
}

/** fastify's own refusals in our words; undefined for bugs. */
function asProblem(error: FastifyError | Error): Problem | undefined {
  if (error instanceof Problem) return error;
  const storage = storageProblem(error);
  if (storage) return storage;
  const { statusCode, message } = error as FastifyError;
  if (statusCode === 413) return new Problem('body_too_large', {}, error);
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Problem('body_unreadable', { reason: message }, error);
  return undefined;
}
