import { type Static, Type } from 'typebox';

/** Absent: the folders that whoever set the box up has allowed. */
export const FolderQuery = Type.Object({ in: Type.Optional(Type.String({ maxLength: 4096 })) });

/** Folders that photos can be read from where they are, in the order of their names. */
export const ExternalFolders = Type.Object({
  /** Where these folders are; null: they are those that are allowed. */
  in: Type.Union([Type.String(), Type.Null()]),
  folders: Type.Array(
    Type.Object({
      /** Written out from the top. */
      path: Type.String(),
      /** Of those that are allowed: whether it can be read now. Its drive may be away. */
      isThere: Type.Boolean(),
    }),
  ),
});
export type ExternalFolders = Static<typeof ExternalFolders>;
