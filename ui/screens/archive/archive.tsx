import { Page } from '../../components/page.tsx';
import { PhotoView } from '../../components/photo-view.tsx';
import { EmptyState } from '../../components/states.tsx';
import { text } from '../../text.ts';
import type { AssetActionName } from '../../use-asset-actions.tsx';
import { useTimeline } from '../../use-timeline.ts';

const ARCHIVE_ACTIONS: readonly AssetActionName[] = [
  ...(['favourite', 'share', 'album', 'trash'] as const),
  ...(['unarchive', 'download', 'tag', 'date', 'place', 'lock'] as const),
];

/** What was put out of the way of the timeline. */
export function Archive() {
  const source = useTimeline({ visibility: 'archive', withStacked: true });
  const words = text.photos.archive;
  return (
    <Page title={words.title}>
      <PhotoView
        source={source}
        can={ARCHIVE_ACTIONS}
        empty={<EmptyState icon="archive" title={words.emptyTitle} words={words.empty} />}
      />
    </Page>
  );
}
