import './toaster.css';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { useStore } from '../store.ts';
import { text } from '../text.ts';
import type { Toast, Toasts } from '../toasts.ts';
import { IconButton } from './icon-button.tsx';

/** Long enough to read two lines and to decide about taking something back. */
const SHOWN_MS = 7000;

/** Draws the toasts. A problem interrupts a screen reader, everything else waits for its turn. */
export function Toaster({ toasts }: { toasts: Toasts }) {
  const list = useStore(toasts.list);
  const hosts = useStore(toasts.hosts);
  const [host] = useState(() => Symbol('host'));
  useLayoutEffect(() => {
    toasts.hosts.set([...toasts.hosts.get(), host]);
    return () => toasts.hosts.set(toasts.hosts.get().filter((other) => other !== host));
  }, [toasts, host]);
  // A dialog makes everything below it deaf, so the toast is drawn inside of the dialog.
  if (hosts.at(-1) !== host) return null;
  return (
    <div class="toaster">
      <div role="status" aria-live="polite" class="toaster-list">
        {list
          .filter(({ tone }) => tone === 'plain')
          .map((toast) => (
            <ToastCard key={toast.key} toast={toast} onEnd={() => toasts.dismiss(toast.key)} />
          ))}
      </div>
      <div role="alert" class="toaster-list">
        {list
          .filter(({ tone }) => tone === 'problem')
          .map((toast) => (
            <ToastCard key={toast.key} toast={toast} onEnd={() => toasts.dismiss(toast.key)} />
          ))}
      </div>
    </div>
  );
}

function ToastCard({ toast, onEnd }: { toast: Toast; onEnd: () => void }) {
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(onEnd, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isHeld]);
  return (
    <div
      class={`toast toast-${toast.tone}`}
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocusIn={() => setIsHeld(true)}
      onFocusOut={() => setIsHeld(false)}
    >
      <p>{toast.words}</p>
      {toast.action ? (
        <button
          type="button"
          class="toast-action"
          onClick={() => {
            onEnd();
            toast.action?.run();
          }}
        >
          {toast.action.words}
        </button>
      ) : null}
      <IconButton icon="close" label={text.kit.close} onClick={onEnd} />
    </div>
  );
}
