import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { useApp } from './app-context.ts';
import {
  deleteForEver,
  dissolveStack,
  readAsset,
  restoreAssets,
  stackAssets,
  trashAssets,
  updateAssets,
} from './calls/assets.ts';
import { AlbumPicker } from './components/album-picker.tsx';
import { ConfirmDialog } from './components/confirm-dialog.tsx';
import { DatePicker } from './components/date-picker.tsx';
import { PlacePicker } from './components/place-picker.tsx';
import type { SelectionAction } from './components/selection-bar.tsx';
import { ShareLinkDialog } from './components/share-link-dialog.tsx';
import { TagPicker } from './components/tag-picker.tsx';
import { downloadArchives } from './downloads.ts';
import { dayOf } from './grid-places.ts';
import { findAsset, type PhotoSource } from './photo-source.ts';
import type { Selection } from './selection.ts';
import { text } from './text.ts';
import { useAction } from './use-action.ts';
import { forgetPicturesOf } from './worker.ts';

export type AssetActionName =
  | 'favourite'
  | 'share'
  | 'album'
  | 'archive'
  | 'unarchive'
  | 'download'
  | 'tag'
  | 'date'
  | 'place'
  | 'stack'
  | 'unstack'
  | 'lock'
  | 'unlock'
  | 'trash'
  | 'restore'
  | 'erase';

/** What the timeline offers, in the order of the bar. */
export const TIMELINE_ACTIONS: readonly AssetActionName[] = [
  ...(['favourite', 'share', 'album', 'trash'] as const),
  ...(['archive', 'download', 'tag', 'date', 'place', 'stack', 'unstack', 'lock'] as const),
];

/** Those that have a button of their own; the others are in the menu. */
const PROMINENT: ReadonlySet<AssetActionName> = new Set([
  ...(['favourite', 'share', 'album', 'trash', 'restore', 'erase', 'unlock'] as const),
]);

type OpenDialog = { name: 'album' | 'tag' | 'date' | 'place' | 'share' | 'erase'; ids: readonly string[] };

/**
 * What can be done with photos of a source: the actions for its selection bar, and the dialogs that some of them
 * open, to be drawn beside the grid. What can be taken back offers that in its toast. `onLeft` is called when a dialog
 * has taken the photos out of the list.
 */
