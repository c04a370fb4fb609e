import type { AlbumResponse } from '#contract/albums';
import { pictureUrl } from '../../api.ts';
import { Icon } from '../../components/icon.tsx';
import { text } from '../../text.ts';
import { ownerOf } from './sort-albums.ts';

/** One album among others: its cover, its name, how much is in it, and who else sees it. */
export function AlbumCard({ album, userId }: { album: AlbumResponse; userId: string }) {
  const words = text.albums;
  const owner = ownerOf(album);
  const isShared = album.albumUsers.length > 1;
  return (
    <a class="album-card" href={`/albums/${album.id}`}>
      <span class="album-cover">
        {album.albumThumbnailAssetId ? (
          <img
            src={pictureUrl(album.albumThumbnailAssetId, 'thumbnail', '')}
            alt=""
            loading="lazy"
            decoding="async"
          />
        ) : (
          <Icon name="album" size={40} />
        )}
        {isShared || album.hasSharedLink ? (
          <span class="album-badges">
            {isShared ? (
              <span class="album-badge" role="img" aria-label={words.sharedBadge}>
                <Icon name="people" size={16} />
              </span>
            ) : null}
            {album.hasSharedLink ? (
              <span class="album-badge" role="img" aria-label={words.linkBadge}>
                <Icon name="link" size={16} />
              </span>
            ) : null}
          </span>
        ) : null}
      </span>
      <span class="album-name">{album.albumName || words.untitled}</span>
      <span class="album-count">
        {[words.count(album.assetCount), owner && owner.id !== userId ? words.from(owner.name) : '']
          .filter(Boolean)
          .join(' · ')}
      </span>
    </a>
  );
}
