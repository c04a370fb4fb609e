/** Where the worker leaves what another app handed over, until the page takes it; also named in worker/. */
export const SHARED_CACHE = 'shared-files';

/** Takes the files that another app handed over, in the order they came; each only once. */
export async function takeSharedFiles(): Promise<File[]> {
  // Without a secure connection a browser has no caches, and no app can hand anything over.
  if (!('caches' in window)) return [];
  const cache = await caches.open(SHARED_CACHE);
  const files: File[] = [];
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    const name = decodeURIComponent(new URL(request.url).searchParams.get('name') ?? '');
    const modifiedAt = Number(new URL(request.url).searchParams.get('modified'));
    if (response) {
      const blob = await response.blob();
      files.push(new File([blob], name, { type: blob.type, lastModified: modifiedAt }));
    }
    await cache.delete(request);
  }
  return files;
}
