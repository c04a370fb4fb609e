import './field.css';
import { useId, useState } from 'preact/hooks';
import { text } from '../text.ts';

export interface FieldProps {
  name: string;
  label: string;
  /** One sentence below the field. */
  hint?: string;
  type?: 'text' | 'email' | 'password';
  autocomplete: 'name' | 'username' | 'new-password' | 'current-password';
  minLength?: number;
  autofocus?: boolean;
}

/** A labelled line of input; a password can be looked at, because it is typed once. */
export function Field({ name, label, hint, type = 'text', autocomplete, minLength, autofocus }: FieldProps) {
  const id = useId();
  const [isShown, setIsShown] = useState(false);
  // One object of three kinds, because the types of an input differ by its kind.
  const kind = { type: isShown ? 'text' : type } as
    | { type: 'text' }
    | { type: 'email' }
    | { type: 'password' };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-line">
        <input
          id={id}
          name={name}
          {...kind}
          autocomplete={autocomplete}
          autocapitalize={type === 'text' ? 'words' : 'none'}
          spellcheck={false}
          minLength={minLength}
          required
          ref={autofocus ? focusOnce : undefined}
          aria-describedby={hint ? `${id}-hint` : undefined}
        />
        {type === 'password' ? (
          <button
            type="button"
            class="quiet-button"
            aria-pressed={isShown}
            aria-label={text.showPasswordLabel}
            onClick={() => setIsShown(!isShown)}
          >
            {isShown ? text.hidePassword : text.showPassword}
          </button>
        ) : null}
      </div>
      {hint ? (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** Outside the component, so that drawing again does not take the focus back. */
function focusOnce(input: HTMLInputElement | null): void {
  input?.focus();
}
