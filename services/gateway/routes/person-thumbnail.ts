import { idParams } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import type { GatewayParts } from '../parts.ts';
import { sendFile } from '../send-file.ts';

/** A picture that is not there is asked for again at most this often, however many tiles miss it. */
const REMAKE_EVERY_MS = 60_000;
/** People whose missing pictures are remembered. */
const MOST_ASKED = 1_000;

/** `/people/{id}/thumbnail`: the face that stands for a person, cut out of a photo by ingest. */
export function personThumbnailRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, layout, now, wakeIngest } = parts;
  const asked = new Map<string, number>();

  const remake = async (faceId: string, assetId: string) => {
    const at = now();
    if (at - (asked.get(faceId) ?? Number.NEGATIVE_INFINITY) < REMAKE_EVERY_MS) return;
    asked.delete(faceId);
    asked.set(faceId, at);
    if (asked.size > MOST_ASKED) asked.delete(asked.keys().next().value!);
    await writer.jobs.enqueue({ kind: 'face-thumbnail', assetId, now: at, dueAt: at });
    wakeIngest();
  };

  app.route({
    method: ['GET', 'HEAD'],
    url: '/api/people/:id/thumbnail',
    config: { access: needs('person.read') },
    schema: { params: idParams },
    handler: async (request, reply) => {
      const person = queries.people.find(request.caller.user.id, request.params.id.toLowerCase());
      const cover = person && queries.people.findCover(person.id);
      // Clients expect a picture or 404, and no other words (contract §7.1).
      if (!cover) throw new Problem('file_missing');
      const isSent = await sendFile(request, reply, {
        path: layout.derivedFile(cover.assetId, `face-${cover.faceId}.jpg`),
        fileName: 'person.jpg',
        mimeType: 'image/jpeg',
        // Another face may stand for the person tomorrow, under the same address (contract §3.4.2).
        cacheControl: 'private, no-cache, no-transform',
      });
      if (isSent) return reply;
      await remake(cover.faceId, cover.assetId);
      throw new Problem('file_missing');
    },
  });
}
