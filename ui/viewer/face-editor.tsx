import './face-editor.css';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { pictureUrl, RequestProblem } from '../api.ts';
import { useApp } from '../app-context.ts';
import { type AssetDetails, listFaces } from '../calls/assets.ts';
import { addFace, createPerson, type Face, moveFaceTo, removeFace } from '../calls/faces.ts';
import { listPeople, type Person } from '../calls/people.ts';
import { Button } from '../components/button.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { LoadedView } from '../components/states.tsx';
import { Toaster } from '../components/toaster.tsx';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';
import { type Load, useLoad } from '../use-load.ts';
import { FaceCanvas } from './face-canvas.tsx';
import { type FaceFrame, MIDDLE, pixelsOf } from './face-frame.ts';
import { PersonPicker } from './person-picker.tsx';

export interface FaceEditorProps {
  asset: AssetDetails;
  /** Faces were marked, named or removed. */
  onChange: () => void;
  onClose: () => void;
}

interface Known {
  faces: readonly Face[];
  people: readonly Person[];
  /** Pixels of the upright picture without edits, which faces are marked on. */
  size: { width: number; height: number };
}

/** The faces of a photo by hand: whose they are, new ones, and those that are none. */
export function FaceEditor({ asset, onChange, onClose }: FaceEditorProps) {
  const { api, toasts } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const src = `${pictureUrl(asset.id, 'preview', asset.thumbhash ?? '')}&edited=false`;
  const load = useLoad(async (): Promise<Known> => {
    const [faces, people, size] = await Promise.all([
      listFaces(api, asset.id),
      listPeople(api, { withHidden: true }),
      readSize(src),
    ]);
    return { faces, people, size };
  }, [api, asset.id]);
  /** What Escape takes back before it closes. */
  const back = useRef<(() => boolean) | undefined>(undefined);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      class="faces whole-screen"
      aria-label={text.viewer.faces.title}
      onKeyDown={(event) => event.stopPropagation()}
      onCancel={(event) => {
        if (event.target !== dialog.current) return;
        event.preventDefault();
        if (!back.current?.()) onClose();
      }}
    >
      <header class="viewer-bar faces-head">
        <h2 class="faces-title">{text.viewer.faces.title}</h2>
        <IconButton icon="close" label={text.kit.close} onClick={onClose} />
      </header>
      <LoadedView load={load}>
        {(known) => (
          <Table asset={asset} src={src} known={known} load={load} back={back} onChange={onChange} />
        )}
      </LoadedView>
      <Toaster toasts={toasts} />
    </dialog>
  );
}

interface TableProps {
  asset: AssetDetails;
  src: string;
  known: Known;
  load: Load<Known>;
  back: { current: (() => boolean) | undefined };
  onChange: () => void;
}

function Table({ asset, src, known, load, back, onChange }: TableProps) {
  const { api, toasts } = useApp();
  const { run, isBusy } = useAction();
  const [selectedId, setSelectedId] = useState<string>();
  const [draft, setDraft] = useState<FaceFrame>();
  const [focusTurn, setFocusTurn] = useState(0);
  /** What gets the focus once it is drawn. */
  const [focus, setFocus] = useState<{ on: string }>();
  const table = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focus) table.current?.querySelector<HTMLElement>(focus.on)?.focus();
  }, [focus]);
  const words = text.viewer.faces;
  const selected = known.faces.find(({ id }) => id === selectedId);

  const select = (id: string | undefined) => {
    setSelectedId(id);
    setDraft(undefined);
  };
  back.current = () => {
    const hadOne = draft !== undefined || selected !== undefined;
    select(undefined);
    return hadOne;
  };
  /** Does it, then shows the faces as they are now. */
  const act = (action: () => Promise<unknown>, done: string) =>
    run(async () => {
      await action();
      const [faces, people] = await Promise.all([
        listFaces(api, asset.id),
        listPeople(api, { withHidden: true }),
      ]);
      load.change({ ...known, faces, people });
      select(undefined);
      toasts.show({ words: done });
      onChange();
      // The control that was used is gone.
      setFocus({ on: '.faces-add' });
    });
  const give = (person: Person) => {
    if (selected) return act(() => moveFaceTo(api, selected.id, person.id), words.named(person.name));
    if (!draft) return undefined;
    const face = { assetId: asset.id, personId: person.id, ...pixelsOf(draft, known.size) };
    return act(() => addFace(api, face), words.named(person.name));
  };
  const create = (name: string) =>
    run(async () => {
      const person = await createPerson(api, name);
      await give(person);
    });
  const begin = () => {
    setSelectedId(undefined);
    setDraft(MIDDLE);
    setFocus({ on: '.face-draft' });
  };

  return (
    <div ref={table} class="faces-table">
      <div class="faces-room picture-room">
        <FaceCanvas
          src={src}
          size={known.size}
          faces={known.faces}
          selectedId={selectedId}
          draft={draft}
          onSelect={select}
          onDraft={(frame) => {
            setSelectedId(undefined);
            setDraft(frame);
          }}
          onDrawn={() => setFocusTurn((turn) => turn + 1)}
        />
      </div>
      <section class="faces-side" aria-label={selected ? words.whose : words.mark}>
        {selected || draft ? (
          <>
            {selected ? (
              <p class="faces-now">{selected.person?.name || words.unnamed}</p>
            ) : (
              <p class="field-hint">{words.frameHint}</p>
            )}
            <PersonPicker
              key={selectedId ?? 'new'}
              people={known.people}
              currentId={selected?.person?.id}
              focusTurn={focusTurn}
              isBusy={isBusy}
              onChoose={(person) => void give(person)}
              onCreate={(name) => void create(name)}
            />
            <div class="faces-ends">
              {selected ? (
                <Button
                  icon="trash"
                  isBusy={isBusy}
                  onClick={() => void act(() => removeFace(api, selected.id), words.removed)}
                >
                  {words.remove}
                </Button>
              ) : null}
              <Button kind="quiet" onClick={() => select(undefined)}>
                {text.kit.cancel}
              </Button>
            </div>
          </>
        ) : (
          <>
            <p>{known.faces.length === 0 ? words.none : words.choose}</p>
            <p class="field-hint">{words.drawHint}</p>
            <button type="button" class="button faces-add" onClick={begin}>
              {words.mark}
            </button>
          </>
        )}
      </section>
    </div>
  );
}

/** Rejects with a RequestProblem when the picture does not arrive. */
async function readSize(src: string): Promise<{ width: number; height: number }> {
  const image = new Image();
  image.src = src;
  try {
    await image.decode();
  } catch (error) {
    // decode() rejects with an EncodingError when there is no picture to look at.
    if (!(error instanceof DOMException)) throw error;
    throw new RequestProblem(0, text.viewer.noPicture);
  }
  return { width: image.naturalWidth, height: image.naturalHeight };
}
