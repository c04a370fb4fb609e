import { type TSchema, Type } from 'typebox';
import { Id, idParams } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import { requireReadable } from '../asset-access.ts';
import type { GatewayParts } from '../parts.ts';

/** A list in which nothing can be: what would be in it cannot be made on this box yet. */
const None: TSchema = Type.Array(Type.Never(), { maxItems: 0 });

/**
 * People, faces, tags, memories and duplicates: questions that clients ask
 * on ordinary screens, and to which "none" is the true answer as long as nothing here makes any. Each answer
 * here goes when its part is built; nothing that would have to be kept is accepted.
 */
export function facelessRoutes(app: GatewayApp, parts: GatewayParts): void {
  app.get(
    '/api/people',
    {
      config: { access: needs('person.read') },
      schema: {
        response: {
          200: Type.Object({
            people: None,
            total: Type.Integer(),
            hidden: Type.Integer(),
            hasNextPage: Type.Boolean(),
          }),
        },
      },
    },
    async () => ({ people: [], total: 0, hidden: 0, hasNextPage: false }),
  );

  app.get(
    '/api/people/:id/thumbnail',
    { config: { access: needs('person.read') }, schema: { params: idParams } },
    async () => {
      throw new Problem('file_missing');
    },
  );

  app.get(
    '/api/faces',
    {
      config: { access: needs('face.read') },
      schema: { querystring: Type.Object({ id: Id }), response: { 200: None } },
    },
    async ({ query, caller }) => {
      requireReadable(parts, caller, [query.id], 'asset.read');
      return [];
    },
  );

  app.get(
    '/api/tags',
    { config: { access: needs('tag.read') }, schema: { response: { 200: None } } },
    async () => [],
  );

  app.get(
    '/api/memories',
    { config: { access: needs('memory.read') }, schema: { response: { 200: None } } },
    async () => [],
  );

  app.get(
    '/api/duplicates',
    { config: { access: needs('duplicate.read') }, schema: { response: { 200: None } } },
    async () => [],
  );
}
