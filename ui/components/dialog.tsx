import './dialog.css';
import type { ComponentChildren } from 'preact';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { text } from '../text.ts';
import { IconButton } from './icon-button.tsx';
import { Toaster } from './toaster.tsx';

export interface DialogProps {
  title: string;
  /** Escape, the cross and a click beside it. */
  onClose: () => void;
  children: ComponentChildren;
  /** Buttons at its foot, the main one last. */
  actions?: ComponentChildren;
  /** `side` stands at the right edge of a wide screen, for what is read beside the page. Default: `middle`. */
  kind?: 'middle' | 'side';
  isWide?: boolean;
}

/**
 * Asks or shows something above the page. The browser keeps the focus inside and gives it back afterwards. On a
 * phone it rises from the lower edge.
 */
export function Dialog({ title, onClose, children, actions, kind = 'middle', isWide = false }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const { toasts } = useApp();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // Closing, unlike just vanishing, returns the focus to where it was.
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`dialog dialog-${kind}${isWide ? ' dialog-wide' : ''}`}
      aria-labelledby={id}
      onCancel={(event) => {
        // A file picker inside cancels too, and its event rises.
        if (event.target !== dialog.current) return;
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        // Only what is beside the card is the dialog itself.
        if (event.target === dialog.current) onClose();
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div class="dialog-card">
        <header class="dialog-head">
          <h2 id={id}>{title}</h2>
          <IconButton icon="close" label={text.kit.close} onClick={onClose} />
        </header>
        <div class="dialog-body">{children}</div>
        {actions ? <footer class="dialog-actions">{actions}</footer> : null}
      </div>
      <Toaster toasts={toasts} />
    </dialog>
  );
}

/** A dialog for what is chosen or read beside the page: at the right edge, or from below on a phone. */
export function Sheet(props: Omit<DialogProps, 'kind'>) {
  return <Dialog {...props} kind="side" />;
}
