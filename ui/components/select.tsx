import './field.css';
import { useId } from 'preact/hooks';
import { Icon } from './icon.tsx';

export interface SelectProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; words: string }[];
  onChange: (value: Value) => void;
  hint?: string;
  name?: string;
  isDisabled?: boolean;
  isLabelHidden?: boolean;
}

/** A choice of one out of several; the browser's own list, which every phone draws well. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, onChange, hint } = props;
  const id = useId();
  return (
    <div class="field">
      <label for={id} class={props.isLabelHidden ? 'unseen' : undefined}>
        {label}
      </label>
      <div class="field-line">
        <select
          id={id}
          name={props.name}
          value={value}
          disabled={props.isDisabled}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onChange={(event) => onChange(event.currentTarget.value as Value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.words}
            </option>
          ))}
        </select>
        <span class="select-arrow">
          <Icon name="down" size={18} />
        </span>
      </div>
      {hint ? (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}
