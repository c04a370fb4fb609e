import './upload-panel.css';
import { useState } from 'preact/hooks';
import { readableBytes } from '../numbers.ts';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import type { Interrupted, UploadQueue, UploadState } from '../upload-queue.ts';
import { Button } from './button.tsx';
import { FilePicker } from './file-picker.tsx';
import { IconButton } from './icon-button.tsx';

/** More names than anyone reads; the count says how many there are. */
const MAX_NAMES = 200;

/** What is on its way, and afterwards the receipt: stored, already there, failed and why. */
export function UploadPanel({ uploads }: { uploads: UploadQueue }) {
  const state = useStore(uploads.state);
  const [wantsOpen, setWantsOpen] = useState<boolean>();
  const isOpen = wantsOpen ?? !state.isOldReceipt;
  const { interrupted } = state;
  if (state.totalCount === 0 && !interrupted) return null;

  const isDone = state.doneCount === state.totalCount;
  const doneTitle = interrupted
    ? text.upload.interruptedTitle
    : state.failed.length > 0
      ? text.upload.doneWithFailures
      : state.isOldReceipt
        ? text.upload.earlierTitle
        : text.upload.doneTitle;
  return (
    <section class="uploads" aria-label={text.upload.title}>
      <div class="uploads-head">
        <h2>
          <span role="status">{isDone ? doneTitle : text.upload.title}</span>
        </h2>
        {isDone ? null : (
          <span class="uploads-count">{text.upload.progress(state.doneCount, state.totalCount)}</span>
        )}
        <IconButton
          icon={isOpen ? 'down' : 'up'}
          isExpanded={isOpen}
          label={isOpen ? text.upload.hide : text.upload.show}
          onClick={() => setWantsOpen(!isOpen)}
        />
        {isDone && !interrupted ? (
          <IconButton icon="close" label={text.kit.close} onClick={uploads.clear} />
        ) : null}
      </div>
      {isDone ? null : <TotalProgress state={state} onStop={() => uploads.stop(text.upload.stopped)} />}
      {isOpen ? (
        <div class="uploads-body">
          {interrupted ? <Waited interrupted={interrupted} uploads={uploads} /> : null}
          <Sending state={state} />
          <Receipt state={state} />
          {isDone && state.failed.some(({ file }) => file) ? (
            <Button onClick={uploads.retryFailed}>{text.upload.retry}</Button>
          ) : null}
        </div>
      ) : null}
    </section>
  );
}

function TotalProgress({ state, onStop }: { state: UploadState; onStop: () => void }) {
  return (
    <div class="uploads-total">
      <progress
        aria-label={text.upload.title}
        max={Math.max(1, state.totalBytes)}
        value={Math.min(state.sentBytes, state.totalBytes)}
      />
      <div class="uploads-line">
        <span role="status">
          {state.isOffline
            ? text.upload.offline
            : text.upload.remaining(
                readableBytes(Math.round(state.sentBytes)),
                readableBytes(state.totalBytes),
              )}
        </span>
        <Button kind="quiet" onClick={onStop}>
          {text.upload.stop}
        </Button>
      </div>
    </div>
  );
}

/** What a page before this one was still to send. */
function Waited({ interrupted, uploads }: { interrupted: Interrupted; uploads: UploadQueue }) {
  const { files, missing } = interrupted;
  return (
    <div class="uploads-waited">
      {files.length > 0 ? <p>{text.upload.interrupted(files.length)}</p> : null}
      {missing.length > 0 ? <p>{text.upload.missing(missing.length)}</p> : null}
      <div class="uploads-ways">
        {files.length > 0 ? (
          <Button kind="main" onClick={uploads.resume}>
            {text.upload.resume}
          </Button>
        ) : (
          <>
            <FilePicker class="button button-main" onFiles={uploads.add}>
              {text.upload.choosePhotos}
            </FilePicker>
            <FilePicker class="button" isFolder onFiles={uploads.add}>
              {text.upload.chooseFolder}
            </FilePicker>
          </>
        )}
        <Button kind="quiet" onClick={uploads.dismiss}>
          {text.upload.dismiss}
        </Button>
      </div>
    </div>
  );
}

function Sending({ state }: { state: UploadState }) {
  if (state.sending.length === 0) return null;
  return (
    <ul class="uploads-list">
      {state.sending.map(({ key, file, fraction, isComparing }) => (
        <li key={key}>
          <span class="uploads-name">{file.name}</span>
          {isComparing ? (
            <span class="uploads-reason">{text.upload.comparing}</span>
          ) : fraction < 1 ? (
            <progress aria-label={file.name} max={1} value={fraction} />
          ) : (
            <span class="uploads-reason">{text.upload.saving}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

function Receipt({ state }: { state: UploadState }) {
  const { stored, duplicates, failed } = state;
  return (
    <>
      {failed.length > 0 ? (
        <details class="receipt receipt-failed" open>
          <summary>{text.upload.failed(failed.length)}</summary>
          <ul class="uploads-list">
            {failed.slice(0, MAX_NAMES).map(({ key, name, reason }) => (
              <li key={key}>
                <span class="uploads-name">{name}</span>
                <span class="uploads-reason">{reason}</span>
              </li>
            ))}
          </ul>
          <More count={failed.length - MAX_NAMES} />
        </details>
      ) : null}
      <Names class="receipt receipt-stored" words={text.upload.stored(stored.length)} names={stored} />
      <Names class="receipt" words={text.upload.duplicate(duplicates.length)} names={duplicates} />
    </>
  );
}

function Names({
  class: className,
  words,
  names,
}: {
  class: string;
  words: string;
  names: readonly string[];
}) {
  if (names.length === 0) return null;
  return (
    <details class={className}>
      <summary>{words}</summary>
      <ul class="uploads-list">
        {names.slice(0, MAX_NAMES).map((name, index) => (
          // Names only ever join at the end, and two files may share one.
          <li key={index}>
            <span class="uploads-name">{name}</span>
          </li>
        ))}
      </ul>
      <More count={names.length - MAX_NAMES} />
    </details>
  );
}

function More({ count }: { count: number }) {
  return count > 0 ? <p class="uploads-reason">{text.upload.more(count)}</p> : null;
}
