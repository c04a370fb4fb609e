import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { DropZone } from '../components/drop-zone.tsx';
import { FilePicker } from '../components/file-picker.tsx';
import { Icon } from '../components/icon.tsx';
import { UploadPanel } from '../components/upload-panel.tsx';
import { text } from '../text.ts';
import { createUploadQueue } from '../upload-queue.ts';

/** How long to wait between two looks for a box that does not answer. */
const LOOK_AGAIN_MS = 4000;

/** A thumbnail is made within about this time; by then the new photo has something to show. */
const PICTURE_MS = 3000;

/** Takes photos from guests, with progress and a receipt of what became of each. */
export function GuestUploads({ onStored }: { onStored: () => void }) {
  const { api, toasts } = useApp();
  const stored = useRef(onStored);
  stored.current = onStored;
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [uploads] = useState(() =>
    createUploadQueue({
      send: api.upload,
      isReachable: api.isReachable,
      pause: () => new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS)),
      onStored: () => {
        clearTimeout(timer.current);
        timer.current = setTimeout(() => stored.current(), PICTURE_MS);
      },
    }),
  );
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      uploads.stop(text.upload.stopped);
    },
    [uploads],
  );
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      const { doneCount, totalCount } = uploads.state.get();
      if (doneCount < totalCount) event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [uploads]);
  const addDropped = async (reading: Promise<File[]>) => {
    try {
      uploads.add(await reading);
    } catch (error) {
      // What a browser throws when a dropped file or folder cannot be read.
      if (!(error instanceof DOMException)) throw error;
      toasts.show({ words: text.upload.unreadable, tone: 'problem' });
    }
  };
  return (
    <>
      <FilePicker class="button button-main" onFiles={uploads.add}>
        <Icon name="plus" />
        {text.guest.add}
      </FilePicker>
      <UploadPanel uploads={uploads} />
      <DropZone onFiles={(files) => void addDropped(files)} />
    </>
  );
}
