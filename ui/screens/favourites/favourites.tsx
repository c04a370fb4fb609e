import { Page } from '../../components/page.tsx';
import { PhotoView } from '../../components/photo-view.tsx';
import { EmptyState } from '../../components/states.tsx';
import { text } from '../../text.ts';
import { TIMELINE_ACTIONS } from '../../use-asset-actions.tsx';
import { useTimeline } from '../../use-timeline.ts';

/** The photos somebody put a heart on, those in the archive too. */
export function Favourites() {
  const source = useTimeline({ isFavorite: true, withStacked: true });
  const words = text.photos.favourites;
  return (
    <Page title={words.title}>
      <PhotoView
        source={source}
        can={TIMELINE_ACTIONS}
        empty={<EmptyState icon="heart" title={words.emptyTitle} words={words.empty} />}
      />
    </Page>
  );
}
