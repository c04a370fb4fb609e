import { useEffect, useRef, useState } from 'preact/hooks';
import type { Person } from '../calls/people.ts';
import { Field } from '../components/field.tsx';
import { Icon } from '../components/icon.tsx';
import { PersonFace } from '../components/person-face.tsx';
import { text } from '../text.ts';
import { newName, peopleLike } from './person-choice.ts';

export interface PersonPickerProps {
  people: readonly Person[];
  /** Whose face it is now; not offered. */
  currentId?: string | undefined;
  /** Changes when the field should get the focus. */
  focusTurn: number;
  isBusy: boolean;
  onChoose: (person: Person) => void;
  onCreate: (name: string) => void;
}

/** More are found by typing. */
const MOST_SHOWN = 30;

/** Whose face it is: somebody known, found while typing, or somebody new. Enter takes the first one. */
export function PersonPicker(props: PersonPickerProps) {
  const { people, currentId, focusTurn, isBusy, onChoose, onCreate } = props;
  const form = useRef<HTMLFormElement>(null);
  const [typed, setTyped] = useState('');
  const [firstTurn] = useState(focusTurn);
  const words = text.viewer.faces;
  const found = peopleLike(people, typed).filter(({ id }) => id !== currentId);
  const created = newName(people, typed);
  useEffect(() => {
    if (focusTurn !== firstTurn) form.current?.querySelector('input')?.focus();
  }, [focusTurn]);

  return (
    <form
      ref={form}
      class="person-picker"
      onSubmit={(event) => {
        event.preventDefault();
        if (isBusy || typed.trim() === '') return;
        if (found[0]) onChoose(found[0]);
        else if (created) onCreate(created);
      }}
    >
      <Field
        label={words.who}
        hint={people.length > 0 || typed !== '' ? words.whoHint : words.whoFirst}
        value={typed}
        onInput={setTyped}
        type="search"
        maxLength={200}
        isOptional
      />
      <ul>
        {found.slice(0, MOST_SHOWN).map((person) => (
          <li key={person.id}>
            <button type="button" class="person-choice" disabled={isBusy} onClick={() => onChoose(person)}>
              <PersonFace
                personId={person.id}
                name={person.name}
                size={40}
                {...(person.updatedAt && { version: person.updatedAt })}
              />
              <span>{person.name}</span>
            </button>
          </li>
        ))}
        {created ? (
          <li>
            <button type="button" class="person-choice" disabled={isBusy} onClick={() => onCreate(created)}>
              <span class="person-new">
                <Icon name="plus" />
              </span>
              <span>{words.create(created)}</span>
            </button>
          </li>
        ) : null}
      </ul>
    </form>
  );
}
