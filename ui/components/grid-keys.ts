/** Moves the focus between tiles with the arrow keys; rows are told apart by where they are. */
export function moveFocus(event: KeyboardEvent): void {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  const grid = event.currentTarget as HTMLElement;
  const tiles = [...grid.querySelectorAll<HTMLElement>('.tile')];
  const current = (event.target as HTMLElement).closest<HTMLElement>('.tile');
  if (!current) return;
  const next = findNext(tiles, current, event.key);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function findNext(tiles: readonly HTMLElement[], current: HTMLElement, key: string): HTMLElement | undefined {
  const index = tiles.indexOf(current);
  switch (key) {
    case 'ArrowLeft':
      return tiles[index - 1];
    case 'ArrowRight':
      return tiles[index + 1];
    case 'ArrowUp':
      return findInRow(tiles.slice(0, index).reverse(), current);
    case 'ArrowDown':
      return findInRow(tiles.slice(index + 1), current);
    default:
      return undefined;
  }
}

/** In the first other row among `candidates`, which go outwards from `current`: the tile nearest above or below it. */
function findInRow(candidates: readonly HTMLElement[], current: HTMLElement): HTMLElement | undefined {
  const from = current.getBoundingClientRect();
  const middle = (box: DOMRect) => box.left + box.width / 2;
  let rowTop: number | undefined;
  let best: { tile: HTMLElement; distance: number } | undefined;
  for (const tile of candidates) {
    const box = tile.getBoundingClientRect();
    if (Math.abs(box.top - from.top) < 2) continue;
    rowTop ??= box.top;
    if (Math.abs(box.top - rowTop) >= 2) break;
    const distance = Math.abs(middle(box) - middle(from));
    if (!best || distance < best.distance) best = { tile, distance };
  }
  return best?.tile;
}
