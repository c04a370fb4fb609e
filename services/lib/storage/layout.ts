import { join } from 'node:path';
import { findExternalFile } from './external.ts';

/** Names of the files that ingest makes of an asset. */
export type DerivedName =
  | 'preview.jpg'
  | 'thumbnail.webp'
  | 'motion.mp4'
  | 'rendition.mp4'
  | `edited-${string}.jpg`
  | `edited-${string}.webp`
  | `face-${string}.jpg`;

/** Where everything is on a pool. Paths in the catalog are below `poolDir`, with `/`. */
export interface PoolLayout {
  poolDir: string;
  libraryDir: string;
  /** Uploads in flight. */
  incomingDir: string;
  catalogFile: string;
  derivedDir: string;
  /** Scratch files of decoders; emptied at start. */
  scratchDir: string;
  /** The absolute path of a catalog path in the pool. */
  resolve(path: string): string;
  /**
   * The absolute path of an original, also of one in an external folder: there a link may have taken its place,
   * so it is opened with `openExternal`.
   */
  original(path: string): string;
  /** The picture of an account as a catalog path, and the absolute path of what it is made from. */
  portrait(id: string): { path: string; uploadPath: string };
  /** The folder, as a catalog path, of everything that is made of an asset. */
  derivedPath(assetId: string): string;
  /** The absolute path of one such file. */
  derivedFile(assetId: string, name: DerivedName): string;
}

export function poolLayout(poolDir: string): PoolLayout {
  const own = join(poolDir, '.shoebox');
  // Two hex digits spread a million assets over 256 folders of some 4,000.
  const derivedPath = (assetId: string) => `.shoebox/derived/${assetId.slice(0, 2)}/${assetId}`;
  return {
    poolDir,
    libraryDir: join(poolDir, 'library'),
    incomingDir: join(own, 'incoming'),
    catalogFile: join(own, 'catalog', 'catalog.db'),
    derivedDir: join(own, 'derived'),
    scratchDir: join(own, 'scratch'),
    resolve: (path) => join(poolDir, path),
    original: (path) => findExternalFile(path) ?? join(poolDir, path),
    portrait: (id) => ({
      path: `.shoebox/portraits/${id}.jpg`,
      uploadPath: join(own, 'portraits', `${id}.upload`),
    }),
    derivedPath,
    derivedFile: (assetId, name) => join(poolDir, derivedPath(assetId), name),
  };
}
