import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';

export interface ConfirmDialogProps {
  title: string;
  /** What will happen, and whether it can be taken back. */
  children: ComponentChildren;
  /** The words of the button that does it. */
  confirmWords: string;
  /** Runs once; the dialog closes when it went well, and a problem is told in a toast. */
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
  /** For what destroys something. */
  isDangerous?: boolean;
  /** A word that has to be typed first; for what destroys very much, such as erasing a drive. */
  typedWord?: string;
}

/** Asks before something happens that is hard or impossible to take back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirmWords, onConfirm, onClose, isDangerous = false, typedWord } = props;
  const { run, isBusy } = useAction();
  const [typed, setTyped] = useState('');
  const isReady = typedWord === undefined || typed.trim().toLowerCase() === typedWord.toLowerCase();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose} autofocus={typedWord === undefined}>
            {text.kit.cancel}
          </Button>
          <Button
            kind={isDangerous ? 'danger' : 'main'}
            isBusy={isBusy}
            isDisabled={!isReady}
            onClick={async () => {
              if (await run(onConfirm)) onClose();
            }}
          >
            {confirmWords}
          </Button>
        </>
      }
    >
      <div>{children}</div>
      {typedWord === undefined ? null : (
        <Field
          label={text.kit.typeToConfirm(typedWord)}
          value={typed}
          onInput={setTyped}
          autofocus
          isOptional
        />
      )}
    </Dialog>
  );
}
