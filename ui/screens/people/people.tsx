import './people.css';
import { useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { listPeople, type Person, updatePerson } from '../../calls/people.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Icon } from '../../components/icon.tsx';
import { Menu } from '../../components/menu.tsx';
import { Page } from '../../components/page.tsx';
import { PersonFace } from '../../components/person-face.tsx';
import { EmptyState, LoadedView, Skeleton } from '../../components/states.tsx';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { useFresh } from '../../use-fresh.ts';
import { useLoad } from '../../use-load.ts';

/** With fewer there is nobody to look for. */
const MANY = 12;

/** Everybody who is marked on photos. */
export function People() {
  const { api } = useMember();
  const load = useLoad(() => listPeople(api, { withHidden: true }), [api]);
  useFresh(load.look);
  return (
    <Page title={text.people.title}>
      <LoadedView load={load} skeleton={<Skeleton kind="faces" count={12} />}>
        {(people) =>
          people.length === 0 ? (
            <EmptyState icon="people" title={text.people.emptyTitle} words={text.people.empty}>
              <Button href="/">{text.people.toPhotos}</Button>
            </EmptyState>
          ) : (
            <Faces
              people={people}
              onChange={(changed) =>
                load.change(people.map((person) => (person.id === changed.id ? changed : person)))
              }
            />
          )
        }
      </LoadedView>
    </Page>
  );
}

interface FacesProps {
  people: readonly Person[];
  onChange: (person: Person) => void;
}

function Faces({ people, onChange }: FacesProps) {
  const [find, setFind] = useState('');
  const [areHiddenShown, setAreHiddenShown] = useState(false);
  const words = text.people;
  const low = find.trim().toLocaleLowerCase();
  const hidden = people.filter(({ isHidden }) => isHidden).length;
  const shown = people.filter(
    ({ isHidden, name }) => (areHiddenShown || !isHidden) && name.toLocaleLowerCase().includes(low),
  );
  return (
    <>
      <div class="people-tools">
        {people.length > MANY ? (
          <Field
            label={words.find}
            isLabelHidden
            placeholder={words.find}
            type="search"
            value={find}
            onInput={setFind}
            isOptional
          />
        ) : null}
        {hidden > 0 ? (
          <Button kind="quiet" icon="eye" onClick={() => setAreHiddenShown(!areHiddenShown)}>
            {areHiddenShown ? words.hideHidden : words.showHidden(hidden)}
          </Button>
        ) : null}
      </div>
      {shown.length === 0 && low !== '' ? (
        <p class="people-none" role="status">
          {words.noneFound(find.trim())}
        </p>
      ) : null}
      <ul class="people">
        {shown.map((person) => (
          <li key={person.id} class={person.isHidden ? 'person person-hidden' : 'person'}>
            <PersonCard person={person} onChange={onChange} />
          </li>
        ))}
      </ul>
    </>
  );
}

function PersonCard({ person, onChange }: { person: Person; onChange: (person: Person) => void }) {
  const { api, toasts } = useMember();
  const { run } = useAction();
  const { id, name, isFavorite, isHidden, updatedAt } = person;
  const words = text.people;
  const called = name || words.someone;

  const hide = async (value: boolean) => {
    onChange(await updatePerson(api, id, { isHidden: value }));
    toasts.show({
      words: value ? words.hiddenToast(called) : words.shownToast(called),
      ...(value && { action: { words: text.kit.undo, run: () => void run(() => hide(false)) } }),
    });
  };
  return (
    <>
      <a class="person-way" href={`/people/${id}`}>
        <span class="person-picture">
          <PersonFace personId={id} name={name} version={updatedAt} />
          {isFavorite ? (
            <span class="person-heart">
              <Icon name="heart" size={16} isFilled />
            </span>
          ) : null}
        </span>
        <span class={name ? 'person-name' : 'person-name person-unnamed'}>{name || words.unnamed}</span>
        {isHidden ? <span class="person-note">{words.hidden}</span> : null}
      </a>
      <div class="person-menu">
        <Menu
          label={words.actions(called)}
          items={[
            {
              words: isFavorite ? words.unfavourite : words.favourite,
              icon: 'heart',
              run: () =>
                void run(async () => onChange(await updatePerson(api, id, { isFavorite: !isFavorite }))),
            },
            {
              words: isHidden ? words.unhide : words.hide,
              icon: 'eye',
              run: () => void run(() => hide(!isHidden)),
            },
          ]}
        />
      </div>
    </>
  );
}
