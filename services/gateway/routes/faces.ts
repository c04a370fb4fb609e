import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import type { FaceBox } from '#catalog/faces';
import { FaceCreateBody, FaceDeleteBody, FaceReassignBody, FaceResponse, FacesQuery } from '#contract/faces';
import { PersonResponse } from '#contract/people';
import { idParams } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs, type Scope } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import { requireOwned, requireReadable } from '../asset-access.ts';
import { announceUpdates } from '../asset-events.ts';
import type { Caller } from '../caller.ts';
import type { GatewayParts } from '../parts.ts';
import { personResponse } from '../person-response.ts';

/** `/faces`: the boxes around faces on a photo, and whose they are. Only the photo's owner sees them. */
export function faceRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, now, wakeIngest } = parts;

  const requirePerson = (caller: Caller, asked: string, scope: Scope): string => {
    const id = asked.toLowerCase();
    if (!queries.people.find(caller.user.id, id)) throw new Problem('not_found_or_no_access', { scope });
    return id;
  };
  /** A face on a photo of the caller's. */
  const requireFace = (caller: Caller, asked: string, scope: Scope) => {
    const face = queries.faces.findById(asked.toLowerCase());
    if (!face) throw new Problem('not_found_or_no_access', { scope });
    requireOwned(parts, caller, [face.assetId], scope);
    return face;
  };

  app.get(
    '/api/faces',
    {
      config: { access: needs('face.read') },
      schema: { querystring: FacesQuery, response: { 200: Type.Array(FaceResponse) } },
    },
    async ({ query, caller }) => {
      const [assetId] = requireReadable(parts, caller, [query.id], 'asset.read');
      if (queries.assets.findMedia(assetId!)?.ownerId !== caller.user.id) return [];
      const faces = queries.faces.listOfAsset(assetId!);
      const ids = faces.flatMap(({ personId }) => personId ?? []);
      const people = new Map(queries.people.listByIds(caller.user.id, ids).map((one) => [one.id, one]));
      return faces.map((face): FaceResponse => {
        const person = face.personId === null ? undefined : people.get(face.personId);
        return {
          id: face.id,
          imageWidth: face.imageWidthPx,
          imageHeight: face.imageHeightPx,
          boundingBoxX1: face.x1,
          boundingBoxY1: face.y1,
          boundingBoxX2: face.x2,
          boundingBoxY2: face.y2,
          sourceType: face.source,
          person: person ? personResponse(person) : null,
        };
      });
    },
  );

  app.post(
    '/api/faces',
    { config: { access: needs('face.create') }, schema: { body: FaceCreateBody } },
    async ({ body, caller }, reply) => {
      const [assetId] = requireOwned(parts, caller, [body.assetId], 'asset.read');
      const personId = requirePerson(caller, body.personId, 'person.read');
      const face = { id: randomUUID(), assetId: assetId!, personId, source: 'manual' as const };
      await writer.faces.add({ ...face, ...readBox(body) }, now());
      wakeIngest();
      announceUpdates(parts, [assetId!]);
      return reply.code(201).send();
    },
  );

  app.put(
    '/api/faces/:id',
    {
      config: { access: needs('face.update') },
      schema: { params: idParams, body: FaceReassignBody, response: { 200: PersonResponse } },
    },
    async ({ params, body, caller }) => {
      const personId = requirePerson(caller, params.id, 'person.update');
      const face = requireFace(caller, body.id, 'face.update');
      await writer.faces.assign({ id: face.id, personId, now: now() });
      wakeIngest();
      announceUpdates(parts, [face.assetId]);
      return personResponse(queries.people.find(caller.user.id, personId)!);
    },
  );

  app.delete(
    '/api/faces/:id',
    { config: { access: needs('face.delete') }, schema: { params: idParams, body: FaceDeleteBody } },
    async ({ params, body, caller }, reply) => {
      const face = requireFace(caller, params.id, 'face.delete');
      await writer.faces.remove({ id: face.id, force: body.force ?? false, now: now() });
      wakeIngest();
      announceUpdates(parts, [face.assetId]);
      return reply.code(204).send();
    },
  );
}

/** Whole pixels inside the picture. What sticks out by less than one is a client's rounding. */
function readBox(body: {
  imageWidth: number;
  imageHeight: number;
  x: number;
  y: number;
  width: number;
  height: number;
}): FaceBox {
  const [imageWidthPx, imageHeightPx] = [Math.round(body.imageWidth), Math.round(body.imageHeight)];
  if (body.x + body.width >= imageWidthPx + 1 || body.y + body.height >= imageHeightPx + 1)
    throw new Problem('face_outside');
  const x2 = Math.min(imageWidthPx, Math.round(body.x + body.width));
  const y2 = Math.min(imageHeightPx, Math.round(body.y + body.height));
  const [x1, y1] = [Math.min(x2 - 1, Math.round(body.x)), Math.min(y2 - 1, Math.round(body.y))];
  return { imageWidthPx, imageHeightPx, x1, y1, x2, y2 };
}
