import { useState } from 'preact/hooks';
import type { AlbumResponse, AlbumRole } from '#contract/albums';
import { useMember } from '../../app-context.ts';
import { deleteAlbum, removeMember, updateAlbum } from '../../calls/albums.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Menu, type MenuItem } from '../../components/menu.tsx';
import { downloadAlbum } from '../../downloads.ts';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { AboutSheet } from './about-sheet.tsx';
import { ShareSheet } from './share-sheet.tsx';
import { TalkSheet } from './talk-sheet.tsx';

export interface AlbumToolsProps {
  album: AlbumResponse;
  role: AlbumRole;
  onChange: (album: AlbumResponse) => void;
  onReload: () => void;
  /** The reader has left the album, or it is deleted: nothing of it is to be asked for any more. */
  onGone: () => void;
}

type OpenSheet = 'share' | 'talk' | 'about' | 'delete' | 'leave';

/** What can be done with the album as a whole. */
export function AlbumTools({ album, role, onChange, onReload, onGone }: AlbumToolsProps) {
  const { api, toasts, router } = useMember();
  const { run } = useAction();
  const [open, setOpen] = useState<OpenSheet>();
  const words = text.albums;
  const name = album.albumName || words.untitled;
  const close = () => setOpen(undefined);
  const change = (changes: Parameters<typeof updateAlbum>[2]) =>
    void run(async () => onChange(await updateAlbum(api, album.id, changes)));
  const download = () =>
    void run(async () => {
      toasts.show({ words: text.actions.downloading });
      await downloadAlbum(api, album.id, name);
    });

  const items: MenuItem[] = [
    { words: words.about, icon: 'info', run: () => setOpen('about') },
    ...(album.assetCount > 0 ? [{ words: words.download, icon: 'download' as const, run: download }] : []),
    ...(role === 'viewer'
      ? []
      : [
          {
            words: album.order === 'desc' ? words.oldestFirst : words.newestFirst,
            icon: 'sort' as const,
            run: () => change({ order: album.order === 'desc' ? 'asc' : 'desc' }),
          },
          {
            words: album.isActivityEnabled ? words.activityOff : words.activityOn,
            icon: 'bell' as const,
            run: () => change({ isActivityEnabled: !album.isActivityEnabled }),
          },
        ]),
    role === 'owner'
      ? { words: words.delete, icon: 'trash', isDangerous: true, run: () => setOpen('delete') }
      : { words: words.leave, icon: 'leave', isDangerous: true, run: () => setOpen('leave') },
  ];

  const goBack = async (done: string, doIt: () => Promise<unknown>) => {
    await doIt();
    onGone();
    toasts.show({ words: done });
    router.go('/albums', { replace: true });
  };
  return (
    <div class="album-actions">
      {role === 'viewer' ? null : (
        <Button kind="main" icon="plus" href={`/albums/${album.id}/add`}>
          {words.addPhotos}
        </Button>
      )}
      {role === 'owner' ? (
        <Button icon="share" onClick={() => setOpen('share')}>
          {words.share}
        </Button>
      ) : (
        <IconButton icon="people" label={words.sharing.people} onClick={() => setOpen('share')} />
      )}
      <IconButton icon="talk" label={words.activity} onClick={() => setOpen('talk')} />
      <Menu label={text.kit.more} items={items} />

      {open === 'share' ? (
        <ShareSheet album={album} role={role} onChange={onChange} onReload={onReload} onClose={close} />
      ) : null}
      {open === 'talk' ? <TalkSheet album={album} isOwner={role === 'owner'} onClose={close} /> : null}
      {open === 'about' ? <AboutSheet album={album} onClose={close} /> : null}
      {open === 'delete' ? (
        <ConfirmDialog
          title={words.deleteTitle(name)}
          confirmWords={words.delete}
          isDangerous
          onConfirm={() => goBack(words.deleted, () => deleteAlbum(api, album.id))}
          onClose={close}
        >
          <p>{words.deleteLead}</p>
        </ConfirmDialog>
      ) : null}
      {open === 'leave' ? (
        <ConfirmDialog
          title={words.leaveTitle(name)}
          confirmWords={words.leave}
          isDangerous
          onConfirm={() => goBack(words.left, () => removeMember(api, album.id, 'me'))}
          onClose={close}
        >
          <p>{words.leaveLead}</p>
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
