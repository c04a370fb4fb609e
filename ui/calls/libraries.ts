import type { ExternalFolders } from '#contract/external-folders';
import type { LibraryResponse, LibraryStatistics } from '#contract/libraries';
import type { Api } from '../api.ts';

/** A library with what is in it. */
export type Library = LibraryResponse & { statistics: LibraryStatistics };

export async function listLibraries(api: Api): Promise<Library[]> {
  const libraries = await api.get<LibraryResponse[]>('/libraries');
  return Promise.all(
    libraries.map(async (library) => ({
      ...library,
      statistics: await api.get<LibraryStatistics>(`/libraries/${library.id}/statistics`),
    })),
  );
}

export function createLibrary(
  api: Api,
  library: { ownerId: string; name: string; importPaths: readonly string[] },
): Promise<LibraryResponse> {
  return api.post('/libraries', library);
}

export function scanLibrary(api: Api, id: string): Promise<void> {
  return api.post(`/libraries/${id}/scan`);
}

/** Its photos leave the timeline; their files stay where they are. */
export function removeLibrary(api: Api, id: string): Promise<void> {
  return api.remove(`/libraries/${id}`);
}

/** The folders in `path`; without it those that the box may read. */
export function listExternalFolders(api: Api, path: string | undefined): Promise<ExternalFolders> {
  return api.get('/appliance/folders', { in: path });
}
