import { useRef } from 'preact/hooks';
import type { Face } from '../calls/faces.ts';
import { text } from '../text.ts';
import { drawFrame, type FaceFrame, growFrame, moveFrame, type Point } from './face-frame.ts';

export interface FaceCanvasProps {
  src: string;
  size: { width: number; height: number };
  faces: readonly Face[];
  selectedId: string | undefined;
  /** The frame that is being made. */
  draft: FaceFrame | undefined;
  /** An id, or undefined for none. */
  onSelect: (faceId: string | undefined) => void;
  onDraft: (frame: FaceFrame) => void;
  /** The frame is where it should be. */
  onDrawn: () => void;
}

/** How far a key moves the frame, as a share of the side. */
const KEY_SHARE = 0.01;

/** What the pointer is doing, and where it began. */
interface Drag {
  kind: 'draw' | 'move' | 'grow';
  from: Point;
  frame: FaceFrame | undefined;
}

/** The photo with its faces; a drag on it draws a new frame. */
export function FaceCanvas(props: FaceCanvasProps) {
  const { src, size, faces, selectedId, draft, onSelect, onDraft, onDrawn } = props;
  const picture = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | undefined>(undefined);
  const words = text.viewer.faces;

  const shareOf = ({ clientX, clientY }: PointerEvent): Point => {
    const box = picture.current!.getBoundingClientRect();
    return { x: (clientX - box.left) / box.width, y: (clientY - box.top) / box.height };
  };
  const begin = (kind: Drag['kind']) => (event: PointerEvent) => {
    if (event.button !== 0) return;
    if (kind === 'draw' && (event.target as Element).closest('button, [role="group"]')) return;
    event.preventDefault();
    event.stopPropagation();
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    drag.current = { kind, from: shareOf(event), frame: draft };
  };
  const move = (event: PointerEvent) => {
    if (!drag.current) return;
    const { kind, from, frame } = drag.current;
    const to = shareOf(event);
    const by = { x: to.x - from.x, y: to.y - from.y };
    const next =
      kind === 'draw' ? drawFrame(from, to) : frame && (kind === 'move' ? moveFrame : growFrame)(frame, by);
    if (next) onDraft(next);
  };
  const end = (event: PointerEvent) => {
    const done = drag.current;
    drag.current = undefined;
    if (!done) return;
    if (done.kind === 'draw' && !drawFrame(done.from, shareOf(event))) onSelect(undefined);
    else if (done.kind === 'draw') onDrawn();
  };
  const hands = (kind: Drag['kind']) => ({
    onPointerDown: begin(kind),
    onPointerMove: move,
    onPointerUp: end,
    onPointerCancel: () => {
      drag.current = undefined;
    },
  });
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      onDrawn();
      return;
    }
    const by = {
      ArrowLeft: { x: -KEY_SHARE, y: 0 },
      ArrowRight: { x: KEY_SHARE, y: 0 },
      ArrowUp: { x: 0, y: -KEY_SHARE },
      ArrowDown: { x: 0, y: KEY_SHARE },
    }[event.key];
    if (!by || !draft) return;
    event.preventDefault();
    onDraft((event.shiftKey ? growFrame : moveFrame)(draft, by));
  };

  return (
    <div
      ref={picture}
      class="face-canvas picture-fit"
      style={{ '--ratio': size.width / size.height }}
      {...hands('draw')}
    >
      <img src={src} alt="" draggable={false} />
      {faces.map((face) => (
        <button
          key={face.id}
          type="button"
          class="face-frame face-mark"
          style={places(frameOf(face))}
          aria-pressed={face.id === selectedId}
          aria-label={face.person?.name || words.unnamed}
          onClick={() => onSelect(face.id)}
        >
          {face.person?.name ? <span>{face.person.name}</span> : null}
        </button>
      ))}
      {draft ? (
        // biome-ignore lint/a11y/useSemanticElements: a frame is moved, not filled in.
        <div
          class="face-frame face-mark face-draft"
          role="group"
          aria-label={words.frame}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move the frame that has the focus.
          tabIndex={0}
          style={places(draft)}
          onKeyDown={onKey}
          {...hands('move')}
        >
          <div class="corner face-corner" {...hands('grow')} />
        </div>
      ) : null}
    </div>
  );
}

function places({ left, top, width, height }: FaceFrame) {
  const percent = (share: number) => `${100 * share}%`;
  return { left: percent(left), top: percent(top), width: percent(width), height: percent(height) };
}

function frameOf(face: Face): FaceFrame {
  const { imageWidth, imageHeight, boundingBoxX1, boundingBoxY1, boundingBoxX2, boundingBoxY2 } = face;
  return {
    left: boundingBoxX1 / imageWidth,
    top: boundingBoxY1 / imageHeight,
    width: (boundingBoxX2 - boundingBoxX1) / imageWidth,
    height: (boundingBoxY2 - boundingBoxY1) / imageHeight,
  };
}
