import type { ComponentChildren } from 'preact';
import type { AlbumResponse } from '#contract/albums';
import { useMember } from '../../app-context.ts';
import { listActivities } from '../../calls/activities.ts';
import { Avatar } from '../../components/avatar.tsx';
import { Sheet } from '../../components/dialog.tsx';
import { LoadedView } from '../../components/states.tsx';
import { dateWords } from '../../dates.ts';
import { localClock } from '../../links/link-wishes.ts';
import { grouped } from '../../numbers.ts';
import { text } from '../../text.ts';
import { useLoad } from '../../use-load.ts';
import { datesBetween } from './album-words.ts';

/** The album in figures. */
export function AboutSheet({ album, onClose }: { album: AlbumResponse; onClose: () => void }) {
  const { api } = useMember();
  const activities = useLoad(() => listActivities(api, { albumId: album.id }), [api, album.id]);
  const words = text.albums.facts;
  const day = (instant: string) => dateWords().day(localClock(instant));
  const contributors = album.contributorCounts ?? [];
  return (
    <Sheet title={text.albums.about} onClose={onClose}>
      <dl class="album-facts">
        <Row name={words.photos}>{grouped(album.assetCount)}</Row>
        <Row name={words.dates}>{datesBetween(album) || words.noDates}</Row>
        <Row name={words.created}>{day(album.createdAt)}</Row>
        <Row name={words.changed}>{day(album.updatedAt)}</Row>
        <LoadedView load={activities}>
          {(list) => (
            <>
              <Row name={words.comments}>{grouped(list.filter(({ type }) => type === 'comment').length)}</Row>
              <Row name={words.likes}>{grouped(list.filter(({ type }) => type === 'like').length)}</Row>
            </>
          )}
        </LoadedView>
      </dl>
      {contributors.length > 0 ? (
        <section>
          <h3 class="album-part">{words.contributors}</h3>
          <ul class="people-list">
            {contributors.map(({ userId, assetCount }) => {
              const name = album.albumUsers.find(({ user }) => user.id === userId)?.user.name ?? '';
              return (
                <li key={userId} class="person-row">
                  <Avatar name={name} size={36} />
                  <span class="person-name">{name}</span>
                  <span class="person-more">{text.photos.count(assetCount)}</span>
                </li>
              );
            })}
          </ul>
        </section>
      ) : null}
    </Sheet>
  );
}

function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="album-fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
