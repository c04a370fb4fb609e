import { Field } from '../../components/field.tsx';

export interface PinFieldProps {
  label: string;
  value: string;
  onInput: (pin: string) => void;
  hint?: string;
  problem?: string | undefined;
  autofocus?: boolean;
}

/** How many digits a PIN has. */
export const PIN_LENGTH = 6;

/** Six digits; whatever else is typed is left out. */
export function PinField({ label, value, onInput, hint, problem, autofocus = false }: PinFieldProps) {
  return (
    <div class="pin-field">
      <Field
        label={label}
        value={value}
        onInput={(typed) => onInput(typed.replace(/\D/g, '').slice(0, PIN_LENGTH))}
        type="password"
        inputMode="numeric"
        // Anything else, and browsers offer to keep it as if it were the password of the account.
        autocomplete="one-time-code"
        maxLength={PIN_LENGTH}
        autofocus={autofocus}
        {...(hint !== undefined && { hint })}
        {...(problem !== undefined && { problem })}
      />
    </div>
  );
}
