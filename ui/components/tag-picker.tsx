import './album-picker.css';
import { useState } from 'preact/hooks';
import { useApp } from '../app-context.ts';
import { listTags, tagAssets } from '../calls/assets.ts';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';
import { useLoad } from '../use-load.ts';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { Icon } from './icon.tsx';
import { LoadedView } from './states.tsx';

export interface TagPickerProps {
  assetIds: readonly string[];
  onClose: () => void;
  /** The photos have this tag now. */
  onTagged: (value: string) => void;
}

/** Gives photos a tag: one field finds a tag or names a new one. */
export function TagPicker({ assetIds, onClose, onTagged }: TagPickerProps) {
  const { api } = useApp();
  const { run, isBusy } = useAction();
  const [name, setName] = useState('');
  const tags = useLoad(() => listTags(api), [api]);
  const words = text.actions.tagPicker;
  const wanted = name.trim().replace(/^\/+|\/+$/g, '');

  const give = (value: string) => {
    if (isBusy) return;
    void run(async () => {
      await tagAssets(api, value, assetIds);
      onTagged(value);
      onClose();
    });
  };
  return (
    <Dialog title={words.title} onClose={onClose}>
      <Field
        label={words.find}
        hint={words.hint}
        value={name}
        onInput={setName}
        type="search"
        autofocus
        isOptional
      />
      <LoadedView load={tags}>
        {(list) => {
          const low = wanted.toLocaleLowerCase();
          const found = list.filter(({ value }) => value.toLocaleLowerCase().includes(low));
          const isNew = wanted !== '' && !list.some(({ value }) => value.toLocaleLowerCase() === low);
          return (
            <ul class="album-choices">
              {isNew ? (
                <Choice icon="plus" words={words.create(wanted)} onClick={() => give(wanted)} />
              ) : null}
              {found.map(({ id, value }) => (
                <Choice key={id} icon="tag" words={value} onClick={() => give(value)} />
              ))}
              {list.length === 0 && wanted === '' ? <li class="field-hint">{words.empty}</li> : null}
            </ul>
          );
        }}
      </LoadedView>
    </Dialog>
  );
}

function Choice({ icon, words, onClick }: { icon: 'plus' | 'tag'; words: string; onClick: () => void }) {
  return (
    <li>
      <button type="button" class="album-choice choice-flat" onClick={onClick}>
        <Icon name={icon} />
        <span>{words}</span>
      </button>
    </li>
  );
}
