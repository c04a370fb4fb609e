import './album-picker.css';
import { useState } from 'preact/hooks';
import type { AlbumResponse } from '#contract/albums';
import { pictureUrl } from '../api.ts';
import { useApp } from '../app-context.ts';
import { addToAlbum, createAlbum, listAlbums } from '../calls/albums.ts';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';
import { useLoad } from '../use-load.ts';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { Icon } from './icon.tsx';
import { LoadedView } from './states.tsx';

export interface AlbumPickerProps {
  /** What is put into the album that is chosen, or into a new one. */
  assetIds: readonly string[];
  onClose: () => void;
  /** The photos are in it now. */
  onAdded: (album: AlbumResponse) => void;
}

/** Puts photos into an album: one field finds an album or names a new one. */
export function AlbumPicker({ assetIds, onClose, onAdded }: AlbumPickerProps) {
  const { api } = useApp();
  const [name, setName] = useState('');
  const { run, isBusy } = useAction();
  const albums = useLoad(() => listAlbums(api), [api]);
  const words = text.kit.albumPicker;
  const wanted = name.trim().toLocaleLowerCase();

  const add = (find: () => Promise<AlbumResponse>) => {
    if (isBusy) return;
    void run(async () => {
      const album = await find();
      onAdded(album);
      onClose();
    });
  };
  return (
    <Dialog title={words.title} onClose={onClose}>
      <Field label={words.find} value={name} onInput={setName} type="search" autofocus isOptional />
      <LoadedView load={albums}>
        {(list) => {
          const own = list.filter(({ albumUsers }) => albumUsers.length > 0);
          const found = own.filter(({ albumName }) => albumName.toLocaleLowerCase().includes(wanted));
          const isNew = !own.some(({ albumName }) => albumName.toLocaleLowerCase() === wanted);
          return (
            <ul class="album-choices">
              {isNew && wanted !== '' ? (
                <li>
                  <button
                    type="button"
                    class="album-choice"
                    onClick={() => add(() => createAlbum(api, name.trim(), assetIds))}
                  >
                    <span class="album-new">
                      <Icon name="plus" />
                    </span>
                    <span>{words.create(name.trim())}</span>
                  </button>
                </li>
              ) : null}
              {found.map((album) => (
                <li key={album.id}>
                  <button
                    type="button"
                    class="album-choice"
                    onClick={() =>
                      add(async () => {
                        await addToAlbum(api, album.id, assetIds);
                        return album;
                      })
                    }
                  >
                    {album.albumThumbnailAssetId ? (
                      <img
                        src={pictureUrl(album.albumThumbnailAssetId, 'thumbnail', '')}
                        alt=""
                        loading="lazy"
                      />
                    ) : (
                      <span class="album-new">
                        <Icon name="album" />
                      </span>
                    )}
                    <span>
                      {album.albumName}
                      <small>{words.photoCount(album.assetCount)}</small>
                    </span>
                  </button>
                </li>
              ))}
              {own.length === 0 && wanted === '' ? <li class="field-hint">{words.empty}</li> : null}
            </ul>
          );
        }}
      </LoadedView>
    </Dialog>
  );
}
