import './person.css';
import { useMemo, useState } from 'preact/hooks';
import { useMember } from '../../app-context.ts';
import {
  countPhotosOf,
  listPeople,
  readPerson,
  type Person as SomePerson,
  updatePerson,
} from '../../calls/people.ts';
import { Button } from '../../components/button.tsx';
import { EditableText } from '../../components/editable-text.tsx';
import { IconButton } from '../../components/icon-button.tsx';
import { Menu } from '../../components/menu.tsx';
import { Page } from '../../components/page.tsx';
import { PersonFace } from '../../components/person-face.tsx';
import { PhotoView } from '../../components/photo-view.tsx';
import type { SelectionAction } from '../../components/selection-bar.tsx';
import { EmptyState, LoadedView, Skeleton } from '../../components/states.tsx';
import { dateWords } from '../../dates.ts';
import type { ScreenProps } from '../../screens.ts';
import { text } from '../../text.ts';
import { useAction } from '../../use-action.ts';
import { TIMELINE_ACTIONS } from '../../use-asset-actions.tsx';
import { type Load, useLoad } from '../../use-load.ts';
import { useTimeline } from '../../use-timeline.ts';
import { BirthDateDialog } from './birth-date-dialog.tsx';
import { MergeDialog } from './merge-dialog.tsx';

/** One person: who they are, and their photos. */
export function Person({ params: { personId = '' } }: ScreenProps) {
  const { api } = useMember();
  const load = useLoad(() => readPerson(api, personId), [api, personId]);
  const { state } = load;
  if (state.kind === 'ready') return <PersonView key={state.value.id} person={state.value} load={load} />;
  return (
    <Page title={text.people.title}>
      <LoadedView load={load} skeleton={<Skeleton kind="tiles" count={12} />}>
        {() => null}
      </LoadedView>
    </Page>
  );
}

type OpenDialog = { name: 'merge'; other?: SomePerson } | { name: 'birth-date' };

function PersonView({ person, load }: { person: SomePerson; load: Load<SomePerson> }) {
  const { api, router, toasts } = useMember();
  const { id, name, birthDate, isFavorite, isHidden, updatedAt } = person;
  const source = useTimeline({ personId: id, withStacked: true });
  const photos = useLoad(() => countPhotosOf(api, id), [api, id, updatedAt]);
  const [dialog, setDialog] = useState<OpenDialog>();
  const { run } = useAction();
  const words = text.people;
  const called = name || words.someone;

  const change = async (changes: Parameters<typeof updatePerson>[2]) =>
    load.change(await updatePerson(api, id, changes));
  const rename = async (value: string) => {
    const named = value.trim();
    await change({ name: named });
    if (named === '') return;
    const people = await listPeople(api, { withHidden: false });
    const other = people.find(
      (someone) => someone.id !== id && someone.name.toLocaleLowerCase() === named.toLocaleLowerCase(),
    );
    if (other)
      toasts.show({
        words: words.nameTaken(other.name),
        action: { words: words.nameTakenAsk, run: () => setDialog({ name: 'merge', other }) },
      });
  };
  const actions = useMemo<SelectionAction[]>(
    () => [
      {
        words: words.usePicture,
        icon: 'person',
        isPossible: (ids) => ids.length === 1,
        run: async ([assetId]) => {
          if (assetId === undefined) return;
          load.change(await updatePerson(api, id, { featureFaceAssetId: assetId }));
          toasts.show({ words: words.pictureChanged });
        },
      },
    ],
    [api, id],
  );
  const facts = [
    photos.state.kind === 'ready' ? words.photos(photos.state.value) : '',
    birthDate ? words.born(dateWords().day(new Date(`${birthDate}T00:00:00Z`))) : '',
    isHidden ? words.hidden : '',
  ].filter(Boolean);

  return (
    <Page
      title={called}
      heading={
        <span class="person-heading">
          <PersonFace personId={id} name={name} version={updatedAt} size={64} />
          <EditableText
            value={name}
            label={words.rename}
            placeholder={words.unnamed}
            maxLength={200}
            onSave={rename}
          />
        </span>
      }
      lead={facts.join(' · ')}
      actions={
        <>
          <Button icon="people" onClick={() => setDialog({ name: 'merge' })}>
            {words.merge}
          </Button>
          <IconButton
            icon="heart"
            label={isFavorite ? words.unfavourite : words.favourite}
            isPressed={isFavorite}
            onClick={() => void run(() => change({ isFavorite: !isFavorite }))}
          />
          <Menu
            label={words.actions(called)}
            items={[
              { words: words.setBirthDate, icon: 'calendar', run: () => setDialog({ name: 'birth-date' }) },
              {
                words: isHidden ? words.unhide : words.hide,
                icon: 'eye',
                run: () =>
                  void run(async () => {
                    await change({ isHidden: !isHidden });
                    toasts.show({ words: isHidden ? words.shownToast(called) : words.hiddenToast(called) });
                  }),
              },
            ]}
          />
        </>
      }
    >
      <PhotoView
        source={source}
        can={TIMELINE_ACTIONS}
        actions={actions}
        empty={<EmptyState icon="person" title={words.noPhotosTitle} words={words.noPhotos} />}
      />
      {dialog?.name === 'merge' ? (
        <MergeDialog
          person={person}
          {...(dialog.other && { other: dialog.other })}
          onMerged={(stays) => {
            setDialog(undefined);
            if (stays.id !== id) router.go(`/people/${stays.id}`, { replace: true });
            else {
              load.reload();
              void source.refresh('all');
            }
          }}
          onClose={() => setDialog(undefined)}
        />
      ) : null}
      {dialog?.name === 'birth-date' ? (
        <BirthDateDialog
          birthDate={birthDate}
          onPick={(picked) => change({ birthDate: picked })}
          onClose={() => setDialog(undefined)}
        />
      ) : null}
    </Page>
  );
}
