import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import type { LibraryRow, MarkedFolder } from '#catalog/libraries';
import {
  LibraryCreateBody,
  LibraryResponse,
  LibraryStatistics,
  LibraryUpdateBody,
  LibraryValidateBody,
  LibraryValidation,
} from '#contract/libraries';
import { idParams, isoInstant, isoInstantOrNull } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { needs, type Scope } from '#contract/scopes';
import type { GatewayApp } from '../app.ts';
import { checkImportPath, type TakenFolder } from '../import-paths.ts';
import type { GatewayParts } from '../parts.ts';

/** `/libraries`: folders on other drives that are read where they are, for administrators. */
export function libraryRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, reader, writer, now, wakeIngest } = parts;
  const may = (scope: Scope) => needs(scope, { admin: true });

  const show = async (library: LibraryRow): Promise<LibraryResponse> => {
    const { photos, videos } = await reader.libraries.count(library.id);
    return {
      id: library.id,
      ownerId: library.ownerId,
      name: library.name,
      importPaths: library.importPaths,
      exclusionPatterns: library.exclusionPatterns,
      assetCount: photos + videos,
      createdAt: isoInstant(library.createdAt),
      updatedAt: isoInstant(library.updatedAt),
      refreshedAt: isoInstantOrNull(library.refreshedAt),
    };
  };
  const require = (id: string, scope: Scope): LibraryRow => {
    const library = queries.libraries.find(id.toLowerCase());
    if (!library) throw new Problem('not_found_or_no_access', { scope });
    return library;
  };
  /** The folders of an owner's other libraries. */
  const takenBy = (ownerId: string, libraryId?: string): TakenFolder[] =>
    queries.libraries.listFolders(ownerId).filter((folder) => folder.libraryId !== libraryId);

  /** Each folder with its marker; the whole call is refused for the first that cannot be read. */
  const mark = async (
    paths: readonly string[],
    name: string,
    taken: readonly TakenFolder[],
    /** These may be away: then they keep the marker that they have. */
    known: readonly string[] = [],
  ): Promise<{ importPaths: string[]; marked: MarkedFolder[] }> => {
    const importPaths: string[] = [];
    const marked: MarkedFolder[] = [];
    for (const given of new Set(paths)) {
      const own = importPaths.map((path) => ({ name, path }));
      const checked = await checkImportPath(parts, given, [...taken, ...own]);
      if ('marker' in checked) marked.push(checked.marker);
      else if (!known.includes(checked.path))
        throw new Problem('library_folder', { path: checked.path, ...checked.fault });
      importPaths.push(checked.path);
    }
    return { importPaths, marked };
  };

  app.get(
    '/api/libraries',
    {
      config: { access: may('library.read') },
      schema: { response: { 200: Type.Array(LibraryResponse) } },
    },
    async () => Promise.all(queries.libraries.list().map(show)),
  );

  app.post(
    '/api/libraries',
    {
      config: { access: may('library.create') },
      schema: { body: LibraryCreateBody, response: { 201: LibraryResponse } },
    },
    async ({ body }, reply) => {
      const owner = queries.users.findById(body.ownerId.toLowerCase());
      if (!owner || owner.deletedAt !== null)
        throw new Problem('not_found_or_no_access', { scope: 'library.create' });
      const name = body.name?.trim() || 'External library';
      const { marked } = await mark(body.importPaths ?? [], name, takenBy(owner.id));
      const library = await writer.libraries.create({
        id: randomUUID(),
        ownerId: owner.id,
        name,
        folders: marked,
        exclusionPatterns: checkPatterns(body.exclusionPatterns ?? []),
        now: now(),
      });
      wakeIngest();
      return reply.code(201).send(await show(library));
    },
  );

  app.get(
    '/api/libraries/:id',
    {
      config: { access: may('library.read') },
      schema: { params: idParams, response: { 200: LibraryResponse } },
    },
    async ({ params }) => show(require(params.id, 'library.read')),
  );

  app.put(
    '/api/libraries/:id',
    {
      config: { access: may('library.update') },
      schema: { params: idParams, body: LibraryUpdateBody, response: { 200: LibraryResponse } },
    },
    async ({ params, body }) => {
      const before = require(params.id, 'library.update');
      const name = body.name?.trim();
      const folders =
        body.importPaths &&
        (await mark(
          body.importPaths,
          name || before.name,
          takenBy(before.ownerId, before.id),
          before.importPaths,
        ));
      const library = await writer.libraries.update({
        id: before.id,
        ...(name && { name }),
        ...folders,
        ...(body.exclusionPatterns && { exclusionPatterns: checkPatterns(body.exclusionPatterns) }),
        now: now(),
      });
      if (!library) throw new Problem('not_found_or_no_access', { scope: 'library.update' });
      wakeIngest();
      return show(library);
    },
  );

  // Its photos leave the timeline; their files stay where they are.
  app.delete(
    '/api/libraries/:id',
    { config: { access: may('library.delete') }, schema: { params: idParams } },
    async ({ params }, reply) => {
      const { id } = require(params.id, 'library.delete');
      await writer.libraries.delete(id, now());
      wakeIngest();
      return reply.code(204).send();
    },
  );

  app.get(
    '/api/libraries/:id/statistics',
    {
      config: { access: may('library.statistics') },
      schema: { params: idParams, response: { 200: LibraryStatistics } },
    },
    async ({ params }) => {
      const { id } = require(params.id, 'library.statistics');
      const { photos, videos, usage } = await reader.libraries.count(id);
      return {
        photos,
        videos,
        total: photos + videos,
        usage,
        offline: await reader.libraries.countOffline(id),
      };
    },
  );

  app.post(
    '/api/libraries/:id/scan',
    { config: { access: may('library.update') }, schema: { params: idParams } },
    async ({ params }, reply) => {
      await writer.libraries.scan(require(params.id, 'library.update').id, now());
      wakeIngest();
      return reply.code(204).send();
    },
  );

  // Looks only; also tells of a folder of this library that is away at the moment.
  app.post(
    '/api/libraries/:id/validate',
    {
      config: { access: may('library.update') },
      schema: { params: idParams, body: LibraryValidateBody, response: { 200: LibraryValidation } },
    },
    async ({ params, body }) => {
      const library = require(params.id, 'library.update');
      checkPatterns(body.exclusionPatterns ?? []);
      const taken = takenBy(library.ownerId, library.id);
      const importPaths: LibraryValidation['importPaths'] = [];
      const own: TakenFolder[] = [];
      for (const importPath of body.importPaths ?? []) {
        const checked = await checkImportPath(parts, importPath, [...taken, ...own]);
        if ('fault' in checked) {
          const { message } = new Problem('library_folder', { path: checked.path, ...checked.fault });
          importPaths.push({ importPath, isValid: false, message });
        } else {
          own.push({ name: library.name, path: checked.path });
          importPaths.push({ importPath, isValid: true });
        }
      }
      return { importPaths };
    },
  );
}

/** Patterns as they are kept, each once. */
function checkPatterns(patterns: readonly string[]): string[] {
  for (const pattern of patterns)
    if (pattern.trim() === '' || /[\0-\x1f]/.test(pattern)) throw new Problem('library_pattern', { pattern });
  return [...new Set(patterns)];
}
