import { DOMParser, type Element, onErrorStopParsing, ParseError } from '@xmldom/xmldom';

/** One part of a motion photo's container, in file order. */
export interface ContainerItem {
  mimeType: string;
  /** `Primary`, `GainMap`, `MotionPhoto` … */
  semantic: string;
  lengthBytes: number;
  paddingBytes: number;
}

/** What an XMP packet says; absent when it does not tell. Texts are trimmed and never empty. */
export interface XmpTags {
  dateTimeOriginal?: string;
  /** photoshop:DateCreated, the twin of IPTC's date. */
  dateCreated?: string;
  /** xmp:CreateDate, or exif:DateTimeDigitized, its twin. */
  createDate?: string;
  modifyDate?: string;
  gpsDateTime?: string;
  /** Degrees; not checked: see `readPosition`. */
  latitude?: number;
  longitude?: number;
  description?: string;
  rating?: number;
  /** Paths with `/` between the levels. */
  tags?: string[];
  make?: string;
  model?: string;
  lensModel?: string;
  burstId?: string;
  projectionType?: string;
  /** Whether the picture says that a video follows it, and how it says where. */
  motionPhoto?: boolean;
  microVideoOffsetBytes?: number;
  containerItems?: ContainerItem[];
}

/** More than this is refused: real packets are a few kB, and those of long edit histories some hundred. */
export const MAX_XMP_BYTES = 2 * 1024 * 1024;
/** A document object takes half a kilobyte for each element, so that this many stay near 25 MB. */
const MAX_ELEMENTS = 50_000;
/** Counted by brackets, so that a `>` inside an attribute counts as a level; real packets have under 20. */
const MAX_DEPTH = 1000;

const NS = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  exifEx: 'http://cipa.jp/exif/1.0/',
  tiff: 'http://ns.adobe.com/tiff/1.0/',
  aux: 'http://ns.adobe.com/exif/1.0/aux/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  digiKam: 'http://www.digikam.org/ns/1.0/',
  lightroom: 'http://ns.adobe.com/lightroom/1.0/',
  camera: 'http://ns.google.com/photos/1.0/camera/',
  panorama: 'http://ns.google.com/photos/1.0/panorama/',
  container: 'http://ns.google.com/photos/1.0/container/',
  item: 'http://ns.google.com/photos/1.0/container/item/',
} as const;

/** An XMP packet that is not read, for a reason in plain words. */
export class XmpError extends Error {}

/**
 * Reads one XMP packet: the text of a sidecar or the block in a picture. Throws XmpError for what is no
 * XMP and for what would cost too much: entities and document types are refused unread, as XMP has none.
 */
export function readXmp(packet: string): XmpTags {
  const descriptions = parseDescriptions(packet);
  const find = (namespace: string, name: string) => findProperty(descriptions, namespace, name);
  const text = (namespace: string, name: string) => readText(find(namespace, name));
  const number = (namespace: string, name: string) => toNumber(text(namespace, name));

  return {
    dateTimeOriginal: text(NS.exif, 'DateTimeOriginal'),
    dateCreated: text(NS.photoshop, 'DateCreated'),
    createDate: text(NS.xmp, 'CreateDate') ?? text(NS.exif, 'DateTimeDigitized'),
    modifyDate: text(NS.xmp, 'ModifyDate'),
    gpsDateTime: text(NS.exif, 'GPSTimeStamp'),
    latitude: toDegrees(text(NS.exif, 'GPSLatitude')),
    longitude: toDegrees(text(NS.exif, 'GPSLongitude')),
    description: text(NS.dc, 'description') ?? text(NS.tiff, 'ImageDescription'),
    rating: number(NS.xmp, 'Rating'),
    tags: readTags(find),
    make: text(NS.tiff, 'Make'),
    model: text(NS.tiff, 'Model'),
    lensModel: text(NS.exifEx, 'LensModel') ?? text(NS.aux, 'Lens'),
    burstId:
      text(NS.camera, 'BurstID') ?? text(NS.camera, 'CameraBurstID') ?? text(NS.camera, 'MediaUniqueID'),
    projectionType: text(NS.panorama, 'ProjectionType'),
    motionPhoto: number(NS.camera, 'MotionPhoto') === 1 || undefined,
    microVideoOffsetBytes:
      number(NS.camera, 'MicroVideo') === 1 ? toSize(text(NS.camera, 'MicroVideoOffset')) : undefined,
    containerItems: readContainer(find(NS.container, 'Directory')),
  };
}

/** A property's value: the text of an attribute, or the element that holds it. */
type Property = string | Element | undefined;

function parseDescriptions(packet: string): Element[] {
  if (packet.length > MAX_XMP_BYTES) throw new XmpError('it is too large');
  // No byte order mark or white space may precede what the parser takes for the beginning.
  const body = packet.slice(Math.max(0, packet.indexOf('<'))).replace(/\0+\s*$/, '');
  if (/<!(DOCTYPE|ENTITY)/i.test(body)) throw new XmpError('it declares entities, which XMP does not use');
  refuseBombs(body);
  let root: Element | null;
  try {
    root = new DOMParser({ onError: onErrorStopParsing, locator: false }).parseFromString(
      body,
      'text/xml',
    ).documentElement;
  } catch (error) {
    if (error instanceof ParseError) throw new XmpError('it is not well-formed XML', { cause: error });
    throw error;
  }
  if (!root) throw new XmpError('it is empty');
  const rdf = isNamed(root, NS.rdf, 'RDF') ? root : children(root).find((it) => isNamed(it, NS.rdf, 'RDF'));
  if (!rdf) throw new XmpError('it holds no RDF');
  return children(rdf).filter((it) => isNamed(it, NS.rdf, 'Description'));
}

