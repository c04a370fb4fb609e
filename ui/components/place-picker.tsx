import './album-picker.css';
import './place-picker.css';
import { useEffect, useState } from 'preact/hooks';
import type { PlaceResponse } from '#contract/search';
import { pictureUrl, RequestProblem } from '../api.ts';
import { useApp } from '../app-context.ts';
import { type AssetDetails, listTowns } from '../calls/assets.ts';
import { findPlaces } from '../calls/search.ts';
import { readCoordinates } from '../coordinates.ts';
import { countrySpellings, countryWords, placeInEnglish } from '../country-names.ts';
import { foldWords } from '../fold-words.ts';
import type { Coordinates, PinMapProps } from '../map/pin-map.tsx';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';
import { useLoad } from '../use-load.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';
import { Icon } from './icon.tsx';
import { Lazy } from './lazy.tsx';

export interface PlacePickerProps {
  /** Where it is now, `47.42, 10.98`; empty when that is not known. */
  current: string;
  /** Null for no place. The dialog closes when it went well. */
  onPick: (place: Coordinates | null) => Promise<unknown>;
  onClose: () => void;
}

/** One that can be chosen from the list. */
interface Choice {
  name: string;
  around: string;
  at: Coordinates;
  /** A photo that was taken there. */
  photo?: { id: string; thumbhash: string | null };
}

/** A pause in typing after which the box is asked. */
const PAUSE_MS = 200;

/** Towns with photos that are offered before anything is typed, and among those that fit what is typed. */
const MOST_TOWNS = 6;

/** Asks for a place: by its name, by a click on the map, or by the numbers that maps show. */
export function PlacePicker({ current, onPick, onClose }: PlacePickerProps) {
  const { api } = useApp();
  const { run, isBusy } = useAction();
  const [name, setName] = useState('');
  const [typed, setTyped] = useState(() => shortened(current));
  const towns = useLoad(() => listTowns(api), [api]);
  const { places, problem } = usePlaces(name.trim());
  const words = text.actions.placePicker;
  const coordinates = readCoordinates(typed);
  const isWrong = typed.trim() !== '' && !coordinates;
  const own = towns.state.kind === 'ready' ? ownChoices(towns.state.value, name) : [];
  // What has photos is there already.
  const namesOf = (choice: Choice) => `${choice.name}, ${choice.around}`;
  const known = new Set(own.map(namesOf));
  const choices = [
    ...own,
    ...(places ?? []).map(worldChoice).filter((choice) => !known.has(namesOf(choice))),
  ];

  const isUnknown = places?.length === 0 && choices.length === 0;

  const pick = async (place: Coordinates | null) => {
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
      <Field
        label={words.find}
        value={name}
        onInput={setName}
        type="search"
        autofocus
        isOptional
        {...(problem && { problem })}
      />
      <p class={isUnknown ? 'field-hint' : 'unseen'} role="status">
        {isUnknown ? words.unknown : ''}
      </p>
      {choices.length > 0 ? (
        <ul class="album-choices album-choices-few" aria-label={words.title}>
          {choices.map((choice) => (
            <li key={`${choice.name} ${choice.at.latitude} ${choice.at.longitude}`}>
              <button type="button" class="album-choice" onClick={() => void pick(choice.at)}>
                {choice.photo ? (
                  <img
                    src={pictureUrl(choice.photo.id, 'thumbnail', choice.photo.thumbhash ?? '')}
                    alt={words.own}
                    loading="lazy"
                  />
                ) : (
                  <span class="place-choice">
                    <Icon name="places" />
                  </span>
                )}
                <span>
                  {choice.name}
                  <small>{choice.around}</small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <div class="place-on-map">
        <Lazy<PinMapProps>
          name="pin-map"
          load={async () => (await import('../map/pin-map.tsx')).PinMap}
          props={{
            at: coordinates,
            onPick: ({ latitude, longitude }) => setTyped(`${latitude}, ${longitude}`),
          }}
        />
        <p class="field-hint">{text.places.pick.hint}</p>
      </div>
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

/** Places of the world of this name, after a pause; undefined until there is an answer. */
function usePlaces(name: string): { places?: PlaceResponse[]; problem?: string } {
  const { api } = useApp();
  const [answer, setAnswer] = useState<{ places?: PlaceResponse[]; problem?: string }>({});
  useEffect(() => {
    if (name === '') {
      setAnswer({});
      return undefined;
    }
    let isOver = false;
    const ask = async () => {
      try {
        const places = await findPlaces(api, placeInEnglish(name));
        if (!isOver) setAnswer({ places });
      } catch (error) {
        if (!(error instanceof RequestProblem)) throw error;
        if (!isOver) setAnswer({ problem: error.message });
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [api, name]);
  return answer;
}

function ownChoices(towns: readonly AssetDetails[], name: string): Choice[] {
  const wanted = foldWords(name);
  return towns
    .flatMap(({ id, thumbhash, exifInfo }): Choice[] => {
      const { city, state, country, latitude, longitude } = exifInfo ?? {};
      const isPlace = city && typeof latitude === 'number' && typeof longitude === 'number';
      if (
        !isPlace ||
        !foldWords([city, state, ...countrySpellings(country ?? '')].join(' ')).includes(wanted)
      )
        return [];
      const around = [state, country && countryWords(country)].filter(Boolean).join(', ');
      return [{ name: city, around, at: { latitude, longitude }, photo: { id, thumbhash } }];
    })
    .slice(0, MOST_TOWNS);
}

const worldChoice = ({ name, admin1name, country, latitude, longitude }: PlaceResponse): Choice => ({
  name,
  around: [admin1name, country && countryWords(country)].filter(Boolean).join(', '),
  at: { latitude, longitude },
});

/** Coordinates as fine as a metre; what is none stays as it is. */
function shortened(words: string): string {
  const at = readCoordinates(words);
  return at
    ? [at.latitude, at.longitude].map((degrees) => Math.round(degrees * 1e5) / 1e5).join(', ')
    : words;
}
