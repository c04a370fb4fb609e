import type { VideoQualities } from '#contract/appliance-video';
import type { Api } from '../api.ts';

/** In which qualities a video can be played. */
export function readQualities(api: Api, id: string): Promise<VideoQualities> {
  return api.get(`/appliance/assets/${id}/video`);
}
