import { useState } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { changePin } from '../../calls/locked.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { NewPin } from './new-pin.tsx';

export interface ChangePinProps {
  onClose: () => void;
  isForgotten?: boolean;
}

/** Another PIN, for whoever knows the password of the account. */
export function ChangePin({ onClose, isForgotten = false }: ChangePinProps) {
  const { api, toasts } = useApp();
  const { run, isBusy } = useAction();
  const [password, setPassword] = useState('');
  const [pin, setPin] = useState<string>();
  const words = text.locked;
  return (
    <Dialog title={isForgotten ? words.forgotten : words.change} onClose={onClose}>
      <form
        class="pin-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (pin === undefined || password === '') return;
          void run(async () => {
            await changePin(api, pin, password);
            toasts.show({ words: words.changed });
            onClose();
          });
        }}
      >
        <p>{words.changeLead}</p>
        <Field
          label={words.password}
          type="password"
          autocomplete="current-password"
          value={password}
          onInput={setPassword}
          autofocus
        />
        <NewPin onPin={setPin} />
        <Button kind="main" type="submit" isBusy={isBusy} isDisabled={pin === undefined || password === ''}>
          {words.changeSubmit}
        </Button>
      </form>
    </Dialog>
  );
}
