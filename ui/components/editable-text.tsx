import './editable-text.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useAction } from '../use-action.ts';
import { Icon } from './icon.tsx';

export interface EditableTextProps {
  value: string;
  /** Says what the text is, and that it can be changed. */
  label: string;
  /** Stands there while the text is empty. */
  placeholder: string;
  /** Several lines; Enter makes a new one. */
  isLong?: boolean;
  /** An empty text is not saved. */
  isRequired?: boolean;
  maxLength: number;
  /** Runs when the reader goes on to something else; a problem is told in a toast and what was typed stays. */
  onSave: (value: string) => Promise<unknown>;
}

/** Text that becomes a field where it stands. Enter saves it, Escape leaves it as it was. */
export function EditableText(props: EditableTextProps) {
  const { value, label, placeholder, isLong = false, isRequired = false, maxLength, onSave } = props;
  const [typed, setTyped] = useState<string>();
  const { run } = useAction();
  const button = useRef<HTMLButtonElement>(null);
  const comesBack = useRef(false);
  const isEditing = typed !== undefined;
  useEffect(() => {
    if (!isEditing && comesBack.current) button.current?.focus();
    comesBack.current = false;
  }, [isEditing]);

  /** What is not saved yet. A field that goes also loses the focus, which must not save again what was left or saved. */
  const draft = useRef<string | undefined>(undefined);
  const type = (words: string | undefined) => {
    draft.current = words;
    setTyped(words);
  };

  const save = async () => {
    if (draft.current === undefined) return;
    const wanted = draft.current.trim();
    draft.current = undefined;
    if (wanted === value.trim() || (isRequired && wanted === '')) setTyped(undefined);
    else if (await run(() => onSave(wanted))) setTyped(undefined);
    else draft.current = wanted;
  };
  if (!isEditing)
    return (
      <button
        ref={button}
        type="button"
        class={value ? 'editable' : 'editable editable-empty'}
        title={label}
        onClick={() => type(value)}
      >
        {value || placeholder}
        <Icon name="edit" size={18} />
      </button>
    );
  const field = {
    class: 'editable-field',
    'aria-label': label,
    value: typed,
    maxLength,
    ref: focusOnce,
    onBlur: () => void save(),
  };
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key !== 'Escape' && (event.key !== 'Enter' || isLong)) return;
    event.preventDefault();
    comesBack.current = true;
    if (event.key === 'Escape') type(undefined);
    else void save();
  };
  return isLong ? (
    <textarea {...field} rows={3} onInput={(event) => type(event.currentTarget.value)} onKeyDown={onKey} />
  ) : (
    <input {...field} onInput={(event) => type(event.currentTarget.value)} onKeyDown={onKey} />
  );
}

/** Outside the component, so that drawing again does not choose the text again. */
function focusOnce(field: HTMLInputElement | HTMLTextAreaElement | null): void {
  if (field && document.activeElement !== field) field.select();
}
