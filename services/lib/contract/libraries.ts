import { type Static, Type } from 'typebox';
import { Id, Instant, Nullable } from './primitives.ts';

/** More folders or patterns than this are refused, as the contract says. */
const MOST = 128;
/** PATH_MAX of Linux (limits.h), and a pattern that somebody can still read. */
const Folder = Type.String({ minLength: 1, maxLength: 4096 });
const Pattern = Type.String({ minLength: 1, maxLength: 500 });
const Name = Type.String({ maxLength: 200 });

const ImportPaths = Type.Optional(Type.Array(Folder, { maxItems: MOST }));
const ExclusionPatterns = Type.Optional(Type.Array(Pattern, { maxItems: MOST }));

export const LibraryCreateBody = Type.Object({
  ownerId: Id,
  name: Type.Optional(Name),
  importPaths: ImportPaths,
  exclusionPatterns: ExclusionPatterns,
});
export const LibraryUpdateBody = Type.Object({
  name: Type.Optional(Name),
  importPaths: ImportPaths,
  exclusionPatterns: ExclusionPatterns,
});
export const LibraryValidateBody = Type.Object({
  importPaths: ImportPaths,
  exclusionPatterns: ExclusionPatterns,
});

/** A library: folders that are read where they are and never written to. */
export const LibraryResponse = Type.Object({
  id: Id,
  ownerId: Id,
  name: Type.String(),
  importPaths: Type.Array(Type.String()),
  exclusionPatterns: Type.Array(Type.String()),
  /** Without what is in the trash. */
  assetCount: Type.Integer(),
  createdAt: Instant,
  updatedAt: Instant,
  /** When all of it was last looked at; null: not yet. */
  refreshedAt: Nullable(Instant),
});
export type LibraryResponse = Static<typeof LibraryResponse>;

/** What is in a library, without what is in the trash. `offline` of them cannot be opened now; that one is ours. */
export const LibraryStatistics = Type.Object({
  photos: Type.Integer(),
  videos: Type.Integer(),
  total: Type.Integer(),
  /** Bytes of the originals; they lie on other drives. */
  usage: Type.Integer(),
  offline: Type.Integer(),
});
export type LibraryStatistics = Static<typeof LibraryStatistics>;

export const LibraryValidation = Type.Object({
  importPaths: Type.Array(
    Type.Object({
      importPath: Type.String(),
      isValid: Type.Boolean(),
      /** Why not, in words. */
      message: Type.Optional(Type.String()),
    }),
  ),
});
export type LibraryValidation = Static<typeof LibraryValidation>;
