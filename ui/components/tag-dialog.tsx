import './tag-dialog.css';
import { useState } from 'preact/hooks';
import type { TagResponse } from '#contract/tags';
import { useApp } from '../app-context.ts';
import { createTag, updateTag } from '../calls/tags.ts';
import { TAG_COLORS, type TagColor } from '../tag-colors.ts';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { TagDot } from './tag-dot.tsx';

export interface TagDialogProps {
  /** The tag to change; a new one when absent. */
  tag?: TagResponse;
  /** What the new one goes into; absent: the top. */
  parent?: TagResponse | undefined;
  onClose: () => void;
  onSaved: (tag: TagResponse) => void;
}

/** Names a tag and gives it a colour. */
export function TagDialog({ tag, parent, onClose, onSaved }: TagDialogProps) {
  const { api } = useApp();
  const { run, isBusy } = useAction();
  const [name, setName] = useState(tag?.name ?? '');
  const [color, setColor] = useState<string | null>(tag?.color ?? null);
  const words = text.tags;
  const wanted = name.trim();
  const save = () =>
    run(async () => {
      const saved = tag
        ? await updateTag(api, tag.id, { name: wanted, color })
        : await createTag(api, { name: wanted, parentId: parent?.id ?? null, color });
      onSaved(saved);
      onClose();
    });
  return (
    <Dialog
      title={tag ? words.edit : parent ? words.createIn(parent.name) : words.createTitle}
      onClose={onClose}
    >
      <form
        class="tag-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted !== '') void save();
        }}
      >
        <Field label={words.name} value={name} onInput={setName} maxLength={200} autofocus />
        <fieldset class="tag-colors">
          <legend>{words.color}</legend>
          <ColorChoice
            label={words.noColor}
            color={undefined}
            isChosen={color === null}
            onChoose={() => setColor(null)}
          />
          {(Object.keys(TAG_COLORS) as TagColor[]).map((key) => (
            <ColorChoice
              key={key}
              label={words.colors[key]}
              color={TAG_COLORS[key]}
              isChosen={color?.toLowerCase() === TAG_COLORS[key]}
              onChoose={() => setColor(TAG_COLORS[key])}
            />
          ))}
        </fieldset>
        <div class="tag-form-end">
          <Button onClick={onClose}>{text.kit.cancel}</Button>
          <Button kind="main" type="submit" isBusy={isBusy} isDisabled={wanted === ''}>
            {tag ? text.kit.save : words.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface ColorChoiceProps {
  label: string;
  color: string | undefined;
  isChosen: boolean;
  onChoose: () => void;
}

function ColorChoice({ label, color, isChosen, onChoose }: ColorChoiceProps) {
  return (
    <label class="tag-color" title={label}>
      <input type="radio" name="color" aria-label={label} checked={isChosen} onChange={onChoose} />
      <TagDot color={color} />
    </label>
  );
}
