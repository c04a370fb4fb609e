import { useState } from 'preact/hooks';
import { useApp } from '../../app-context.ts';
import { choosePin, openLocked } from '../../calls/locked.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { NewPin } from './new-pin.tsx';

/** Chooses the first PIN and opens the folder with it. */
export function PinSetup({ onOpen }: { onOpen: () => void }) {
  const { api } = useApp();
  const { run, isBusy } = useAction();
  const [pin, setPin] = useState<string>();
  const words = text.locked;
  return (
    <form
      class="pin-card"
      onSubmit={(event) => {
        event.preventDefault();
        if (pin === undefined) return;
        void run(async () => {
          await choosePin(api, pin);
          await openLocked(api, pin);
          onOpen();
        });
      }}
    >
      <span class="state-icon">
        <Icon name="lock" size={34} />
      </span>
      <h2>{words.setupTitle}</h2>
      <p class="pin-lead">{words.setupLead}</p>
      <NewPin onPin={setPin} autofocus />
      <Button kind="main" type="submit" isBusy={isBusy} isDisabled={pin === undefined}>
        {words.setup}
      </Button>
    </form>
  );
}
