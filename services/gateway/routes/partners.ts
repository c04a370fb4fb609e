import { Type } from 'typebox';
import { PartnerCreateBody, PartnerListQuery, PartnerResponse, PartnerUpdateBody } from '#contract/partners';
import { idParams } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import type { Caller } from '../caller.ts';
import type { GatewayParts } from '../parts.ts';
import { userResponse } from '../user-response.ts';
import { requireActiveUsers } from './albums.ts';

/** `/partners`: who sees whose whole timeline (contract §3.5.9). */
export function partnerRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, now } = parts;
  const show = (userId: string, inTimeline: number): PartnerResponse => ({
    // Partners are rows of user by foreign key, so each is there.
    ...userResponse(queries.users.findById(userId)!),
    inTimeline: inTimeline === 1,
  });

  app.get(
    '/api/partners',
    {
      config: { access: needs('partner.read') },
      schema: { querystring: PartnerListQuery, response: { 200: Type.Array(PartnerResponse) } },
    },
    async ({ query, caller }) =>
      query.direction === 'shared-by'
        ? queries.partners
            .listSharedBy(caller.user.id)
            .map(({ sharedWithId, inTimeline }) => show(sharedWithId, inTimeline))
        : queries.partners
            .listSharedWith(caller.user.id)
            .map(({ sharedById, inTimeline }) => show(sharedById, inTimeline)),
  );

  const create = async (caller: Caller, id: string): Promise<PartnerResponse> => {
    const pair = { sharedById: caller.user.id, sharedWithId: id.toLowerCase() };
    if (pair.sharedById === pair.sharedWithId) throw new Problem('partner_self');
    requireActiveUsers(parts, [{ userId: pair.sharedWithId }]);
    if (!(await writer.partners.create({ ...pair, now: now() }))) throw new Problem('partner_exists');
    return show(pair.sharedWithId, 0);
  };

  app.post(
    '/api/partners',
    {
      config: { access: needs('partner.create') },
      schema: { body: PartnerCreateBody, response: { 201: PartnerResponse } },
    },
    async ({ body, caller }, reply) => reply.code(201).send(await create(caller, body.sharedWithId)),
  );

  // How apps of 2.7 say it.
  app.post(
    '/api/partners/:id',
    {
      config: { access: needs('partner.create') },
      schema: { params: idParams, response: { 201: PartnerResponse } },
    },
    async ({ params, caller }, reply) => reply.code(201).send(await create(caller, params.id)),
  );

  app.put(
    '/api/partners/:id',
    {
      config: { access: needs('partner.update') },
      schema: { params: idParams, body: PartnerUpdateBody, response: { 200: PartnerResponse } },
    },
    async ({ params, body, caller }) => {
      // Whoever receives decides what is in their timeline.
      const pair = { sharedById: params.id.toLowerCase(), sharedWithId: caller.user.id };
      if (!(await writer.partners.setInTimeline({ ...pair, inTimeline: body.inTimeline })))
        throw new Problem('not_found_or_no_access', { scope: 'partner.update' });
      return show(pair.sharedById, body.inTimeline ? 1 : 0);
    },
  );

  app.delete(
    '/api/partners/:id',
    { config: { access: needs('partner.delete') }, schema: { params: idParams } },
    async ({ params, caller }, reply) => {
      const pair = { sharedById: caller.user.id, sharedWithId: params.id.toLowerCase() };
      if (!(await writer.partners.delete(pair)))
        throw new Problem('not_found_or_no_access', { scope: 'partner.delete' });
      return reply.code(204).send();
    },
  );
}
