import type { SidecarRecord } from '#contract/sidecars';
import { readWrittenDate } from './capture-date-text.ts';
import { putFaceRegions } from './write-sidecar-faces.ts';
import { openSidecarTree, type SidecarTree } from './write-sidecar-tree.ts';
import { readXmp } from './xmp.ts';

/**
 * What each part of a sidecar is for. Everything else in it is somebody else's, and stays.
 *
 * | property | holds |
 * |---|---|
 * | exif:DateTimeOriginal, photoshop:DateCreated | the date its owner set, with its offset |
 * | exif:GPSLatitude, exif:GPSLongitude | the place its owner set |
 * | dc:description · xmp:Rating | the words and stars its owner gave |
 * | digiKam:TagsList, lr:hierarchicalSubject, dc:subject | tags: paths with `/`, paths with `|`, last parts |
 * | mwg-rs:Regions | faces with names, in the unturned frame of the file |
 * | shoebox:Record | all of it again with ids, albums and stack, as JSON: contract/sidecars.ts |
 */
export interface SidecarContent {
  record: SidecarRecord;
  /** The turn from stored to displayed pixels, 1–8; face regions are in the stored frame. */
  orientation: number;
}

/**
 * The text of a sidecar that says `record`. Of `existing`, what is not ours is kept; tags that others wrote are
 * kept beside ours. Throws XmpError when `existing` is not XMP.
 */
export function writeSidecar(existing: string | undefined, { record, orientation }: SidecarContent): string {
  const before = existing === undefined ? undefined : readSidecarRecord(existing);
  const foreignTags = (existing === undefined ? [] : (readXmp(existing).tags ?? [])).filter(
    (tag) => !(before as Partial<SidecarRecord> | undefined)?.tags?.includes(tag),
  );
  const tree = openSidecarTree(existing);
  if (record.description !== undefined) {
    tree.take('dc', 'description');
    if (record.description !== '') tree.putDefaultText('dc', 'description', record.description);
  }
  if (record.rating !== undefined) {
    tree.take('xmp', 'Rating');
    if (record.rating !== null) tree.putText('xmp', 'Rating', String(record.rating));
  }
  if (record.date) {
    const text = formatSidecarDate(record.date);
    for (const [prefix, name] of [
      ['exif', 'DateTimeOriginal'],
      ['photoshop', 'DateCreated'],
    ] as const) {
      tree.take(prefix, name);
      tree.putText(prefix, name, text);
    }
  }
  if (record.place !== undefined) putPlace(tree, record.place);
  putTags(tree, [...new Set([...record.tags, ...foreignTags])]);
  putFaceRegions(tree, record.faces, orientation);
  tree.take('shoebox', 'Record');
  tree.putText('shoebox', 'Record', JSON.stringify(record));
  return tree.toString();
}

/** The JSON in `shoebox:Record`, unchecked: check it against sidecarRecordSchema. Undefined when there is none. */
export function readSidecarRecord(packet: string): unknown {
  const tree = openSidecarTree(packet);
  const text = tree.take('shoebox', 'Record')[0]?.textContent;
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    // Somebody's program cut it: the rest of the sidecar still counts.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What somebody else's program changed in a sidecar since we wrote it. Absent: nothing. */
export interface OutsideEdits {
  description?: string;
  rating?: number | null;
  place?: { latitude: number; longitude: number };
  /** `offsetMinutes` is undefined for a date without one. */
  date?: { localMs: number; offsetMinutes: number | undefined };
  addedTags: string[];
  removedTags: string[];
}

/** Compares a sidecar with what we wrote into it, `before`. Throws XmpError when it is not XMP. */
export function findOutsideEdits(packet: string, before: SidecarRecord): OutsideEdits {
  const xmp = readXmp(packet);
  const tags = xmp.tags ?? [];
  const edits: OutsideEdits = {
    addedTags: tags.filter((tag) => !before.tags.includes(tag)),
    removedTags: before.tags.filter((tag) => !tags.includes(tag)),
  };
  const description = xmp.description ?? '';
  if (description !== (before.description ?? '').trim()) edits.description = description;
  const rating = xmp.rating ?? null;
  if (rating !== (before.rating ?? null) && (rating === null || (rating >= -1 && rating <= 5)))
    edits.rating = rating === 0 ? null : rating;
  const { latitude, longitude } = xmp;
  if (
    latitude !== undefined &&
    longitude !== undefined &&
    (Math.abs(latitude - (before.place?.latitude ?? 1000)) > 1e-6 ||
      Math.abs(longitude - (before.place?.longitude ?? 1000)) > 1e-6)
  )
    edits.place = { latitude, longitude };
  const was = before.date && formatSidecarDate(before.date);
  const changed = [xmp.dateTimeOriginal, xmp.dateCreated].find((text) => text !== undefined && text !== was);
  const date = readWrittenDate(changed);
  if (date) edits.date = { localMs: date.localMs, offsetMinutes: date.offsetMinutes };
  return edits;
}

/** `2024-05-01T10:00:00.123+02:00`; without an offset when the zone was never known. */
export function formatSidecarDate(date: NonNullable<SidecarRecord['date']>): string {
  const wall = new Date(date.localAt).toISOString().slice(0, -1);
  if (date.timeZone === null) return wall;
  const minutes = Math.round((date.localAt - date.capturedAt) / 60_000);
  const size = Math.abs(minutes);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${wall}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Minutes of arc with this many steps: 0.2 mm on the ground. */
const STEPS = 10 ** 7;

/** `41,13.2180000N` (XMP specification part 2, GPSCoordinate). */
function formatDegrees(degrees: number, [positive, negative]: string): string {
  const steps = Math.round(Math.abs(degrees) * 60 * STEPS);
  const whole = Math.floor(steps / (60 * STEPS));
  const minutes = ((steps - whole * 60 * STEPS) / STEPS).toFixed(7);
  return `${whole},${minutes}${degrees < 0 ? negative : positive}`;
}

function putPlace(tree: SidecarTree, place: { latitude: number; longitude: number } | null): void {
  for (const name of ['GPSLatitude', 'GPSLongitude']) tree.take('exif', name);
  if (!place) return;
  tree.putText('exif', 'GPSLatitude', formatDegrees(place.latitude, 'NS'));
  tree.putText('exif', 'GPSLongitude', formatDegrees(place.longitude, 'EW'));
}

function putTags(tree: SidecarTree, tags: readonly string[]): void {
  tree.take('digiKam', 'TagsList');
  tree.take('lr', 'hierarchicalSubject');
  tree.take('dc', 'subject');
  if (tags.length === 0) return;
  tree.putList('digiKam', 'TagsList', 'Seq', tags);
  tree.putList(
    'lr',
    'hierarchicalSubject',
    'Bag',
    tags.map((tag) => tag.replaceAll('/', '|')),
  );
  tree.putList('dc', 'subject', 'Bag', [...new Set(tags.map((tag) => tag.split('/').at(-1)!))]);
}
