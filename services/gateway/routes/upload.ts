import type { IncomingMessage } from 'node:http';
import { UploadResponse } from '#contract/assets';
import { needs } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import type { GatewayParts } from '../parts.ts';
import { sayContinue } from '../plugins/ask-continue.ts';
import { guestForm, keepGuestUpload, prepareGuestUpload } from '../share-upload.ts';
import { receiveUpload } from '../upload/receive-upload.ts';
import type { Arriving } from '../upload/settle-upload.ts';

/** A phone that fell silent for so long has left the network; what it sent is discarded. */
const SILENCE_MS = 5 * 60_000;

/**
 * After a refusal so much of the body is still read away, so that the client sees the answer and not a broken
 * connection; a larger rest is not worth the wait and the connection is closed.
 */
const DRAIN_BYTES = 32 * 1024 ** 2;

/** `POST /assets`: how every photo comes in. */
export function uploadRoutes(app: GatewayApp, parts: GatewayParts): void {
  const arriving: Arriving = new Map();
  // The body is read by the handler itself, as it arrives.
  app.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null));
  app.post(
    '/api/assets',
    {
      config: { access: needs('asset.upload', { share: true }), readsBodyItself: true },
      schema: { response: { 200: UploadResponse, 201: UploadResponse } },
      bodyLimit: Number.MAX_SAFE_INTEGER,
    },
    async (request, reply) => {
      request.raw.setTimeout(SILENCE_MS, () => request.raw.destroy());
      try {
        const { caller } = request;
        if (caller.kind === 'share') prepareGuestUpload(caller, request.raw);
        const answer = await receiveUpload(
          parts,
          arriving,
          caller.user,
          request.raw,
          () => sayContinue(request, reply),
          caller.kind === 'share' ? guestForm : undefined,
        );
        if (caller.kind === 'session' && answer.status === 'created') parts.phones.noteUpload(caller.session);
        if (caller.kind === 'share') await keepGuestUpload(parts, caller, answer.id);
        return await reply.code(answer.status === 'created' ? 201 : 200).send(answer);
      } finally {
        if (request.raw.complete) request.raw.setTimeout(0);
        else drain(request.raw);
      }
    },
  );
}

function drain(request: IncomingMessage): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > DRAIN_BYTES) request.destroy();
  });
  request.on('end', () => request.setTimeout(0));
  request.resume();
}
