/** Also named in ui/shared-files.ts, which takes the files from it. */
const SHARED_CACHE = 'shared-files';

/** Keeps the files that another app hands over, and leads to the screen that uploads them. */
export async function keepSharedFiles(request: Request): Promise<Response> {
  const form = await request.formData();
  const cache = await caches.open(SHARED_CACHE);
  let index = 0;
  for (const entry of form.getAll('files')) {
    if (!(entry instanceof File)) continue;
    index += 1;
    const address = `/shared/${index}?name=${encodeURIComponent(entry.name)}&modified=${entry.lastModified}`;
    await cache.put(address, new Response(entry, { headers: { 'content-type': entry.type } }));
  }
  return Response.redirect('/share-target', 303);
}
