import type { Ref } from 'preact';
import { useRef } from 'preact/hooks';
import { text } from '../text.ts';
import {
  type Corner,
  type CropShare,
  type Draft,
  moveCorner,
  moveCrop,
  type PictureSize,
  turnBack,
} from './crop.ts';

export interface CropFrameProps {
  frameRef: Ref<HTMLDivElement>;
  src: string;
  size: PictureSize;
  draft: Draft;
  /** Width by height that the part keeps; undefined for any. */
  ratio: number | undefined;
  onChange: (crop: CropShare) => void;
}

const CORNERS: readonly Corner[] = ['nw', 'ne', 'sw', 'se'];

/** How far a key moves a corner, as a share of the side. */
const KEY_SHARE = 0.02;

/** The picture with the part that is kept, to be dragged by its corners or as a whole. */
export function CropFrame({ frameRef, src, size, draft, ratio, onChange }: CropFrameProps) {
  const { crop, angle, isMirrored } = draft;
  const picture = useRef<HTMLImageElement>(null);
  const drag = useRef<{ corner: Corner | undefined; x: number; y: number; crop: CropShare } | undefined>(
    undefined,
  );
  const isSideways = angle % 180 !== 0;
  const shown = isSideways ? size.heightPx / size.widthPx : size.widthPx / size.heightPx;

  const begin = (corner: Corner | undefined) => (event: PointerEvent) => {
    event.preventDefault();
    event.stopPropagation();
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    drag.current = { corner, x: event.clientX, y: event.clientY, crop };
  };
  const change = (from: CropShare, corner: Corner | undefined, by: { x: number; y: number }) =>
    onChange(corner ? moveCorner(from, corner, by, size, ratio) : moveCrop(from, by));
  const move = (event: PointerEvent) => {
    const start = drag.current;
    const element = picture.current;
    if (!start || !element) return;
    const by = turnBack({ x: event.clientX - start.x, y: event.clientY - start.y }, draft);
    change(start.crop, start.corner, { x: by.x / element.offsetWidth, y: by.y / element.offsetHeight });
  };
  const end = () => {
    drag.current = undefined;
  };
  const hands = (corner: Corner | undefined) => ({
    onPointerDown: begin(corner),
    onPointerMove: move,
    onPointerUp: end,
    onLostPointerCapture: end,
  });
  const onKey = (corner: Corner) => (event: KeyboardEvent) => {
    const by = {
      ArrowLeft: { x: -KEY_SHARE, y: 0 },
      ArrowRight: { x: KEY_SHARE, y: 0 },
      ArrowUp: { x: 0, y: -KEY_SHARE },
      ArrowDown: { x: 0, y: KEY_SHARE },
    }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    change(crop, corner, turnBack(by, draft));
  };

  const part = {
    left: `${crop.left * 100}%`,
    top: `${crop.top * 100}%`,
    width: `${crop.width * 100}%`,
    height: `${crop.height * 100}%`,
  };
  return (
    <div ref={frameRef} class="picture-fit" style={{ '--ratio': shown }}>
      <div
        class="crop-picture"
        style={{
          width: isSideways ? `${100 / shown}%` : '100%',
          height: isSideways ? `${100 * shown}%` : '100%',
          transform: `translate(-50%, -50%) scaleX(${isMirrored ? -1 : 1}) rotate(${angle}deg)`,
        }}
      >
        <img ref={picture} src={src} alt="" draggable={false} />
        <div class="crop-shade">
          <div style={part} />
        </div>
        <div class="crop-part" style={part} {...hands(undefined)}>
          {CORNERS.map((corner, index) => (
            <button
              key={corner}
              type="button"
              class={`corner crop-${corner}`}
              aria-label={`${text.viewer.editor.corner} ${index + 1}`}
              onKeyDown={onKey(corner)}
              {...hands(corner)}
            />
          ))}
        </div>
      </div>
    </div>
  );
}
