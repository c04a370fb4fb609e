import { worldFile } from 'world-map';
import type { Api } from '../api.ts';
import { readWorld, type World } from './world.ts';

let loaded: Promise<World> | undefined;

/** The map of the world, fetched once for all that draw it. Rejects with a RequestProblem when it does not arrive. */
export function loadWorld(api: Api): Promise<World> {
  if (loaded) return loaded;
  const asked = api.getPageFile(new URL(worldFile, import.meta.url)).then(readWorld);
  loaded = asked;
  asked.catch(() => {
    // The next one asks again; whoever asked now is told.
    if (loaded === asked) loaded = undefined;
  });
  return asked;
}
