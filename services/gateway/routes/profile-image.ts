import { randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { idParams, isoInstant } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import { ProfileImageResponse } from '#contract/users';
import type { GatewayApp } from '../app.ts';
import type { GatewayParts } from '../parts.ts';
import { sayContinue } from '../plugins/ask-continue.ts';
import { sendFile } from '../send-file.ts';
import { readMultipart } from '../upload/read-multipart.ts';

/** The largest photo of a phone, with room to spare; the apps send a crop of some hundred kilobytes. */
const MOST_BYTES = 32 * 1024 ** 2;

/** Pictures of accounts. What is uploaded is decoded by ingest and never here; only the small JPEG is kept. */
export function profileImageRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, layout, now } = parts;

  app.post(
    '/api/users/profile-image',
    {
      config: { access: needs('userProfileImage.update'), readsBodyItself: true },
      schema: { response: { 201: ProfileImageResponse } },
      bodyLimit: MOST_BYTES * 2,
    },
    async (request, reply) => {
      const id = randomUUID();
      const { path, uploadPath } = layout.portrait(id);
      await mkdir(dirname(uploadPath), { recursive: true, mode: 0o700 });
      try {
        let hasFile = false;
        sayContinue(request, reply);
        await readMultipart(request.raw, async ({ name, stream }) => {
          if (name !== 'file' || hasFile) throw new Problem('upload_field', { field: name });
          hasFile = true;
          await writePart(stream, uploadPath);
        });
        if (!hasFile) throw new Problem('upload_field', { field: 'file' });
        await parts.portraits.make(id);
        const at = now();
        const replaced = await writer.users.setProfileImage({ id: request.caller.user.id, path, now: at });
        if (replaced !== null) await rm(layout.resolve(replaced), { force: true });
        return await reply.code(201).send({
          userId: request.caller.user.id,
          profileImagePath: path,
          profileChangedAt: isoInstant(at),
        });
      } finally {
        await rm(uploadPath, { force: true });
        // What a refusal left unread would be taken for the next request.
        if (!request.raw.complete) request.raw.resume();
      }
    },
  );

  app.delete(
    '/api/users/profile-image',
    { config: { access: needs('userProfileImage.delete') } },
    async ({ caller }, reply) => {
      const replaced = await writer.users.setProfileImage({ id: caller.user.id, path: null, now: now() });
      if (replaced !== null) await rm(layout.resolve(replaced), { force: true });
      return reply.code(204).send();
    },
  );

  app.route({
    method: ['GET', 'HEAD'],
    url: '/api/users/:id/profile-image',
    config: { access: needs('userProfileImage.read') },
    schema: { params: idParams },
    handler: async (request, reply) => {
      const user = queries.users.findById(request.params.id.toLowerCase());
      if (!user || user.deletedAt !== null)
        throw new Problem('not_found_or_no_access', { scope: 'userProfileImage.read' });
      const isSent =
        user.profileImage !== null &&
        (await sendFile(request, reply, {
          path: layout.resolve(user.profileImage),
          fileName: 'profile.jpg',
          mimeType: 'image/jpeg',
        }));
      if (!isSent) throw new Problem('file_missing');
      return reply;
    },
  });
}

async function writePart(stream: Readable, path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MOST_BYTES) throw new Problem('body_too_large');
      await file.write(chunk);
    }
  } finally {
    await file.close();
  }
}
