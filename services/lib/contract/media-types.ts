export type MediaKind = 'image' | 'video' | 'sidecar';

export interface MediaType {
  kind: MediaKind;
  mimeType: string;
  /** Lower case, without the dot. */
  extension: string;
}

/**
 * Camera raw formats by extension. Most have no registered MIME type; the names are those of the
 * freedesktop.org shared-mime-info database where it has one, and built the same way where it has none.
 */
const RAW_TYPES: Record<string, string> = {
  '3fr': 'image/x-hasselblad-3fr',
  ari: 'image/x-arriflex-ari',
  arw: 'image/x-sony-arw',
  cap: 'image/x-phaseone-cap',
  cin: 'image/x-phantom-cin',
  cr2: 'image/x-canon-cr2',
  cr3: 'image/x-canon-cr3',
  crw: 'image/x-canon-crw',
  dcr: 'image/x-kodak-dcr',
  dng: 'image/x-adobe-dng',
  erf: 'image/x-epson-erf',
  fff: 'image/x-hasselblad-fff',
  iiq: 'image/x-phaseone-iiq',
  k25: 'image/x-kodak-k25',
  kdc: 'image/x-kodak-kdc',
  mrw: 'image/x-minolta-mrw',
  nef: 'image/x-nikon-nef',
  nrw: 'image/x-nikon-nrw',
  orf: 'image/x-olympus-orf',
  ori: 'image/x-olympus-ori',
  pef: 'image/x-pentax-pef',
  raf: 'image/x-fuji-raf',
  raw: 'image/x-panasonic-raw',
  rw2: 'image/x-panasonic-rw2',
  rwl: 'image/x-leica-rwl',
  sr2: 'image/x-sony-sr2',
  srf: 'image/x-sony-srf',
  srw: 'image/x-samsung-srw',
  x3f: 'image/x-sigma-x3f',
};

const IMAGE_TYPES: Record<string, string> = {
  avif: 'image/avif',
  bmp: 'image/bmp',
  gif: 'image/gif',
  heic: 'image/heic',
  heif: 'image/heif',
  hif: 'image/heif',
  insp: 'image/jpeg',
  jp2: 'image/jp2',
  jpe: 'image/jpeg',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  jxl: 'image/jxl',
  mpo: 'image/jpeg',
  png: 'image/png',
  psd: 'image/vnd.adobe.photoshop',
  svg: 'image/svg+xml',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  webp: 'image/webp',
  ...RAW_TYPES,
};

const VIDEO_TYPES: Record<string, string> = {
  '3gp': 'video/3gpp',
  '3gpp': 'video/3gpp',
  avi: 'video/x-msvideo',
  flv: 'video/x-flv',
  insv: 'video/mp4',
  m2t: 'video/mp2t',
  m2ts: 'video/mp2t',
  m4v: 'video/x-m4v',
  mkv: 'video/x-matroska',
  mov: 'video/quicktime',
  mp4: 'video/mp4',
  mpe: 'video/mpeg',
  mpeg: 'video/mpeg',
  mpg: 'video/mpeg',
  mts: 'video/mp2t',
  mxf: 'application/mxf',
  ts: 'video/mp2t',
  vob: 'video/mpeg',
  webm: 'video/webm',
  wmv: 'video/x-ms-wmv',
};

const SIDECAR_TYPES: Record<string, string> = { xmp: 'application/rdf+xml' };

const TYPES: ReadonlyMap<string, MediaType> = new Map(
  (
    [
      ['image', IMAGE_TYPES],
      ['video', VIDEO_TYPES],
      ['sidecar', SIDECAR_TYPES],
    ] as const
  ).flatMap(([kind, types]) =>
    Object.entries(types).map(([extension, mimeType]) => [extension, { kind, mimeType, extension }] as const),
  ),
);

const RAW_MIME_TYPES: ReadonlySet<string> = new Set(Object.values(RAW_TYPES));

/** The media type that a file's name promises, or undefined for a name we do not store. Case is ignored. */
export function findMediaType(fileName: string): MediaType | undefined {
  const dot = fileName.lastIndexOf('.');
  return dot < 0 ? undefined : TYPES.get(fileName.slice(dot + 1).toLowerCase());
}

/** The extensions of one kind, each with its dot, as clients are told them (`/server/media-types`). */
export function listExtensions(kind: MediaKind): string[] {
  return [...TYPES.values()].filter((type) => type.kind === kind).map((type) => `.${type.extension}`);
}

/** Whether this is a camera's raw format, which only the raw decoder can turn into pixels. */
export function isRawMimeType(mimeType: string): boolean {
  return RAW_MIME_TYPES.has(mimeType);
}
