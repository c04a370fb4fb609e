import { type Static, Type } from 'typebox';
import { Id, Ids } from './primitives.ts';

export const DownloadInfoBody = Type.Object({
  assetIds: Type.Optional(Ids),
  albumId: Type.Optional(Id),
  userId: Type.Optional(Id),
  /** Bytes after which the next archive begins. Default 4 GiB. */
  archiveSize: Type.Optional(Type.Integer({ minimum: 1 })),
});
export const DownloadInfo = Type.Object({
  totalSize: Type.Integer(),
  archives: Type.Array(Type.Object({ size: Type.Integer(), assetIds: Type.Array(Id) })),
});
export type DownloadInfo = Static<typeof DownloadInfo>;

export const DownloadArchiveBody = Type.Object({
  assetIds: Ids,
  edited: Type.Optional(Type.Boolean()),
  archiveName: Type.Optional(Type.String({ maxLength: 255 })),
});
