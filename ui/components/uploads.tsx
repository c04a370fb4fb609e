import './uploads.css';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { useMember } from '../app-context.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import type { UploadQueue } from '../upload-queue.ts';
import { DropZone } from './drop-zone.tsx';
import { UploadPanel } from './upload-panel.tsx';

/** Good news of an earlier page is told where photos are added and looked at, and stands in nobody's way elsewhere. */
const RECEIPT_PATHS: ReadonlySet<string> = new Set(['/', '/upload']);

/** What adding photos needs on every screen: a place to drop and to paste them, the panel, a question before leaving. */
export function Uploads() {
  const { uploads, toasts, router } = useMember();
  const { path } = useStore(router.place);
  const { isOldReceipt } = useStore(uploads.state);
  const [isReading, setIsReading] = useState(false);
  useWarningBeforeLeaving(uploads);
  usePaste(uploads);

  const addDropped = useCallback(
    async (reading: Promise<File[]>) => {
      setIsReading(true);
      try {
        const files = await reading;
        uploads.add(files);
        if (files.length === 0) toasts.show({ words: text.upload.nothing });
      } catch (error) {
        // What a browser throws when a dropped file or folder cannot be read.
        if (!(error instanceof DOMException)) throw error;
        toasts.show({ words: text.upload.unreadable, tone: 'problem' });
      } finally {
        setIsReading(false);
      }
    },
    [uploads, toasts],
  );

  return (
    <>
      <div class="uploads-reading" role="status">
        {isReading ? <p>{text.upload.reading}</p> : null}
      </div>
      {isOldReceipt && !RECEIPT_PATHS.has(path) ? null : <UploadPanel uploads={uploads} />}
      <DropZone onFiles={addDropped} />
    </>
  );
}

/** A picture that was copied elsewhere is added wherever it is pasted, unless somebody writes. */
function usePaste(uploads: UploadQueue): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (event.target instanceof Element && event.target.closest('input, textarea, select')) return;
      uploads.add([...(event.clipboardData?.files ?? [])]);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, [uploads]);
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
