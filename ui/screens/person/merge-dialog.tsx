import { useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import { listPeople, mergePeople, type Person } from '../../calls/people.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { PersonFace } from '../../components/person-face.tsx';
import { LoadedView } from '../../components/states.tsx';
import { text } from '../../text.ts';
import { useLoad } from '../../use-load.ts';
import { findAlike, pickStaying } from './alike.ts';

export interface MergeDialogProps {
  person: Person;
  /** Asks at once whether it is this one. */
  other?: Person;
  /** The one who is both from now on. */
  onMerged: (stays: Person) => void;
  onClose: () => void;
}

/** Asks who is the same person, and puts their photos together. */
export function MergeDialog({ person, other, onMerged, onClose }: MergeDialogProps) {
  const { api, toasts } = useMember();
  const load = useLoad(() => listPeople(api, { withHidden: false }), [api]);
  const [chosen, setChosen] = useState(other);
  const [find, setFind] = useState('');
  const words = text.people;
  const called = (someone: Person) => someone.name || words.someone;

  if (chosen) {
    const { stays, goes } = pickStaying(person, chosen);
    return (
      <ConfirmDialog
        title={words.confirmTitle}
        confirmWords={words.confirm}
        onConfirm={async () => {
          await mergePeople(api, stays.id, [goes.id]);
          toasts.show({ words: words.merged(called(stays)) });
          onMerged(stays);
        }}
        onClose={onClose}
      >
        <div class="merge-faces">
          {[person, chosen].map((someone) => (
            <figure key={someone.id}>
              <PersonFace personId={someone.id} name={someone.name} version={someone.updatedAt} size={112} />
              <figcaption>{called(someone)}</figcaption>
            </figure>
          ))}
        </div>
        <p>{words.confirmLead(called(stays))}</p>
      </ConfirmDialog>
    );
  }
  return (
    <Dialog title={words.mergeTitle} onClose={onClose}>
      <p>{words.mergeLead(called(person))}</p>
      <Field label={words.find} value={find} onInput={setFind} type="search" autofocus isOptional />
      <LoadedView load={load}>
        {(people) => {
          const low = find.trim().toLocaleLowerCase();
          const { alike, others } = findAlike(
            person,
            people.filter(({ name }) => name.toLocaleLowerCase().includes(low)),
          );
          if (people.length < 2) return <p class="field-hint">{words.mergeNone}</p>;
          if (alike.length + others.length === 0)
            return <p class="field-hint">{words.noneFound(find.trim())}</p>;
          return (
            <>
              <Choices title={words.likely} people={alike} onChoose={setChosen} />
              <Choices title={words.others} people={others} onChoose={setChosen} />
            </>
          );
        }}
      </LoadedView>
    </Dialog>
  );
}

interface ChoicesProps {
  title: string;
  people: readonly Person[];
  onChoose: (person: Person) => void;
}

function Choices({ title, people, onChoose }: ChoicesProps) {
  if (people.length === 0) return null;
  return (
    <section class="merge-choices">
      <h3>{title}</h3>
      <ul>
        {people.map((person) => (
          <li key={person.id}>
            <button type="button" class="merge-choice" onClick={() => onChoose(person)}>
              <PersonFace personId={person.id} name={person.name} version={person.updatedAt} size={72} />
              <span>{person.name || text.people.someone}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