/** Counts elements and depth by their brackets before anything is built from them. */
function refuseBombs(body: string): void {
  let depth = 0;
  let elements = 0;
  for (let at = body.indexOf('<'); at >= 0; at = body.indexOf('<', at + 1)) {
    const next = body[at + 1];
    if (next === '!' || next === '?') continue;
    if (next === '/') {
      depth--;
      continue;
    }
    const end = body.indexOf('>', at);
    if (end < 0) return;
    elements++;
    if (body[end - 1] !== '/') depth++;
    if (elements > MAX_ELEMENTS || depth > MAX_DEPTH) throw new XmpError('it is nested or long without end');
  }
}

function children(element: Element): Element[] {
  const found: Element[] = [];
  for (let node = element.firstChild; node; node = node.nextSibling)
    if (node.nodeType === 1) found.push(node as Element);
  return found;
}

const isNamed = (element: Element, namespace: string, name: string): boolean =>
  element.localName === name && element.namespaceURI === namespace;

/** RDF lets a simple property be an attribute or an element; several Descriptions are one. */
function findProperty(holders: readonly Element[], namespace: string, name: string): Property {
  for (const holder of holders) {
    if (holder.hasAttributeNS(namespace, name)) return holder.getAttributeNS(namespace, name) ?? undefined;
    const element = children(holder).find((it) => isNamed(it, namespace, name));
    if (element) return element;
  }
  return undefined;
}

/** The entries of a Bag, Seq or Alt, or undefined for a value that is none. */
function readItems(property: Property): Element[] | undefined {
  if (!property || typeof property === 'string') return undefined;
  const list = children(property).find((it) => it.namespaceURI === NS.rdf && it.localName !== 'Description');
  return list && children(list).filter((it) => isNamed(it, NS.rdf, 'li'));
}

function readText(property: Property): string | undefined {
  if (property === undefined) return undefined;
  if (typeof property === 'string') return property.trim() || undefined;
  const items = readItems(property);
  if (!items) return property.textContent?.trim() || undefined;
  // Of a text in several languages, the default is meant.
  const chosen = items.find((item) => item.getAttribute('xml:lang') === 'x-default') ?? items[0];
  return chosen?.textContent?.trim() || undefined;
}

function readTexts(property: Property): string[] {
  if (typeof property === 'string') return [property];
  return (readItems(property) ?? []).map((item) => item.textContent ?? '');
}

/** The first list that is there, as digiKam, Lightroom and everyone write it (media formats, field rules). */
function readTags(find: (namespace: string, name: string) => Property): string[] | undefined {
  const lists = [
    readTexts(find(NS.digiKam, 'TagsList')),
    readTexts(find(NS.lightroom, 'hierarchicalSubject')).map((path) => path.replaceAll('|', '/')),
    readTexts(find(NS.dc, 'subject')),
  ];
  for (const list of lists) {
    const tags = new Set(list.map((tag) => tag.trim()).filter(Boolean));
    if (tags.size > 0) return [...tags];
  }
  return undefined;
}

function readContainer(property: Property): ContainerItem[] | undefined {
  const items = readItems(property)?.map((entry): ContainerItem => {
    const nested = children(entry).map((it) => (isNamed(it, NS.rdf, 'Description') ? children(it) : [it]));
    const holders = nested.flat().filter((it) => isNamed(it, NS.container, 'Item'));
    const inner = holders.flatMap((it) => [
      it,
      ...children(it).filter((c) => isNamed(c, NS.rdf, 'Description')),
    ]);
    const text = (name: string) => readText(findProperty(inner, NS.item, name));
    return {
      mimeType: text('Mime') ?? '',
      semantic: text('Semantic') ?? '',
      lengthBytes: toSize(text('Length')) ?? 0,
      paddingBytes: toSize(text('Padding')) ?? 0,
    };
  });
  return items && items.length > 0 ? items : undefined;
}

function toNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^[+-]?\d{1,15}(\.\d+)?$/.test(text)) return undefined;
  return Number(text);
}

function toSize(text: string | undefined): number | undefined {
  const size = toNumber(text);
  return size !== undefined && Number.isInteger(size) && size >= 0 ? size : undefined;
}

/** XMP writes `41,13.218N` or `41,13,13N` (XMP specification part 2, GPSCoordinate); some write `41.22`. */
function toDegrees(text: string | undefined): number | undefined {
  const parts = /^(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?\s*([NSEW])$/i.exec(text ?? '');
  if (!parts) return toNumber(text);
  const size = Number(parts[1]) + Number(parts[2]) / 60 + Number(parts[3] ?? 0) / 3600;
  return /[SW]/i.test(parts[4] ?? '') ? -size : size;
}
