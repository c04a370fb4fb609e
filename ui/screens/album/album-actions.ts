import type { AlbumResponse, AlbumRole } from '#contract/albums';
import type { Api } from '../../api.ts';
import { addEachToAlbum, removeFromAlbum, updateAlbum } from '../../calls/albums.ts';
import type { SelectionAction } from '../../components/selection-bar.tsx';
import type { PhotoSource } from '../../photo-source.ts';
import { text } from '../../text.ts';
import type { Toasts } from '../../toasts.ts';

export interface AlbumActionsParts {
  api: Api;
  toasts: Toasts;
  source: PhotoSource;
  albumId: string;
  role: AlbumRole;
  /** The album is another one now. */
  onChange: (album: AlbumResponse) => void;
  /** Opens what is said about a photo; absent where nothing is said. */
  onTalk: ((assetId: string) => void) | undefined;
  /** Tells a problem in a toast; see `useAction`. */
  run: (action: () => Promise<unknown>) => Promise<boolean>;
}

/** What can be done with chosen photos of an album: everybody in it talks, only some change it. */
export function albumActions({
  api,
  toasts,
  source,
  albumId,
  role,
  onChange,
  onTalk,
  run,
}: AlbumActionsParts): readonly SelectionAction[] {
  const words = text.albums;
  const talk: SelectionAction = {
    words: words.talk.about,
    icon: 'talk',
    keepsSelection: true,
    isPossible: (ids) => ids.length === 1,
    run: async (ids) => onTalk?.(ids[0]!),
  };
  const forAll = onTalk ? [talk] : [];
  if (role === 'viewer') return forAll;
  return [
    ...forAll,
    {
      words: words.cover,
      icon: 'photos',
      isPossible: (ids) => ids.length === 1,
      run: async (ids) => {
        onChange(await updateAlbum(api, albumId, { albumThumbnailAssetId: ids[0]! }));
        toasts.show({ words: words.coverChanged });
      },
    },
    {
      words: words.remove,
      icon: 'close',
      leavesList: true,
      run: async (ids) => {
        const results = await removeFromAlbum(api, albumId, ids);
        const removed = results.flatMap(({ id, success }) => (success ? [id] : []));
        await source.refresh('all');
        const stayed = ids.length - removed.length;
        const told = [
          ...(removed.length > 0 ? [words.removed(removed.length)] : []),
          ...(stayed > 0 ? [words.notRemoved(stayed)] : []),
        ].join('. ');
        const takeBack = async () => {
          await addEachToAlbum(api, albumId, removed);
          await source.refresh('all');
        };
        toasts.show({
          words: told,
          ...(removed.length > 0 && { action: { words: text.kit.undo, run: () => void run(takeBack) } }),
        });
      },
    },
  ];
}
