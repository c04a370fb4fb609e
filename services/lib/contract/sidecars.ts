import { type Static, Type } from 'typebox';

const nullable = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** Ids become names of folders: what a stranger's sidecar says may not lead out of ours. */
const Uuid = Type.String({ pattern: '^[0-9a-f-]{36}$' });

/**
 * What a sidecar says for us alone, as JSON in `shoebox:Record` (namespace `urn:shoebox:sidecar:1`). Beside it the
 * same sidecar has, in the namespaces that every program knows, what its owner has said: see write-sidecar.ts.
 * Times are Unix milliseconds. A field that is absent was never said.
 */
export const sidecarRecordSchema = Type.Object({
  version: Type.Literal(1),
  assetId: Uuid,
  ownerId: Type.String({ minLength: 1, maxLength: 64 }),
  /** As the phone called it; the file's own name may be a tamer one. */
  originalName: Type.String({ minLength: 1 }),
  /** SHA-1 of the original, base64: tells a sidecar that stands beside other bytes. */
  checksum: Type.String(),
  arrivedAt: Type.Integer(),
  /** The times that came with the upload. */
  fileCreatedAt: Type.Integer(),
  fileModifiedAt: Type.Integer(),
  visibility: Type.Union([
    Type.Literal('timeline'),
    Type.Literal('archive'),
    Type.Literal('hidden'),
    Type.Literal('locked'),
  ]),
  isFavorite: Type.Boolean(),
  trashedAt: Type.Optional(Type.Integer()),
  /** As `asset.set_by_owner`. */
  setByOwner: Type.Array(Type.String()),
  /** These four only where the owner has set them. */
  date: Type.Optional(
    Type.Object({ capturedAt: Type.Integer(), localAt: Type.Integer(), timeZone: nullable(Type.String()) }),
  ),
  place: Type.Optional(nullable(Type.Object({ latitude: Type.Number(), longitude: Type.Number() }))),
  description: Type.Optional(Type.String()),
  rating: Type.Optional(nullable(Type.Integer({ minimum: -1, maximum: 5 }))),
  /** Whole paths, `a/b/c`. */
  tags: Type.Array(Type.String({ minLength: 1 })),
  albums: Type.Array(
    Type.Object({
      id: Uuid,
      name: Type.String(),
      addedAt: Type.Integer(),
      addedBy: nullable(Type.String()),
    }),
  ),
  /** Boxes in pixels of the upright picture. */
  faces: Type.Array(
    Type.Object({
      id: Uuid,
      personId: nullable(Uuid),
      personName: Type.String(),
      imageWidthPx: Type.Integer(),
      imageHeightPx: Type.Integer(),
      x1: Type.Integer(),
      y1: Type.Integer(),
      x2: Type.Integer(),
      y2: Type.Integer(),
      source: Type.Union([Type.Literal('machine-learning'), Type.Literal('exif'), Type.Literal('manual')]),
      isVisible: Type.Boolean(),
    }),
  ),
  stack: Type.Optional(Type.Object({ id: Uuid, isPrimary: Type.Boolean() })),
  /** The video of a live photo, when it is a file of its own. */
  liveVideoId: Type.Optional(Type.String()),
  edits: Type.Optional(
    Type.Array(
      Type.Object({
        id: Uuid,
        action: Type.Union([Type.Literal('crop'), Type.Literal('rotate'), Type.Literal('mirror')]),
        parameters: Type.String(),
      }),
    ),
  ),
});
export type SidecarRecord = Static<typeof sidecarRecordSchema>;

/**
 * What no photo carries of an account: `library/<folder>/shoebox-account.json`. Without secrets, so that whoever
 * finds the drive learns no more than the photos tell. Times are Unix milliseconds.
 */
export const accountRecordSchema = Type.Object({
  version: Type.Literal(1),
  id: Type.String({ minLength: 1, maxLength: 64 }),
  email: Type.String({ minLength: 1 }),
  name: Type.String(),
  wasAdmin: Type.Boolean(),
  storageLabel: nullable(Type.String()),
  avatarColor: nullable(Type.String()),
  quotaBytes: nullable(Type.Integer()),
  /** JSON of what differs from the default preferences. */
  preferences: Type.String(),
  createdAt: Type.Integer(),
  deletedAt: nullable(Type.Integer()),
  purgeAt: nullable(Type.Integer()),
  /** Albums this account owns. */
  albums: Type.Array(
    Type.Object({
      id: Uuid,
      name: Type.String(),
      description: Type.String(),
      coverAssetId: nullable(Type.String()),
      isActivityEnabled: Type.Boolean(),
      sortOrder: Type.Union([Type.Literal('asc'), Type.Literal('desc')]),
      createdAt: Type.Integer(),
      members: Type.Array(
        Type.Object({
          userId: Type.String(),
          role: Type.Union([Type.Literal('owner'), Type.Literal('editor'), Type.Literal('viewer')]),
          createdAt: Type.Integer(),
        }),
      ),
    }),
  ),
  people: Type.Array(
    Type.Object({
      id: Uuid,
      name: Type.String(),
      birthDate: nullable(Type.String()),
      isHidden: Type.Boolean(),
      isFavorite: Type.Boolean(),
      color: nullable(Type.String()),
      coverFaceId: nullable(Type.String()),
      createdAt: Type.Integer(),
    }),
  ),
  tags: Type.Array(Type.Object({ id: Uuid, value: Type.String(), color: nullable(Type.String()) })),
  /** External libraries whose photos are this account's; absent in files of earlier releases. */
  libraries: Type.Optional(
    Type.Array(
      Type.Object({
        id: Uuid,
        name: Type.String(),
        exclusionPatterns: Type.Array(Type.String()),
        createdAt: Type.Integer(),
        folders: Type.Array(
          Type.Object({
            /** Absolute. */
            path: Type.String({ pattern: '^/' }),
            fileSystem: Type.String(),
            inode: nullable(Type.String()),
            /** Files below it that people deleted here, and which no scan brings back. */
            deleted: Type.Array(Type.Object({ dir: Type.String(), name: Type.String({ minLength: 1 }) })),
          }),
        ),
      }),
    ),
  ),
  /** Who may see this account's timeline. */
  partners: Type.Array(
    Type.Object({ userId: Type.String(), inTimeline: Type.Boolean(), createdAt: Type.Integer() }),
  ),
});
export type AccountRecord = Static<typeof accountRecordSchema>;

export { ACCOUNT_FILE } from './account-file.ts';
