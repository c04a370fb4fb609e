import type { EditStep } from '#contract/edits';

/** A part of a picture, as shares of its sides from the top left. */
export interface CropShare {
  left: number;
  top: number;
  width: number;
  height: number;
}

export const WHOLE: CropShare = { left: 0, top: 0, width: 1, height: 1 };

/** What an editor holds: first cropped, then turned, then mirrored. */
export interface Draft {
  crop: CropShare;
  /** Clockwise. */
  angle: 0 | 90 | 180 | 270;
  isMirrored: boolean;
}

export const UNCHANGED: Draft = { crop: WHOLE, angle: 0, isMirrored: false };

export interface PictureSize {
  widthPx: number;
  heightPx: number;
}

/** Nothing smaller can be taken hold of. */
const MIN_SHARE = 0.06;

export type Corner = 'nw' | 'ne' | 'sw' | 'se';

/** Moves one corner by shares of the sides; the opposite corner stays. `ratio` (width by height in pixels) is kept if given. */
export function moveCorner(
  crop: CropShare,
  corner: Corner,
  by: { x: number; y: number },
  size: PictureSize,
  ratio?: number,
): CropShare {
  const isWest = corner.endsWith('w');
  const isNorth = corner.startsWith('n');
  const right = crop.left + crop.width;
  const bottom = crop.top + crop.height;
  const mostWidth = isWest ? right : 1 - crop.left;
  const mostHeight = isNorth ? bottom : 1 - crop.top;
  let width = limit(crop.width + (isWest ? -by.x : by.x), mostWidth);
  let height = limit(crop.height + (isNorth ? -by.y : by.y), mostHeight);
  if (ratio !== undefined) {
    const heightOf = (share: number) => (share * size.widthPx) / ratio / size.heightPx;
    height = heightOf(width);
    if (height > mostHeight) {
      height = mostHeight;
      width = (height * size.heightPx * ratio) / size.widthPx;
    }
  }
  return {
    left: isWest ? right - width : crop.left,
    top: isNorth ? bottom - height : crop.top,
    width,
    height,
  };
}

/** Moves the whole part; it never leaves the picture. */
export function moveCrop(crop: CropShare, by: { x: number; y: number }): CropShare {
  return {
    ...crop,
    left: Math.min(1 - crop.width, Math.max(0, crop.left + by.x)),
    top: Math.min(1 - crop.height, Math.max(0, crop.top + by.y)),
  };
}

/** The largest part of this shape, in the middle of what is cropped now. */
export function shapeCrop(crop: CropShare, size: PictureSize, ratio: number): CropShare {
  const share = (ratio * size.heightPx) / size.widthPx;
  const width = Math.min(1, share);
  const height = width / share;
  const middle = { x: crop.left + crop.width / 2, y: crop.top + crop.height / 2 };
  return moveCrop({ left: middle.x - width / 2, top: middle.y - height / 2, width, height }, { x: 0, y: 0 });
}

/** A way on the screen as a way on the picture, which may be turned and mirrored. */
export function turnBack(
  by: { x: number; y: number },
  { angle, isMirrored }: Draft,
): { x: number; y: number } {
  const x = isMirrored ? -by.x : by.x;
  const { y } = by;
  switch (angle) {
    case 0:
      return { x, y };
    case 90:
      return { x: y, y: -x };
    case 180:
      return { x: -x, y: -y };
    case 270:
      return { x: -y, y: x };
  }
}

/** The steps that the box keeps, in pixels of the upright picture; none when nothing is changed. */
export function stepsOf({ crop, angle, isMirrored }: Draft, size: PictureSize): EditStep[] {
  const steps: EditStep[] = [];
  const x = Math.round(crop.left * size.widthPx);
  const y = Math.round(crop.top * size.heightPx);
  const width = Math.min(size.widthPx - x, Math.max(1, Math.round(crop.width * size.widthPx)));
  const height = Math.min(size.heightPx - y, Math.max(1, Math.round(crop.height * size.heightPx)));
  if (width < size.widthPx || height < size.heightPx)
    steps.push({ action: 'crop', parameters: { x, y, width, height } });
  if (angle !== 0) steps.push({ action: 'rotate', parameters: { angle } });
  if (isMirrored) steps.push({ action: 'mirror', parameters: { axis: 'horizontal' } });
  return steps;
}

/** What the box keeps as a draft. Steps in another order than ours, of another program, are put into ours. */
export function draftOf(steps: readonly EditStep[], size: PictureSize): Draft {
  let draft: Draft = UNCHANGED;
  for (const step of steps) {
    if (step.action === 'crop') {
      const { x, y, width, height } = step.parameters;
      const crop = {
        left: x / size.widthPx,
        top: y / size.heightPx,
        width: width / size.widthPx,
        height: height / size.heightPx,
      };
      draft = { ...draft, crop };
    } else if (step.action === 'rotate') {
      // Turning something mirrored is turning it the other way before.
      draft = {
        ...draft,
        angle: turned(draft.angle, draft.isMirrored ? -step.parameters.angle : step.parameters.angle),
      };
    } else {
      // Top and bottom swapped is left and right swapped, upside down.
      draft = { ...draft, isMirrored: !draft.isMirrored };
      if (step.parameters.axis === 'vertical') draft = { ...draft, angle: turned(draft.angle, 180) };
    }
  }
  return draft;
}

/** An angle further by some degrees. */
export function turned(angle: Draft['angle'], by: number): Draft['angle'] {
  return ((((angle + by) % 360) + 360) % 360) as Draft['angle'];
}

function limit(share: number, most: number): number {
  return Math.min(most, Math.max(MIN_SHARE, share));
}
