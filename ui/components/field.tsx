import './field.css';
import { useId, useState } from 'preact/hooks';
import { text } from '../text.ts';

export interface FieldProps {
  label: string;
  /** In forms that are read as a whole; a field that reports each change needs none. */
  name?: string;
  value?: string;
  onInput?: (value: string) => void;
  /** One sentence below the field. */
  hint?: string;
  /** What is wrong with the value, in words; drawn instead of the hint. */
  problem?: string;
  type?: 'text' | 'email' | 'password' | 'number' | 'date' | 'time' | 'search' | 'url';
  /** Several lines, this many at first. */
  lines?: number;
  autocomplete?: string;
  inputMode?: 'text' | 'numeric' | 'decimal';
  placeholder?: string;
  minLength?: number;
  maxLength?: number;
  min?: string | number;
  max?: string | number;
  step?: string | number;
  isOptional?: boolean;
  isDisabled?: boolean;
  autofocus?: boolean;
  /** The label is read, not seen. */
  isLabelHidden?: boolean;
}

/** A labelled field; a password can be looked at, because it is typed once. */
export function Field(props: FieldProps) {
  const { label, name, value, onInput, hint, problem, type = 'text', lines, autofocus } = props;
  const id = useId();
  const [isShown, setIsShown] = useState(false);
  const below = problem ?? hint;
  const shared = {
    id,
    name,
    value,
    required: !props.isOptional,
    disabled: props.isDisabled,
    // For dialogs: opening one gives the focus to what says so.
    autofocus,
    placeholder: props.placeholder,
    minLength: props.minLength,
    maxLength: props.maxLength,
    autocomplete: props.autocomplete ?? 'off',
    'aria-describedby': below ? `${id}-below` : undefined,
    'aria-invalid': problem ? true : undefined,
  };
  return (
    <div class="field">
      <label for={id} class={props.isLabelHidden ? 'unseen' : undefined}>
        {label}
      </label>
      <div class="field-line">
        {lines ? (
          <textarea
            {...shared}
            rows={lines}
            ref={autofocus ? focusOnce : undefined}
            onInput={(event) => onInput?.(event.currentTarget.value)}
          />
        ) : (
          <input
            {...shared}
            {...inputKind(isShown ? 'text' : type)}
            autocapitalize={type === 'text' ? 'sentences' : 'none'}
            spellcheck={false}
            inputMode={props.inputMode}
            min={props.min}
            max={props.max}
            step={props.step}
            ref={autofocus ? focusOnce : undefined}
            onInput={(event) => onInput?.(event.currentTarget.value)}
          />
        )}
        {type === 'password' ? (
          <button
            type="button"
            class="field-show"
            aria-pressed={isShown}
            aria-label={text.kit.showPasswordLabel}
            onClick={() => setIsShown(!isShown)}
          >
            {isShown ? text.kit.hidePassword : text.kit.showPassword}
          </button>
        ) : null}
      </div>
      {below ? (
        <p
          class={problem ? 'field-problem' : 'field-hint'}
          id={`${id}-below`}
          role={problem ? 'alert' : undefined}
        >
          {below}
        </p>
      ) : null}
    </div>
  );
}

/** One object of one kind, because the types of an input differ by its kind. */
function inputKind(type: NonNullable<FieldProps['type']>) {
  return { type } as { type: 'text' };
}

/** Outside the component, so that drawing again does not take the focus back. */
function focusOnce(input: HTMLElement | null): void {
  input?.focus();
}
