import { useState } from 'preact/hooks';
import { Button } from '../../components/button.tsx';
import { Sheet } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { Switch } from '../../components/switch.tsx';
import { text } from '../../text.ts';
import type { SearchWish } from './search-wish.ts';

const FILTERS = ['type', 'model', 'rating', 'from', 'to', 'isFavorite', 'isArchived'] as const;
const STARS = [1, 2, 3, 4, 5] as const;

export interface FilterDialogProps {
  wish: SearchWish;
  /** Cameras that photos were taken with. */
  models: readonly string[];
  onWish: (wish: SearchWish) => void;
  onClose: () => void;
}

/** What narrows a search beside its words. */
export function FilterDialog({ wish, models, onWish, onClose }: FilterDialogProps) {
  const [draft, setDraft] = useState(wish);
  const words = text.search;
  const set = <Name extends (typeof FILTERS)[number]>(name: Name, value: SearchWish[Name]) => {
    const next = { ...draft };
    if (value === undefined) delete next[name];
    else next[name] = value;
    setDraft(next);
  };
  const { from, to, model } = draft;
  const isWrong = from !== undefined && to !== undefined && from > to;
  const cameras = model !== undefined && !models.includes(model) ? [model, ...models] : models;
  return (
    <Sheet
      title={words.filterTitle}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="quiet"
            onClick={() => {
              const next = { ...draft };
              for (const name of FILTERS) delete next[name];
              setDraft(next);
            }}
          >
            {words.reset}
          </Button>
          <Button kind="main" isDisabled={isWrong} onClick={() => onWish(draft)}>
            {words.apply}
          </Button>
        </>
      }
    >
      <div class="search-filters">
        <Select
          label={words.type}
          value={draft.type ?? ''}
          options={[
            { value: '', words: words.anyType },
            { value: 'IMAGE', words: words.types.IMAGE },
            { value: 'VIDEO', words: words.types.VIDEO },
          ]}
          onChange={(value) => set('type', value === '' ? undefined : value)}
        />
        <Select
          label={words.camera}
          value={model ?? ''}
          options={[
            { value: '', words: words.anyCamera },
            ...cameras.map((name) => ({ value: name, words: name })),
          ]}
          onChange={(value) => set('model', value || undefined)}
        />
        <Select
          label={words.rating}
          value={draft.rating === undefined ? '' : String(draft.rating)}
          options={[
            { value: '', words: words.anyRating },
            ...STARS.map((stars) => ({ value: String(stars), words: words.stars(stars) })),
          ]}
          onChange={(value) => set('rating', value === '' ? undefined : Number(value))}
        />
        <div class="search-days">
          <Field
            label={words.from}
            type="date"
            value={from ?? ''}
            onInput={(value) => set('from', value || undefined)}
            isOptional
          />
          <Field
            label={words.to}
            type="date"
            value={to ?? ''}
            onInput={(value) => set('to', value || undefined)}
            isOptional
            {...(isWrong && { problem: words.wrongRange })}
          />
        </div>
        <Switch
          label={words.onlyFavourites}
          isOn={draft.isFavorite === true}
          onChange={(isOn) => set('isFavorite', isOn ? true : undefined)}
        />
        <Switch
          label={words.onlyArchived}
          hint={words.onlyArchivedHint}
          isOn={draft.isArchived === true}
          onChange={(isOn) => set('isArchived', isOn ? true : undefined)}
        />
      </div>
    </Sheet>
  );
}
