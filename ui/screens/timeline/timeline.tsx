import './timeline.css';
import { useMember } from '../../app-context.ts';
import { FilePicker } from '../../components/file-picker.tsx';
import { Notice } from '../../components/notice.tsx';
import { Page } from '../../components/page.tsx';
import { PhotoView } from '../../components/photo-view.tsx';
import type { ScreenProps } from '../../screens.ts';
import { text } from '../../text.ts';
import { isTouchOnly } from '../../touch.ts';
import { TIMELINE_ACTIONS } from '../../use-asset-actions.tsx';

/** All photos, newest first; `?day=2024-05-04` begins at that day. */
export function TimelineScreen({ query }: ScreenProps) {
  const { timeline, uploads } = useMember();
  return (
    <Page title={text.photos.title}>
      <PhotoView
        source={timeline}
        can={TIMELINE_ACTIONS}
        day={query.get('day') ?? undefined}
        waiting={<Notice isBusy title={text.photos.loading} />}
        empty={
          <div class="timeline-empty">
            <Notice
              title={text.photos.emptyTitle}
              words={isTouchOnly() ? text.photos.emptyTouchLead : text.photos.emptyLead}
            >
              <FilePicker class="button button-main" onFiles={uploads.add}>
                {text.photos.emptyButton}
              </FilePicker>
            </Notice>
          </div>
        }
      />
    </Page>
  );
}
