import { useState } from 'preact/hooks';
import type { AlbumResponse, AlbumRole, GrantedRole } from '#contract/albums';
import { useMember } from '../../app-context.ts';
import { addMember, readAlbum, removeMember, setMemberRole } from '../../calls/albums.ts';
import { listUsers } from '../../calls/partners.ts';
import { listLinks } from '../../calls/shared-links.ts';
import { Avatar } from '../../components/avatar.tsx';
import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/dialog.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Select } from '../../components/select.tsx';
import { ShareLinkDialog } from '../../components/share-link-dialog.tsx';
import { LoadedView } from '../../components/states.tsx';
import { LinkCard } from '../../links/link-card.tsx';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { useLoad } from '../../use-load.ts';

export interface ShareSheetProps {
  album: AlbumResponse;
  role: AlbumRole;
  onChange: (album: AlbumResponse) => void;
  onReload: () => void;
  onClose: () => void;
}

/** Who sees the album: people on the box by name, and everybody who has a link. */
export function ShareSheet({ album, role, onChange, onReload, onClose }: ShareSheetProps) {
  const words = text.albums.sharing;
  const isOwner = role === 'owner';
  return (
    <Sheet title={isOwner ? words.title : words.people} onClose={onClose}>
      <section>
        {isOwner ? <h3 class="album-part">{words.people}</h3> : null}
        <p class="field-hint">{words.peopleLead}</p>
        <Members album={album} isOwner={isOwner} onChange={onChange} />
      </section>
      {isOwner ? (
        <section>
          <h3 class="album-part">{words.links}</h3>
          <p class="field-hint">{words.linksLead}</p>
          <Links album={album} onReload={onReload} />
        </section>
      ) : null}
    </Sheet>
  );
}

const ROLES: readonly GrantedRole[] = ['viewer', 'editor'];

interface MembersProps {
  album: AlbumResponse;
  isOwner: boolean;
  onChange: (album: AlbumResponse) => void;
}

function Members({ album, isOwner, onChange }: MembersProps) {
  const { api, user: me } = useMember();
  const { run } = useAction();
  const words = text.albums.sharing;
  const act = (action: () => Promise<unknown>) =>
    void run(async () => {
      await action();
      onChange(await readAlbum(api, album.id));
    });
  return (
    <>
      <ul class="people-list">
        {album.albumUsers.map(({ user, role }) => (
          <li key={user.id} class="person-row">
            <Avatar name={user.name} size={40} />
            <span class="person-name">{user.id === me.id ? words.you(user.name) : user.name}</span>
            {isOwner && role !== 'owner' ? (
              <div class="person-role">
                <Select
                  label={words.role(user.name)}
                  isLabelHidden
                  value={role}
                  options={ROLES.map((value) => ({ value, words: words.roles[value] }))}
                  onChange={(wanted) => act(() => setMemberRole(api, album.id, user.id, wanted))}
                />
                <IconButton
                  icon="close"
                  label={words.remove(user.name)}
                  onClick={() => act(() => removeMember(api, album.id, user.id))}
                />
              </div>
            ) : (
              <span class="person-more">{role === 'owner' ? words.owner : words.roles[role]}</span>
            )}
          </li>
        ))}
      </ul>
      {isOwner ? (
        <Invite album={album} onAdd={(userId) => act(() => addMember(api, album.id, userId, 'viewer'))} />
      ) : null}
    </>
  );
}

/** Those on the box who are not in the album yet. */
function Invite({ album, onAdd }: { album: AlbumResponse; onAdd: (userId: string) => void }) {
  const { api } = useMember();
  const users = useLoad(() => listUsers(api), [api]);
  const words = text.albums.sharing;
  return (
    <LoadedView load={users}>
      {(list) => {
        const members = new Set(album.albumUsers.map(({ user }) => user.id));
        const others = list.filter(({ id }) => !members.has(id));
        if (others.length === 0)
          return <p class="album-hint">{list.length < 2 ? words.nobody : words.everybody}</p>;
        return (
          <div class="invite">
            <p class="invite-title">{words.add}</p>
            {others.map(({ id, name }) => (
              <button key={id} type="button" class="album-choice choice-flat" onClick={() => onAdd(id)}>
                <Avatar name={name} size={36} />
                <span>{name}</span>
              </button>
            ))}
          </div>
        );
      }}
    </LoadedView>
  );
}

function Links({ album, onReload }: { album: AlbumResponse; onReload: () => void }) {
  const { api } = useMember();
  const links = useLoad(() => listLinks(api, album.id), [api, album.id]);
  const [isMaking, setIsMaking] = useState(false);
  const words = text.albums.sharing;
  const refresh = () => {
    links.reload();
    onReload();
  };
  return (
    <>
      <LoadedView load={links}>
        {(list) => (
          <ul class="link-list">
            {list.map((link) => (
              <LinkCard key={link.id} link={link} isInAlbum onChange={refresh} />
            ))}
          </ul>
        )}
      </LoadedView>
      <div class="album-new-link">
        <Button icon="link" onClick={() => setIsMaking(true)}>
          {words.newLink}
        </Button>
      </div>
      {isMaking ? (
        <ShareLinkDialog
          title={words.linkTitle(album.albumName || text.albums.untitled)}
          subject={{ target: { albumId: album.id } }}
          onClose={() => setIsMaking(false)}
          onSaved={refresh}
        />
      ) : null}
    </>
  );
}
