import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import type { Person } from '#catalog/people';
import type { PersonChange } from '#catalog/people-changes';
import {
  PeopleDeleteBody,
  PeopleMergeBody,
  PeopleQuery,
  PeopleResponse,
  PeopleUpdateBody,
  PersonCreateBody,
  PersonMergeBody,
  PersonReassignBody,
  PersonResponse,
  PersonSearchQuery,
  PersonStatistics,
  type PersonUpdateBody,
  PersonUpdateBody as PersonUpdateSchema,
} from '#contract/people';
import { readPreferences } from '#contract/preference-values';
import { BulkIdResult, idParams } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs, type Scope } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import { requireOwned, uniqueIds } from '../asset-access.ts';
import type { Caller } from '../caller.ts';
import type { GatewayParts } from '../parts.ts';
import { personResponse } from '../person-response.ts';
import { ValidationProblem } from '../plugins/validate.ts';

const PAGE_SIZE = 500;
/** Names offered while somebody types. */
const MOST_FOUND = 50;

/** `/people`: who is on the photos, as their owner says. Their pictures: person-thumbnail.ts. */
export function peopleRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, reader, writer, now, wakeIngest } = parts;

  const require = (caller: Caller, id: string, scope: Scope): Person => {
    const person = queries.people.find(caller.user.id, id.toLowerCase());
    if (!person) throw new Problem('not_found_or_no_access', { scope });
    return person;
  };
  const requireAll = (caller: Caller, ids: readonly string[], scope: Scope): string[] =>
    uniqueIds(ids).map((id) => require(caller, id, scope).id);
  const show = (caller: Caller, id: string): PersonResponse =>
    personResponse(require(caller, id, 'person.read'));

  /** What a body changes of a person; their picture must be on a photo of the caller's that they are on. */
  const readChange = (caller: Caller, personId: string, body: PersonUpdateBody): PersonChange => {
    const { featureFaceAssetId, ...change } = body;
    if (change.birthDate && Date.parse(change.birthDate) > now())
      throw new ValidationProblem([{ path: ['birthDate'], message: 'must not be in the future' }]);
    if (featureFaceAssetId === undefined) return change;
    const [assetId] = requireOwned(parts, caller, [featureFaceAssetId], 'asset.read');
    const coverFaceId = queries.faces.findOnAsset(personId, assetId!);
    if (coverFaceId === undefined) throw new Problem('not_found_or_no_access', { scope: 'person.update' });
    return { ...change, coverFaceId };
  };
  const merge = async (
    caller: Caller,
    target: string,
    others: readonly string[],
  ): Promise<BulkIdResult[]> => {
    const targetId = require(caller, target, 'person.merge').id;
    const ids = requireAll(caller, others, 'person.merge');
    if (ids.includes(targetId)) throw new Problem('people_same');
    await writer.people.merge({ targetId, ids, now: now() });
    wakeIngest();
    return ids.map((id) => ({ id, success: true }));
  };

  app.get(
    '/api/people',
    {
      config: { access: needs('person.read') },
      schema: { querystring: PeopleQuery, response: { 200: PeopleResponse } },
    },
    async ({ query, caller }) => {
      const size = query.size ?? PAGE_SIZE;
      const { people, hasMore, ...counts } = await reader.people.list({
        ownerId: caller.user.id,
        minimumFaces: readPreferences(caller.user.preferences).people.minimumFaces,
        withHidden: query.withHidden ?? false,
        offset: ((query.page ?? 1) - 1) * size,
        most: size,
      });
      return { people: people.map(personResponse), hasNextPage: hasMore, ...counts };
    },
  );

  app.post(
    '/api/people',
    {
      config: { access: needs('person.create') },
      schema: { body: PersonCreateBody, response: { 201: PersonResponse } },
    },
    async ({ body, caller }, reply) => {
      const id = randomUUID();
      const change = readChange(caller, id, body);
      await writer.people.create({ id, ownerId: caller.user.id, change, now: now() });
      return reply.code(201).send(show(caller, id));
    },
  );

  app.put(
    '/api/people',
    {
      config: { access: needs('person.update') },
      schema: { body: PeopleUpdateBody, response: { 200: Type.Array(BulkIdResult) } },
    },
    async ({ body, caller }) => {
      // All are read before the first is changed, so that a refusal changes none.
      const asked = body.people.map(({ id: written, ...fields }) => {
        const id = written.toLowerCase();
        const person = queries.people.find(caller.user.id, id);
        return { id, change: person && readChange(caller, id, fields) };
      });
      for (const { id, change } of asked) if (change) await writer.people.update({ id, change, now: now() });
      wakeIngest();
      return asked.map(
        ({ id, change }): BulkIdResult =>
          change ? { id, success: true } : { id, success: false, error: 'not_found' },
      );
    },
  );

  app.delete(
    '/api/people',
    { config: { access: needs('person.delete') }, schema: { body: PeopleDeleteBody } },
    async ({ body, caller }, reply) => {
      await writer.people.delete(requireAll(caller, body.ids, 'person.delete'));
      return reply.code(204).send();
    },
  );

  app.post(
    '/api/people/merge',
    {
      config: { access: needs('person.merge') },
      schema: { body: PeopleMergeBody, response: { 200: Type.Array(BulkIdResult) } },
    },
    async ({ body, caller }) => {
      const [target, ...others] = body.ids;
      return merge(caller, target!, others);
    },
  );

  app.get(
    '/api/people/:id',
    {
      config: { access: needs('person.read') },
      schema: { params: idParams, response: { 200: PersonResponse } },
    },
    async ({ params, caller }) => show(caller, params.id),
  );

  app.put(
    '/api/people/:id',
    {
      config: { access: needs('person.update') },
      schema: { params: idParams, body: PersonUpdateSchema, response: { 200: PersonResponse } },
    },
    async ({ params, body, caller }) => {
      const { id } = require(caller, params.id, 'person.update');
      await writer.people.update({ id, change: readChange(caller, id, body), now: now() });
      wakeIngest();
      return show(caller, id);
    },
  );

  app.delete(
    '/api/people/:id',
    { config: { access: needs('person.delete') }, schema: { params: idParams } },
    async ({ params, caller }, reply) => {
      await writer.people.delete([require(caller, params.id, 'person.delete').id]);
      return reply.code(204).send();
    },
  );

  app.post(
    '/api/people/:id/merge',
    {
      config: { access: needs('person.merge') },
      schema: { params: idParams, body: PersonMergeBody, response: { 200: Type.Array(BulkIdResult) } },
    },
    async ({ params, body, caller }) => merge(caller, params.id, body.ids),
  );

  app.put(
    '/api/people/:id/reassign',
    {
      config: { access: needs('person.reassign') },
      schema: { params: idParams, body: PersonReassignBody, response: { 200: Type.Array(PersonResponse) } },
    },
    async ({ params, body, caller }) => {
      const { id } = require(caller, params.id, 'person.reassign');
      const faces = body.data.map(({ assetId, personId }) => ({
        assetId: assetId.toLowerCase(),
        personId: personId.toLowerCase(),
      }));
      requireAll(
        caller,
        faces.map(({ personId }) => personId),
        'person.reassign',
      );
      requireOwned(
        parts,
        caller,
        faces.map(({ assetId }) => assetId),
        'asset.read',
      );
      await writer.faces.reassign({ personId: id, faces, now: now() });
      wakeIngest();
      return [show(caller, id)];
    },
  );

  app.get(
    '/api/people/:id/statistics',
    {
      config: { access: needs('person.statistics') },
      schema: { params: idParams, response: { 200: PersonStatistics } },
    },
    async ({ params, caller }) => {
      const { id } = require(caller, params.id, 'person.statistics');
      return { assets: queries.people.countAssets(id) };
    },
  );

  app.get(
    '/api/search/person',
    {
      config: { access: needs('person.read') },
      schema: { querystring: PersonSearchQuery, response: { 200: Type.Array(PersonResponse) } },
    },
    async ({ query, caller }) => {
      const { name, withHidden = false } = query;
      const filter = { ownerId: caller.user.id, text: name, withHidden, most: MOST_FOUND };
      return (await reader.people.search(filter)).map(personResponse);
    },
  );
}