export function useAssetActions(
  source: PhotoSource,
  selection: Selection,
  names: readonly AssetActionName[] = TIMELINE_ACTIONS,
  onLeft?: () => void,
): { actions: readonly SelectionAction[]; dialogs: ComponentChildren } {
  const { api, toasts } = useApp();
  const { run } = useAction();
  const [open, setOpen] = useState<OpenDialog>();
  const list = names.join();

  const actions = useMemo(() => {
    const words = text.actions;
    const refresh = () => source.refresh('all');
    /** Does something now and offers to take it back. */
    const undoable = async (done: string, doIt: () => Promise<unknown>, undo: () => Promise<unknown>) => {
      await doIt();
      await refresh();
      const takeBack = async () => {
        await undo();
        await refresh();
      };
      toasts.show({ words: done, action: { words: text.kit.undo, run: () => void run(takeBack) } });
    };
    const opening = (name: OpenDialog['name']) => async (ids: readonly string[]) => setOpen({ name, ids });
    const assetsOf = (ids: readonly string[]) => {
      const groups = source.state.get().groups ?? [];
      return ids.flatMap((id) => findAsset(groups, id) ?? []);
    };
    const lockAway = async (ids: readonly string[]) => {
      const assets = assetsOf(ids);
      await updateAssets(api, ids, { visibility: 'locked' });
      await forgetPicturesOf(assets);
    };
    const moving =
      (to: 'archive' | 'timeline', done: (count: number) => string) => (ids: readonly string[]) =>
        undoable(
          done(ids.length),
          () => updateAssets(api, ids, { visibility: to }),
          () => updateAssets(api, ids, { visibility: to === 'archive' ? 'timeline' : 'archive' }),
        );

    const all: Record<AssetActionName, SelectionAction> = {
      favourite: {
        words: words.favourite,
        icon: 'heart',
        run: (ids) => {
          // When all of them are favourites already, the heart takes them out again.
          const isFavorite = !assetsOf(ids).every((asset) => asset.isFavorite);
          const done = isFavorite ? words.favourited : words.unfavourited;
          return undoable(
            done(ids.length),
            () => updateAssets(api, ids, { isFavorite }),
            () => updateAssets(api, ids, { isFavorite: !isFavorite }),
          );
        },
      },
      share: { words: words.share, icon: 'share', run: opening('share'), keepsSelection: true },
      album: { words: words.addToAlbum, icon: 'album', run: opening('album'), keepsSelection: true },
      archive: {
        words: words.archive,
        icon: 'archive',
        leavesList: true,
        run: moving('archive', words.archived),
      },
      unarchive: {
        words: words.unarchive,
        icon: 'restore',
        leavesList: true,
        run: moving('timeline', words.unarchived),
      },
      download: {
        words: words.download,
        icon: 'download',
        run: async (ids) => {
          toasts.show({ words: words.downloading });
          await downloadArchives(api, ids, text.kit.product);
        },
      },
      tag: { words: words.tag, icon: 'tag', run: opening('tag'), keepsSelection: true },
      date: { words: words.editDate, icon: 'calendar', run: opening('date'), keepsSelection: true },
      place: { words: words.editPlace, icon: 'places', run: opening('place'), keepsSelection: true },
      stack: {
        words: words.stack,
        icon: 'stack',
        minCount: 2,
        run: async (ids) => {
          const stack = await stackAssets(api, ids);
          await refresh();
          toasts.show({
            words: words.stacked,
            action: {
              words: text.kit.undo,
              run: () => void run(() => dissolveStack(api, stack.id).then(refresh)),
            },
          });
        },
      },
      unstack: {
        words: words.unstack,
        icon: 'duplicates',
        isPossible: (ids) => assetsOf(ids).some(({ stackCount }) => stackCount > 1),
        run: async (ids) => {
          for (const { id } of assetsOf(ids).filter(({ stackCount }) => stackCount > 1)) {
            const { stack } = await readAsset(api, id);
            if (stack) await dissolveStack(api, stack.id);
          }
          await refresh();
          toasts.show({ words: words.unstacked });
        },
      },
      lock: {
        words: words.lock,
        icon: 'lock',
        leavesList: true,
        run: async (ids) => {
          await lockAway(ids);
          await refresh();
          toasts.show({ words: words.locked(ids.length) });
        },
      },
      unlock: {
        words: words.unlock,
        icon: 'unlock',
        leavesList: true,
        run: (ids) =>
          undoable(
            words.unlocked(ids.length),
            () => updateAssets(api, ids, { visibility: 'timeline' }),
            () => lockAway(ids),
          ),
      },
      trash: {
        words: words.trash,
        icon: 'trash',
        leavesList: true,
        isDangerous: true,
        run: (ids) =>
          undoable(
            words.trashed(ids.length),
            () => trashAssets(api, ids),
            () => restoreAssets(api, ids),
          ),
      },
      restore: {
        words: words.restore,
        icon: 'restore',
        leavesList: true,
        run: (ids) =>
          undoable(
            words.restored(ids.length),
            () => restoreAssets(api, ids),
            () => trashAssets(api, ids),
          ),
      },
      erase: {
        words: words.erase,
        icon: 'trash',
        leavesList: true,
        isDangerous: true,
        run: opening('erase'),
        keepsSelection: true,
      },
    };
    return list
      .split(',')
      .filter((name) => name !== '')
      .map((name) => ({
        ...all[name as AssetActionName],
        name,
        isRare: !PROMINENT.has(name as AssetActionName),
      }));
  }, [api, toasts, source, run, list]);

  const close = () => setOpen(undefined);
  const finish = (words: string) => {
    toasts.show({ words });
    selection.clear();
    void source.refresh('all');
  };
  return {
    actions,
    dialogs: open ? (
      <ActionDialog open={open} source={source} onClose={close} onDone={finish} onLeft={onLeft} />
    ) : null,
  };
}

interface ActionDialogProps {
  open: OpenDialog;
  source: PhotoSource;
  onClose: () => void;
  onDone: (words: string) => void;
  onLeft: (() => void) | undefined;
}

function ActionDialog({ open: { name, ids }, source, onClose, onDone, onLeft }: ActionDialogProps) {
  const { api } = useApp();
  const words = text.actions;
  switch (name) {
    case 'album':
      return (
        <AlbumPicker
          assetIds={ids}
          onClose={onClose}
          onAdded={({ albumName }) => onDone(words.addedTo(albumName))}
        />
      );
    case 'tag':
      return <TagPicker assetIds={ids} onClose={onClose} onTagged={(tag) => onDone(words.tagged(tag))} />;
    case 'share':
      return (
        <ShareLinkDialog
          title={words.shareTitle(ids.length)}
          subject={{ target: { assetIds: ids } }}
          onClose={onClose}
        />
      );
    case 'place':
      return (
        <PlacePicker
          current=""
          onClose={onClose}
          onPick={async (place) => {
            await updateAssets(api, ids, place ?? { latitude: null, longitude: null });
            onDone(words.placeChanged);
          }}
        />
      );
    case 'erase':
      return (
        <ConfirmDialog
          title={words.eraseTitle(ids.length)}
          confirmWords={words.erase}
          isDangerous
          onClose={onClose}
          onConfirm={async () => {
            await deleteForEver(api, ids);
            onLeft?.();
            onDone(words.erased(ids.length));
          }}
        >
          <p>{words.eraseLead}</p>
        </ConfirmDialog>
      );
    case 'date': {
      const first = findAsset(source.state.get().groups ?? [], ids[0] ?? '');
      return (
        <DatePicker
          wallClock={first ? `${dayOf(first)}T12:00` : new Date().toISOString().slice(0, 16)}
          onClose={onClose}
          onPick={async ({ dateTime, zone }) => {
            await updateAssets(api, ids, { dateTimeOriginal: dateTime, timeZone: zone });
            onDone(words.dateChanged);
          }}
        />
      );
    }
  }
}
