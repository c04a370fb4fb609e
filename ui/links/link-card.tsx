import './link-card.css';
import { useState } from 'preact/hooks';
import type { SharedLinkResponse } from '#contract/shared-links';
import { pictureUrl } from '../api.ts';
import { useApp } from '../app-context.ts';
import { closeLink, linkAddress } from '../calls/shared-links.ts';
import { Button } from '../components/button.tsx';
import { ConfirmDialog } from '../components/confirm-dialog.tsx';
import { Icon, type IconName } from '../components/icon.tsx';
import { Menu } from '../components/menu.tsx';
import { ShareLinkDialog } from '../components/share-link-dialog.tsx';
import { dateWords } from '../dates.ts';
import { copyText } from '../downloads.ts';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';
import { localClock } from './link-wishes.ts';
import { ReadyLink } from './ready-link.tsx';

export interface LinkCardProps {
  link: SharedLinkResponse;
  /** Among the links of one album, which need not say what they open. */
  isInAlbum?: boolean;
  /** The link was changed or closed. */
  onChange: () => void;
}

/** One link: what it opens, for how long, what it allows; and what its owner can do with it. */
export function LinkCard({ link, isInAlbum = false, onChange }: LinkCardProps) {
  const { api, toasts } = useApp();
  const { run, isBusy } = useAction();
  const [open, setOpen] = useState<'edit' | 'qr' | 'close'>();
  const words = text.sharing;
  const address = linkAddress(link);
  const shut = () => setOpen(undefined);
  const copy = () =>
    run(async () => {
      await copyText(address);
      toasts.show({ words: words.copied });
    });
  return (
    <li class="link-card">
      <div class="link-top">
        {isInAlbum ? null : <LinkPicture link={link} />}
        <div class="link-words">
          {isInAlbum ? null : <p class="link-name">{nameOf(link)}</p>}
          <p class="link-address">{address.replace(/^https?:\/\//, '')}</p>
          {link.description ? <p class="link-description">{link.description}</p> : null}
        </div>
        <Menu
          label={text.kit.more}
          items={[
            { words: words.open, icon: 'eye', href: new URL(address).pathname },
            { words: words.edit, icon: 'edit', run: () => setOpen('edit') },
            { words: words.close, icon: 'trash', isDangerous: true, run: () => setOpen('close') },
          ]}
        />
      </div>
      <ul class="link-facts">
        {factsOf(link).map(({ icon, fact, isOver }) => (
          <li key={fact} class={isOver ? 'link-over' : undefined}>
            <Icon name={icon} size={16} />
            {fact}
          </li>
        ))}
      </ul>
      <div class="link-actions">
        <Button icon="link" isBusy={isBusy} onClick={copy}>
          {words.copy}
        </Button>
        <Button kind="quiet" onClick={() => setOpen('qr')}>
          {words.qr}
        </Button>
      </div>
      {open === 'edit' ? (
        <ShareLinkDialog
          title={words.dialog.editTitle}
          subject={{ link }}
          onClose={shut}
          onSaved={onChange}
        />
      ) : null}
      {open === 'qr' ? <ReadyLink title={words.qrTitle} link={link} onClose={shut} /> : null}
      {open === 'close' ? (
        <ConfirmDialog
          title={words.closeTitle}
          confirmWords={words.close}
          isDangerous
          onConfirm={async () => {
            await closeLink(api, link.id);
            toasts.show({ words: words.closed });
            onChange();
          }}
          onClose={shut}
        >
          <p>{words.closeLead}</p>
        </ConfirmDialog>
      ) : null}
    </li>
  );
}

function LinkPicture({ link }: { link: SharedLinkResponse }) {
  const assetId = link.album ? link.album.albumThumbnailAssetId : link.assets[0]?.id;
  return (
    <span class="link-picture">
      {assetId ? (
        <img src={pictureUrl(assetId, 'thumbnail', '')} alt="" loading="lazy" />
      ) : (
        <Icon name={link.album ? 'album' : 'photos'} />
      )}
    </span>
  );
}

function nameOf({ album, assets }: SharedLinkResponse): string {
  return album
    ? text.sharing.album(album.albumName || text.albums.untitled)
    : text.sharing.photos(assets.length);
}

interface Fact {
  icon: IconName;
  fact: string;
  isOver?: boolean;
}

function factsOf(link: SharedLinkResponse): Fact[] {
  const words = text.sharing;
  const { expiresAt, password, allowDownload, allowUpload, showMetadata } = link;
  const isOver = expiresAt !== null && Date.parse(expiresAt) <= Date.now();
  const date = expiresAt === null ? '' : dateWords().moment(localClock(expiresAt));
  const end = expiresAt === null ? words.never : isOver ? words.ended(date) : words.ends(date);
  return [
    { icon: 'calendar', fact: end, isOver },
    {
      icon: password === null ? 'unlock' : 'lock',
      fact: password === null ? words.noPassword : words.password,
    },
    allowDownload && showMetadata
      ? { icon: 'download', fact: words.download }
      : { icon: 'eye', fact: words.lookOnly },
    ...(allowUpload ? [{ icon: 'upload' as const, fact: words.upload }] : []),
    ...(showMetadata ? [] : [{ icon: 'info' as const, fact: words.hidden }]),
  ];
}
