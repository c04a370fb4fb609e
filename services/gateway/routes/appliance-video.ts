import { VideoQualities } from '#contract/appliance-video';
import { idParams } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import { viewerOf } from '../asset-access.ts';
import type { GatewayParts } from '../parts.ts';

/** In which qualities a video can be played; for whoever may play it, guests of a link too. */
export function applianceVideoRoutes(app: GatewayApp, { queries, now }: GatewayParts): void {
  app.get(
    '/api/appliance/assets/:id/video',
    {
      config: { access: needs('asset.view', { share: true }) },
      schema: { params: idParams, response: { 200: VideoQualities } },
    },
    async ({ params, caller }) => {
      const media = queries.assets.findMedia(params.id.toLowerCase());
      if (!media || !queries.access.canRead(viewerOf(caller, now()), media))
        throw new Problem('not_found_or_no_access', { scope: 'asset.view' });
      const known = queries.renditions.find(media.id);
      if (!known) throw new Problem('file_missing');
      return {
        originalPlays: known.plays,
        originalBytes: media.originalBytes,
        small: known.state,
        smallBytes: known.bytes,
        problem:
          known.problemCode === null
            ? null
            : { code: known.problemCode, message: known.problemMessage ?? '' },
      };
    },
  );
}
