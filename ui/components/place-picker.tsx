import './album-picker.css';
import { useState } from 'preact/hooks';
import { pictureUrl } from '../api.ts';
import { useApp } from '../app-context.ts';
import { listTowns } from '../calls/assets.ts';
import { readCoordinates } from '../coordinates.ts';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';
import { useLoad } from '../use-load.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { LoadedView } from './states.tsx';

export interface PlacePickerProps {
  /** Where it is now, `47.42, 10.98`; empty when that is not known. */
  current: string;
  /** Null for no place. The dialog closes when it went well. */
  onPick: (place: { latitude: number; longitude: number } | null) => Promise<unknown>;
  onClose: () => void;
}

/** Asks for a place: one where there are photos already, or the numbers that a map shows. */
export function PlacePicker({ current, onPick, onClose }: PlacePickerProps) {
  const { api } = useApp();
  const { run, isBusy } = useAction();
  const [name, setName] = useState('');
  const [typed, setTyped] = useState(current);
  const towns = useLoad(() => listTowns(api), [api]);
  const words = text.actions.placePicker;
  const coordinates = readCoordinates(typed);
  const isWrong = typed.trim() !== '' && !coordinates;

  const pick = async (place: { latitude: number; longitude: number } | null) => {
    if (!isBusy && (await run(() => onPick(place)))) onClose();
  };
  return (
    <Dialog
      title={words.title}
      onClose={onClose}
      actions={
        <>
          {current === '' ? null : (
            <Button kind="quiet" onClick={() => pick(null)}>
              {words.clear}
            </Button>
          )}
          <Button
            kind="main"
            isBusy={isBusy}
            isDisabled={!coordinates}
            onClick={() => coordinates && pick(coordinates)}
          >
            {text.kit.save}
          </Button>
        </>
      }
    >
      <Field label={words.find} value={name} onInput={setName} type="search" autofocus isOptional />
      <LoadedView load={towns}>
        {(assets) => {
          const low = name.trim().toLocaleLowerCase();
          const found = assets.filter(({ exifInfo }) =>
            [exifInfo?.city, exifInfo?.state, exifInfo?.country].join(' ').toLocaleLowerCase().includes(low),
          );
          return (
            <ul class="album-choices album-choices-few">
              {assets.length === 0 ? <li class="field-hint">{words.empty}</li> : null}
              {found.map(({ id, exifInfo, thumbhash }) => (
                <li key={id}>
                  <button
                    type="button"
                    class="album-choice"
                    onClick={() => {
                      const { latitude, longitude } = exifInfo ?? {};
                      if (typeof latitude === 'number' && typeof longitude === 'number')
                        void pick({ latitude, longitude });
                    }}
                  >
                    <img src={pictureUrl(id, 'thumbnail', thumbhash ?? '')} alt="" loading="lazy" />
                    <span>
                      {exifInfo?.city}
                      <small>{[exifInfo?.state, exifInfo?.country].filter(Boolean).join(', ')}</small>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          );
        }}
      </LoadedView>
      <Field
        label={words.coordinates}
        hint={words.coordinatesHint}
        {...(isWrong && { problem: words.wrong })}
        value={typed}
        onInput={setTyped}
        isOptional
      />
    </Dialog>
  );
}
