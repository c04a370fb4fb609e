import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { DropZone } from '../components/drop-zone.tsx';
import { FilePicker } from '../components/file-picker.tsx';
import { Icon } from '../components/icon.tsx';
import { UploadPanel } from '../components/upload-panel.tsx';
import { text } from '../text.ts';
import { openUploadMemory } from '../upload-memory.ts';
import { createUploadQueue } from '../upload-queue.ts';

/** How long to wait between two looks for a box that does not answer. */
const LOOK_AGAIN_MS = 4000;

/** When to look at the photos again after the last one was stored: a busy box needs a while to draw the new ones. */
const LOOKS_MS = [3000, 10_000, 30_000];

/** Guests have no account to look into, so for a month this browser tells them what they gave. */
const RECEIPT_MS = 30 * 24 * 3_600_000;

/** Takes photos from guests, with progress and a receipt of what became of each, which a reload does not lose. */
export function GuestUploads({ linkId, onStored }: { linkId: string; onStored: () => void }) {
  const { api, toasts } = useApp();
  const stored = useRef(onStored);
  stored.current = onStored;
  const looks = useRef<ReturnType<typeof setTimeout>[]>([]);
  const [memory] = useState(() => openUploadMemory(`link ${linkId}`, { receiptMs: RECEIPT_MS }));
  const [uploads] = useState(() =>
    createUploadQueue({
      send: api.upload,
      memory,
      isReachable: api.isReachable,
      pause: () => new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS)),
      onStored: () => {
        looks.current.forEach(clearTimeout);
        looks.current = LOOKS_MS.map((ms) => setTimeout(() => stored.current(), ms));
      },
    }),
  );
  useEffect(() => {
    void memory?.takeOver().then(uploads.recall);
    return () => {
      looks.current.forEach(clearTimeout);
      uploads.leave(text.upload.stopped);
    };
  }, [uploads, memory]);
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
