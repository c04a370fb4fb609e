/** A frame on a picture, in shares of its sides: 0 at the left and top, 1 at the right and bottom. */
export interface FaceFrame {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Point {
  x: number;
  y: number;
}

/** A smaller frame holds no face that anybody recognizes. */
const LEAST = 0.015;

/** Of a frame that is made without a pointer: about a face at arm's length, in the middle. */
export const MIDDLE: FaceFrame = { left: 0.41, top: 0.32, width: 0.18, height: 0.24 };

const inside = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** The frame between two points, wherever the pointer went; undefined when it is too small to be meant. */
export function drawFrame(from: Point, to: Point): FaceFrame | undefined {
  const [x1, x2] = [from.x, to.x].map((x) => inside(x, 0, 1)).sort((a, b) => a - b) as [number, number];
  const [y1, y2] = [from.y, to.y].map((y) => inside(y, 0, 1)).sort((a, b) => a - b) as [number, number];
  const frame = { left: x1, top: y1, width: x2 - x1, height: y2 - y1 };
  return frame.width < LEAST || frame.height < LEAST ? undefined : frame;
}

/** Moved, and never out of the picture. */
export function moveFrame(frame: FaceFrame, by: Point): FaceFrame {
  return {
    ...frame,
    left: inside(frame.left + by.x, 0, 1 - frame.width),
    top: inside(frame.top + by.y, 0, 1 - frame.height),
  };
}

/** With its lower right corner moved: never out of the picture, never too small. */
export function growFrame(frame: FaceFrame, by: Point): FaceFrame {
  return {
    ...frame,
    width: inside(frame.width + by.x, LEAST, 1 - frame.left),
    height: inside(frame.height + by.y, LEAST, 1 - frame.top),
  };
}

/** Whole pixels of a picture of this size, as the box takes them. */
export function pixelsOf({ left, top, width, height }: FaceFrame, size: { width: number; height: number }) {
  const x = Math.min(size.width - 1, Math.round(left * size.width));
  const y = Math.min(size.height - 1, Math.round(top * size.height));
  return {
    imageWidth: size.width,
    imageHeight: size.height,
    x,
    y,
    width: inside(Math.round(width * size.width), 1, size.width - x),
    height: inside(Math.round(height * size.height), 1, size.height - y),
  };
}
