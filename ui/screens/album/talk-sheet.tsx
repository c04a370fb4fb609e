import { useState } from 'preact/hooks';
import type { ActivityResponse } from '#contract/activities';
import type { AlbumResponse } from '#contract/albums';
import { pictureUrl } from '../../api.ts';
import { useMember } from '../../app-context.ts';
import { addComment, addLike, listActivities, removeActivity } from '../../calls/activities.ts';
import { Avatar } from '../../components/avatar.tsx';
import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { LoadedView } from '../../components/states.tsx';
import { dateWords } from '../../dates.ts';
import { localClock } from '../../links/link-wishes.ts';
import { photoPath } from '../../router.ts';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { useFresh } from '../../use-fresh.ts';
import { useLoad } from '../../use-load.ts';

export interface TalkSheetProps {
  album: AlbumResponse;
  /** The owner may delete what others wrote. */
  isOwner: boolean;
  /** About this photo only. */
  assetId?: string | undefined;
  onClose: () => void;
}

/** What is said about the album and its photos, or about one of them: hearts and comments. */
export function TalkSheet({ album, isOwner, assetId, onClose }: TalkSheetProps) {
  const { api, user } = useMember();
  const talk = { albumId: album.id, assetId };
  const activities = useLoad(() => listActivities(api, talk), [api, album.id, assetId]);
  useFresh(activities.look);
  const { run, isBusy } = useAction();
  const [comment, setComment] = useState('');
  const words = text.albums.talk;
  const act = (action: () => Promise<unknown>) =>
    run(async () => {
      await action();
      activities.change(await listActivities(api, talk));
    });
  const list = activities.state.kind === 'ready' ? activities.state.value : [];
  const ownLike = list.find(
    ({ type, assetId: about, user: author }) =>
      type === 'like' && about === (assetId ?? null) && author.id === user.id,
  );

  return (
    <Sheet
      title={text.albums.activity}
      onClose={onClose}
      actions={
        album.isActivityEnabled ? (
          <form
            class="talk-form"
            onSubmit={async (event) => {
              event.preventDefault();
              const said = comment.trim();
              if (said !== '' && (await act(() => addComment(api, talk, said)))) setComment('');
            }}
          >
            <IconButton
              icon="heart"
              label={ownLike ? words.unlike : assetId ? words.likePhoto : words.like}
              isPressed={ownLike !== undefined}
              onClick={() => void act(() => (ownLike ? removeActivity(api, ownLike.id) : addLike(api, talk)))}
            />
            <Field
              label={words.write}
              isLabelHidden
              placeholder={words.write}
              value={comment}
              onInput={setComment}
              maxLength={2000}
              isOptional
            />
            <Button kind="main" type="submit" isBusy={isBusy} isDisabled={comment.trim() === ''}>
              {words.send}
            </Button>
          </form>
        ) : (
          <p class="talk-off">{words.off}</p>
        )
      }
    >
      {assetId ? <img class="talk-about" src={pictureUrl(assetId, 'thumbnail', '')} alt="" /> : null}
      <LoadedView load={activities}>
        {(said) =>
          said.length === 0 ? (
            album.isActivityEnabled ? (
              <p class="talk-off">{words.empty}</p>
            ) : null
          ) : (
            <ul class="talk-list">
              {said.map((activity) => (
                <Said
                  key={activity.id}
                  activity={activity}
                  albumId={album.id}
                  isAboutOne={assetId !== undefined}
                  onRemove={
                    isOwner || activity.user.id === user.id
                      ? () => void act(() => removeActivity(api, activity.id))
                      : undefined
                  }
                />
              ))}
            </ul>
          )
        }
      </LoadedView>
    </Sheet>
  );
}

interface SaidProps {
  activity: ActivityResponse;
  albumId: string;
  /** All of this is about one photo, which is shown above. */
  isAboutOne: boolean;
  onRemove: (() => void) | undefined;
}

function Said({ activity, albumId, isAboutOne, onRemove }: SaidProps) {
  const { type, comment, assetId, createdAt, user } = activity;
  const words = text.albums.talk;
  const like = assetId === null ? words.likesAlbum(user.name) : words.likesPhoto(user.name);
  return (
    <li class="talk-said">
      <Avatar name={user.name} size={36} />
      <div class="talk-words">
        {type === 'like' ? (
          <p>{like}</p>
        ) : (
          <>
            <p class="talk-who">{user.name}</p>
            <p class="talk-comment">{comment}</p>
          </>
        )}
        <p class="talk-when">{dateWords().moment(localClock(createdAt))}</p>
      </div>
      {assetId === null || isAboutOne ? null : (
        <a class="talk-photo" href={photoPath(`/albums/${albumId}`, assetId)} aria-label={words.toPhoto}>
          <img src={pictureUrl(assetId, 'thumbnail', '')} alt="" loading="lazy" />
        </a>
      )}
      {onRemove && type === 'comment' ? (
        <IconButton icon="trash" label={words.remove(user.name)} onClick={onRemove} />
      ) : null}
    </li>
  );
}
