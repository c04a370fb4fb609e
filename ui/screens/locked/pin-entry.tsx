import { useState } from 'preact/hooks';
import { RequestProblem } from '../../api.ts';
import { useApp } from '../../app-context.ts';
import { openLocked } from '../../calls/locked.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { text } from '../../text.ts';
import { ChangePin } from './change-pin.tsx';
import { PIN_LENGTH, PinField } from './pin-field.tsx';

/** Asks for the PIN; the last digit opens. */
export function PinEntry({ onOpen }: { onOpen: () => void }) {
  const { api } = useApp();
  const [pin, setPin] = useState('');
  const [problem, setProblem] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const [isForgotten, setIsForgotten] = useState(false);
  const words = text.locked;

  const open = async (typed: string) => {
    if (isBusy || typed.length < PIN_LENGTH) return;
    setIsBusy(true);
    try {
      await openLocked(api, typed);
      onOpen();
    } catch (error) {
      if (!(error instanceof RequestProblem)) throw error;
      setProblem(error.code === 'pin_wrong' ? words.wrong : error.message);
      setPin('');
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <>
      <form
        class="pin-card"
        onSubmit={(event) => {
          event.preventDefault();
          void open(pin);
        }}
      >
        <span class="state-icon">
          <Icon name="lock" size={34} />
        </span>
        <p class="pin-lead">{words.enterLead}</p>
        <PinField
          label={words.pin}
          value={pin}
          problem={problem}
          autofocus
          onInput={(typed) => {
            setPin(typed);
            if (typed !== '') setProblem(undefined);
            void open(typed);
          }}
        />
        <Button kind="main" type="submit" isBusy={isBusy} isDisabled={pin.length < PIN_LENGTH}>
          {words.open}
        </Button>
        <Button kind="quiet" onClick={() => setIsForgotten(true)}>
          {words.forgotten}
        </Button>
      </form>
      {isForgotten ? <ChangePin isForgotten onClose={() => setIsForgotten(false)} /> : null}
    </>
  );
}
