import { useState } from 'preact/hooks';
import { text } from '../../text.ts';
import { PIN_LENGTH, PinField } from './pin-field.tsx';

export interface NewPinProps {
  /** The new PIN; undefined until it is whole and typed twice alike. */
  onPin: (pin: string | undefined) => void;
  autofocus?: boolean;
}

/** A PIN, typed twice. */
export function NewPin({ onPin, autofocus = false }: NewPinProps) {
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const words = text.locked;
  const change = (first: string, second: string) => {
    setPin(first);
    setAgain(second);
    onPin(first.length === PIN_LENGTH && first === second ? first : undefined);
  };
  return (
    <>
      <PinField
        label={words.newPin}
        hint={words.pinHint}
        value={pin}
        onInput={(typed) => change(typed, again)}
        autofocus={autofocus}
      />
      <PinField
        label={words.again}
        value={again}
        onInput={(typed) => change(pin, typed)}
        problem={again.length === PIN_LENGTH && again !== pin ? words.different : undefined}
      />
    </>
  );
}
