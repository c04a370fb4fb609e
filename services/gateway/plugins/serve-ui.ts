import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from '#contract/problems';
import { anyone } from '#contract/scopes';
import { storageProblem } from '#contract/storage-problem';
import { firstQuestions } from '../first-questions.ts';
import { linkPreview } from '../link-preview.ts';
import type { GatewayParts } from '../parts.ts';

/**
 * Serves the built UI. Files whose names carry a hash are kept by browsers for ever, the page itself never,
 * so that an update shows at the next visit. What the build packed is sent packed. The page and its manifest carry the
 * name that the owner gave the box, the page of a link what messengers show of it, and that of somebody who is signed in
 * what it asks first. Every address that is not
 * below /api is the page's own business.
 */
export async function serveUi(app: FastifyInstance, parts: GatewayParts): Promise<void> {
  const { config, queries } = parts;
  const readPage = () => readFile(join(config.uiDir, 'index.html'), 'utf8');
  await readPage();
  const boxName = () => queries.settings.find('box')?.name ?? 'Shoebox';
  await app.register(staticFiles, { root: config.uiDir, serve: false, preCompressed: true });
  app.get('/*', { config: { access: anyone } }, async (request, reply) => {
    const path = decodeURIComponent(request.url.split('?')[0]!.slice(1));
    if (path === 'api' || path.startsWith('api/') || path.startsWith('.well-known/'))
      throw new Problem('route_unknown', { method: request.method, path: `/${path}` });
    const isHashed = /[.-][A-Z0-9]{8}\.\w+$/.test(path);
    const isFile = path !== '' && (isHashed || /\.\w{2,5}$/.test(path));
    reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-store');
    if (!isFile) {
      const page = await readPage();
      reply.type('text/html; charset=utf-8');
      return orPlain(request, page, async () => {
        const preview = await linkPreview(parts, path, `${request.protocol}://${request.host}`);
        const questions = firstQuestions(parts, request, path);
        if (questions) reply.header('link', questions);
        return namePage(page, boxName()).replace('</title>', () => `</title>${preview}`);
      });
    }
    if (path === 'manifest.json') {
      const manifest = await readManifest(config.uiDir);
      if (manifest) {
        reply.type('application/json');
        return orPlain(request, manifest, () => nameManifest(manifest, boxName()));
      }
    }
    return reply.sendFile(path, { cacheControl: false });
  });
}

/** What the catalog adds to a page; on a drive that fails the page goes out without, since it says what is wrong. */
async function orPlain<Page>(
  request: FastifyRequest,
  plain: Page,
  added: () => Page | Promise<Page>,
): Promise<Page> {
  try {
    return await added();
  } catch (error) {
    if (!storageProblem(error)) throw error;
    request.log.error({ err: error }, 'page sent without what the catalog adds');
    return plain;
  }
}

/** A name is letters, digits and hyphens (BoxName), so that nothing in it means anything in HTML. */
const namePage = (page: string, name: string): string =>
  page
    .replace('<title>Shoebox</title>', () => `<title>${name}</title>`)
    .replace('name="application-name" content="Shoebox"', () => `name="application-name" content="${name}"`);

/** Undefined when the page was built without one. */
async function readManifest(uiDir: string): Promise<object | undefined> {
  try {
    return JSON.parse(await readFile(join(uiDir, 'manifest.json'), 'utf8')) as object;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const nameManifest = (manifest: object, name: string): object => ({ ...manifest, name, short_name: name });
