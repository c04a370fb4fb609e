import type { SidecarRecord } from '#contract/sidecars';
import { childElements, isElement, SIDECAR_NS, type SidecarTree } from './write-sidecar-tree.ts';

type Face = SidecarRecord['faces'][number];

/** A point of the upright picture, 0–1, where it lies in the picture as stored (EXIF orientations 1–8). */
const toStored: readonly ((x: number, y: number) => readonly [number, number])[] = [
  (x, y) => [x, y],
  (x, y) => [1 - x, y],
  (x, y) => [1 - x, 1 - y],
  (x, y) => [x, 1 - y],
  (x, y) => [y, x],
  (x, y) => [y, 1 - x],
  (x, y) => [1 - y, 1 - x],
  (x, y) => [1 - y, x],
];

/**
 * Writes the faces that have a name as regions of the Metadata Working Group (guidelines 2.0, 5.9): centre and
 * size as parts of the unturned picture. Regions that others wrote are kept.
 */
export function putFaceRegions(tree: SidecarTree, faces: readonly Face[], orientation: number): void {
  const former = tree.take('mwg-rs', 'Regions');
  const foreign = former
    .flatMap((regions) => childElements(regions).flatMap((it) => [it, ...childElements(it)]))
    .filter((it) => isElement(it, 'mwg-rs', 'RegionList'))
    .flatMap((list) => childElements(list).flatMap(childElements))
    .filter((it) => isElement(it, 'rdf', 'li'))
    .filter(
      (it) =>
        ![it, ...childElements(it)].some((holder) => holder.hasAttributeNS(SIDECAR_NS.shoebox, 'FaceId')),
    );
  const named = faces.filter((face) => face.personName !== '' && face.isVisible);
  const [first] = named;
  if (!first && foreign.length === 0) return;

  const isSideways = orientation >= 5;
  const regions = tree.put('mwg-rs', 'Regions', { 'rdf:parseType': 'Resource' });
  if (first) {
    const [widthPx, heightPx] = isSideways
      ? [first.imageHeightPx, first.imageWidthPx]
      : [first.imageWidthPx, first.imageHeightPx];
    const size = { 'stDim:w': String(widthPx), 'stDim:h': String(heightPx), 'stDim:unit': 'pixel' };
    tree.put('mwg-rs', 'AppliedToDimensions', size, regions);
  } else {
    const size = former.flatMap(childElements).find((it) => isElement(it, 'mwg-rs', 'AppliedToDimensions'));
    if (size) regions.appendChild(size);
  }
  const list = tree.put('rdf', 'Bag', {}, tree.put('mwg-rs', 'RegionList', {}, regions));
  for (const face of named) {
    const turn = toStored[orientation - 1] ?? toStored[0]!;
    const [x, y] = turn(
      (face.x1 + face.x2) / 2 / face.imageWidthPx,
      (face.y1 + face.y2) / 2 / face.imageHeightPx,
    );
    const across = (face.x2 - face.x1) / face.imageWidthPx;
    const down = (face.y2 - face.y1) / face.imageHeightPx;
    const region = tree.put(
      'rdf',
      'Description',
      { 'mwg-rs:Name': face.personName, 'mwg-rs:Type': 'Face', 'shoebox:FaceId': face.id },
      tree.put('rdf', 'li', {}, list),
    );
    tree.put(
      'mwg-rs',
      'Area',
      {
        'stArea:x': part(x),
        'stArea:y': part(y),
        'stArea:w': part(isSideways ? down : across),
        'stArea:h': part(isSideways ? across : down),
        'stArea:unit': 'normalized',
      },
      region,
    );
  }
  for (const region of foreign) list.appendChild(region);
}

/** Six digits are a hundredth of a pixel of the largest picture. */
const part = (size: number): string => String(Number(size.toFixed(6)));
