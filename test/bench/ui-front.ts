import { once } from 'node:events';
import { createServer, type Server, request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { drawScene, SCENE_NAMES } from '../pictures/scenes.ts';

/** In front of the gateway: hands out a few thumbnails for all assets, which have no files, and passes on all else. */
export async function openFront(gatewayUrl: string): Promise<{ url: string; server: Server }> {
  const thumbnails = await Promise.all(
    SCENE_NAMES.map((name, index) =>
      sharp(Buffer.from(drawScene(name, 332, 249, index + 1)))
        .webp({ quality: 80 })
        .toBuffer(),
    ),
  );
  const server = createServer((request, response) => {
    const picture = /^\/api\/assets\/([0-9a-f]{8})[^/]*\/thumbnail/.exec(request.url ?? '')?.[1];
    if (picture) {
      response.writeHead(200, { 'content-type': 'image/webp', 'cache-control': 'private, max-age=86400' });
      response.end(thumbnails[Number.parseInt(picture, 16) % thumbnails.length]);
      return;
    }
    const passed = sendRequest(
      gatewayUrl + request.url,
      { method: request.method, headers: request.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}
