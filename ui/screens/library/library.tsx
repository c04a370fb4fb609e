import './library.css';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { User } from '../../api.ts';
import { DropZone } from '../../components/drop-zone.tsx';
import { FilePicker } from '../../components/file-picker.tsx';
import { Notice } from '../../components/notice.tsx';
import { PhotoGrid } from '../../components/photo-grid.tsx';
import { TopBar } from '../../components/top-bar.tsx';
import { UploadPanel } from '../../components/upload-panel.tsx';
import type { DateWords } from '../../dates.ts';
import { useStore } from '../../store.ts';
import { text } from '../../text.ts';
import type { Timeline } from '../../timeline.ts';
import type { UploadQueue } from '../../upload-queue.ts';
import { useLive } from './use-live.ts';

export interface LibraryProps {
  user: User;
  timeline: Timeline;
  uploads: UploadQueue;
  dates: DateWords;
  /** The asset in the viewer above this screen. */
  openAssetId?: string;
  onOpen: (assetId: string) => void;
  onSignOut: () => void;
  /** The session may have ended; someone should look. */
  onSessionEnd: () => void;
}

/** All photos, newest first, and the way to add more. */
export function Library(props: LibraryProps) {
  const { user, timeline, uploads, dates, openAssetId, onOpen, onSignOut, onSessionEnd } = props;
  const { months, problem } = useStore(timeline.state);
  const [notice, setNotice] = useState<string>();
  const isConnectionLost = useLive(timeline, onSessionEnd);
  const closedAssetId = useJustClosed(openAssetId);
  useWarningBeforeLeaving(uploads);

  useEffect(() => {
    document.title = text.product;
    void timeline.refresh(new Set());
  }, [timeline]);

  const addDropped = useCallback(
    async (reading: Promise<File[]>) => {
      setNotice(text.upload.reading);
      try {
        const files = await reading;
        uploads.add(files);
        setNotice(files.length === 0 ? text.upload.nothing : undefined);
      } catch (error) {
        // What a browser throws when a dropped file or folder cannot be read.
        if (!(error instanceof DOMException)) throw error;
        setNotice(text.upload.unreadable);
      }
    },
    [uploads],
  );

  return (
    <div class="library">
      <TopBar user={user} onFiles={uploads.add} onSignOut={onSignOut} />
      <div class="library-notice" role="status">
        {isConnectionLost || notice ? <p>{notice ?? text.connectionLost}</p> : null}
      </div>
      <UploadPanel uploads={uploads} />
      <main id="photos" tabIndex={-1}>
        <h1 class="unseen">{text.library.title}</h1>
        {months && months.length > 0 ? (
          <PhotoGrid
            months={months}
            dates={dates}
            onOpen={onOpen}
            onNeed={timeline.ensure}
            onRetry={timeline.retry}
            focusAssetId={closedAssetId}
          />
        ) : null}
        {months ? null : problem ? (
          <Notice
            title={text.unreachableTitle}
            words={problem}
            action={{ words: text.tryAgain, run: () => timeline.refresh('all') }}
          />
        ) : (
          <Notice isBusy title={text.library.loading} />
        )}
        {months?.length === 0 ? <EmptyLibrary uploads={uploads} /> : null}
      </main>
      <DropZone onFiles={addDropped} />
    </div>
  );
}

function EmptyLibrary({ uploads }: { uploads: UploadQueue }) {
  return (
    <div class="library-empty">
      <Notice title={text.library.emptyTitle} words={text.library.emptyLead} />
      <FilePicker class="button button-main" onFiles={uploads.add}>
        {text.library.emptyButton}
      </FilePicker>
    </div>
  );
}

/** The asset that the viewer showed last, once it is closed: the focus goes back to its tile. */
function useJustClosed(openAssetId: string | undefined): string | undefined {
  const last = useRef<string | undefined>(undefined);
  if (openAssetId) last.current = openAssetId;
  return openAssetId ? undefined : last.current;
}

/** Closing the page would break off what is being sent, so the browser asks first. */
function useWarningBeforeLeaving(uploads: UploadQueue): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      const { doneCount, totalCount } = uploads.state.get();
      if (doneCount < totalCount) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [uploads]);
}
