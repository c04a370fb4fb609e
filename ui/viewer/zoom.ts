/** How a picture is drawn: enlarged from its fitting size, and moved, in px of the screen. */
export interface Zoom {
  scale: number;
  x: number;
  y: number;
}

/** The room for the picture and the size it has when it fits, in px. */
export interface ZoomRoom {
  widthPx: number;
  heightPx: number;
  fitWidthPx: number;
  fitHeightPx: number;
}

export const FITTING: Zoom = { scale: 1, x: 0, y: 0 };

/** Enlarged further a photo of a phone is only squares. */
export const MAX_SCALE = 8;

/** What a double tap enlarges to. */
export const TAP_SCALE = 2.5;

/** Enlarges to `scale` so that the point below `at`, seen from the middle of the room, stays where it is. */
export function zoomAt(zoom: Zoom, scale: number, at: { x: number; y: number }, room: ZoomRoom): Zoom {
  const next = Math.min(MAX_SCALE, Math.max(1, scale));
  const factor = next / zoom.scale;
  return clampZoom(
    { scale: next, x: at.x - (at.x - zoom.x) * factor, y: at.y - (at.y - zoom.y) * factor },
    room,
  );
}

/** Moves no edge of the picture further in than the edge of the room; what fits stays in the middle. */
export function clampZoom({ scale, x, y }: Zoom, room: ZoomRoom): Zoom {
  const mostX = Math.max(0, (room.fitWidthPx * scale - room.widthPx) / 2);
  const mostY = Math.max(0, (room.fitHeightPx * scale - room.heightPx) / 2);
  const between = (value: number, most: number) => Math.min(most, Math.max(-most, value));
  return { scale, x: between(x, mostX), y: between(y, mostY) };
}
