import './editor.css';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { pictureUrl } from '../api.ts';
import { useApp } from '../app-context.ts';
import { type AssetDetails, readEdits, saveEdits } from '../calls/assets.ts';
import { Button } from '../components/button.tsx';
import { IconButton } from '../components/icon-button.tsx';
import { Select } from '../components/select.tsx';
import { LoadedView } from '../components/states.tsx';
import { text } from '../text.ts';
import { useAction } from '../use-action.ts';
import { useLoad } from '../use-load.ts';
import { type Draft, draftOf, type PictureSize, shapeCrop, stepsOf, turned, UNCHANGED } from './crop.ts';
import { CropFrame } from './crop-frame.tsx';

export interface EditorProps {
  asset: AssetDetails;
  /** The picture is being made anew. */
  onSaved: () => void;
  onClose: () => void;
}

const SHAPES = { free: undefined, original: 0, square: 1, classic: 4 / 3, wide: 16 / 9 } as const;
type Shape = keyof typeof SHAPES;

/** Cropping, turning and mirroring. The original stays as it is. */
export function Editor({ asset, onSaved, onClose }: EditorProps) {
  const { api } = useApp();
  const section = useRef<HTMLElement>(null);
  useLayoutEffect(() => section.current?.focus(), []);
  const load = useLoad(async () => {
    const [{ edits }, size] = await Promise.all([readEdits(api, asset.id), readPlainSize(asset)]);
    return { edits, size };
  }, [api, asset.id]);
  return (
    <section ref={section} class="editor" tabIndex={-1} aria-label={text.viewer.editor.title}>
      <LoadedView load={load}>
        {({ edits, size }) => (
          <Table
            asset={asset}
            size={size}
            initial={draftOf(edits, size)}
            onSaved={onSaved}
            onClose={onClose}
          />
        )}
      </LoadedView>
    </section>
  );
}

interface TableProps extends EditorProps {
  size: PictureSize;
  initial: Draft;
}

function Table({ asset, size, initial, onSaved, onClose }: TableProps) {
  const { api, toasts } = useApp();
  const { run, isBusy } = useAction();
  const [draft, setDraft] = useState(initial);
  const [shape, setShape] = useState<Shape>('free');
  const frame = useRef<HTMLDivElement>(null);
  const words = text.viewer.editor;
  const isSideways = draft.angle % 180 !== 0;
  const ownRatio = size.widthPx / size.heightPx;
  const shapeRatio = SHAPES[shape] === 0 ? ownRatio : SHAPES[shape];
  // The shape is what is seen; the crop is made before turning.
  const ratio =
    shapeRatio === undefined || shape === 'original' ? shapeRatio : isSideways ? 1 / shapeRatio : shapeRatio;

  const save = (to: Draft) =>
    run(async () => {
      const steps = stepsOf(to, size);
      await saveEdits(api, asset.id, steps);
      toasts.show({ words: steps.length > 0 ? words.saved : words.undone });
      onSaved();
    });
  const choose = (next: Shape) => {
    setShape(next);
    const wanted = SHAPES[next] === 0 ? ownRatio : SHAPES[next];
    if (wanted !== undefined)
      setDraft({
        ...draft,
        crop: shapeCrop(draft.crop, size, next !== 'original' && isSideways ? 1 / wanted : wanted),
      });
  };

  return (
    <>
      <header class="viewer-bar">
        <IconButton icon="close" label={text.kit.cancel} onClick={onClose} />
        <h2 class="editor-title">{words.title}</h2>
        <Button kind="main" isBusy={isBusy} onClick={() => save(draft)}>
          {text.kit.save}
        </Button>
      </header>
      <div class="editor-room picture-room">
        <CropFrame
          frameRef={frame}
          src={`${pictureUrl(asset.id, 'preview', asset.thumbhash ?? '')}&edited=false`}
          size={size}
          draft={draft}
          ratio={ratio}
          onChange={(crop) => setDraft({ ...draft, crop })}
        />
      </div>
      <footer class="editor-tools">
        <Button
          icon="rotate"
          onClick={() => setDraft({ ...draft, angle: turned(draft.angle, draft.isMirrored ? -90 : 90) })}
        >
          {words.rotate}
        </Button>
        <Button icon="flip" onClick={() => setDraft({ ...draft, isMirrored: !draft.isMirrored })}>
          {words.flip}
        </Button>
        <Select
          label={words.shape}
          isLabelHidden
          value={shape}
          options={(Object.keys(SHAPES) as Shape[]).map((value) => ({ value, words: words.shapes[value] }))}
          onChange={choose}
        />
        <Button kind="quiet" icon="restore" onClick={() => save(UNCHANGED)}>
          {words.reset}
        </Button>
        <p class="editor-hint">{words.hint}</p>
      </footer>
    </>
  );
}

/** Pixels of the upright picture without edits. */
async function readPlainSize(asset: AssetDetails): Promise<PictureSize> {
  const { exifImageWidth: a, exifImageHeight: b } = asset.exifInfo ?? {};
  const { width, height } = asset;
  if (!asset.isEdited && width && height) return { widthPx: width, heightPx: height };
  // The file may have been taken sideways; its picture shows which side is the longer one.
  const image = new Image();
  image.src = `${pictureUrl(asset.id, 'preview', asset.thumbhash ?? '')}&edited=false`;
  await image.decode();
  const long = Math.max(a ?? image.naturalWidth, b ?? image.naturalHeight);
  const short = Math.min(a ?? image.naturalWidth, b ?? image.naturalHeight);
  const isWide = image.naturalWidth >= image.naturalHeight;
  return isWide ? { widthPx: long, heightPx: short } : { widthPx: short, heightPx: long };
}
