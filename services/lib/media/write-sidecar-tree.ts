import { DOMParser, type Document, type Element, onErrorStopParsing, XMLSerializer } from '@xmldom/xmldom';
import { readXmp } from './xmp.ts';

/** Namespaces of what we write, with the prefixes that everybody uses for them. */
export const SIDECAR_NS = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  digiKam: 'http://www.digikam.org/ns/1.0/',
  lr: 'http://ns.adobe.com/lightroom/1.0/',
  'mwg-rs': 'http://www.metadataworkinggroup.com/schemas/regions/',
  stArea: 'http://ns.adobe.com/xmp/sType/Area#',
  stDim: 'http://ns.adobe.com/xap/1.0/sType/Dimensions#',
  shoebox: 'urn:shoebox:sidecar:1',
} as const;
export type SidecarPrefix = keyof typeof SIDECAR_NS;

/** XMP of a file that has none yet (XMP specification part 1, 7.3). */
const EMPTY = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="${SIDECAR_NS.rdf}">
<rdf:Description rdf:about=""/>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
`;

/** What XML 1.0 cannot hold, and halves of characters. */
const plain = (text: string): string =>
  text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');

/** The elements directly below one. */
export function childElements(element: Element): Element[] {
  const found: Element[] = [];
  for (let node = element.firstChild; node; node = node.nextSibling)
    if (node.nodeType === 1) found.push(node as Element);
  return found;
}

export const isElement = (element: Element, prefix: SidecarPrefix, name: string): boolean =>
  element.localName === name && element.namespaceURI === SIDECAR_NS[prefix];

/** A sidecar that is being changed: properties are taken away and put; all others stay as they were. */
export interface SidecarTree {
  /** Removes a property, whether it is an attribute or an element; returns what elements there were. */
  take(prefix: SidecarPrefix, name: string): Element[];
  putText(prefix: SidecarPrefix, name: string, text: string): void;
  putList(prefix: SidecarPrefix, name: string, kind: 'Bag' | 'Seq', texts: readonly string[]): void;
  /** A text in the default language, as dc:description is. */
  putDefaultText(prefix: SidecarPrefix, name: string, text: string): void;
  /** A new element, at the end of `parent` or of the properties. */
  put(prefix: SidecarPrefix, name: string, attributes?: Record<string, string>, parent?: Element): Element;
  toString(): string;
}

/** Opens XMP for changing, or an empty one. Throws XmpError for what is not XMP or too large (see readXmp). */
export function openSidecarTree(existing: string | undefined): SidecarTree {
  // Refuses what is hostile before anything is built from it.
  if (existing !== undefined) readXmp(existing);
  const source = existing ?? EMPTY;
  const document: Document = new DOMParser({ onError: onErrorStopParsing, locator: false }).parseFromString(
    source.slice(Math.max(0, source.indexOf('<'))).replace(/\0+\s*$/, ''),
    'text/xml',
  );
  const root = document.documentElement!;
  const rdf = isElement(root, 'rdf', 'RDF')
    ? root
    : childElements(root).find((it) => isElement(it, 'rdf', 'RDF'))!;
  const descriptions = childElements(rdf).filter((it) => isElement(it, 'rdf', 'Description'));
  let home = descriptions[0];
  if (!home) {
    home = document.createElementNS(SIDECAR_NS.rdf, 'rdf:Description');
    home.setAttributeNS(SIDECAR_NS.rdf, 'rdf:about', '');
    rdf.appendChild(home);
    descriptions.push(home);
  }
  const properties = home;

  const put: SidecarTree['put'] = (prefix, name, attributes = {}, parent = properties) => {
    const element = document.createElementNS(SIDECAR_NS[prefix], `${prefix}:${name}`);
    for (const [key, value] of Object.entries(attributes)) {
      const [space = ''] = key.split(':');
      if (space === 'xml') element.setAttribute(key, value);
      else element.setAttributeNS(SIDECAR_NS[space as SidecarPrefix], key, plain(value));
    }
    parent.appendChild(element);
    return element;
  };
  const fill = (element: Element, text: string) =>
    void element.appendChild(document.createTextNode(plain(text)));

  return {
    take(prefix, name) {
      const taken: Element[] = [];
      for (const holder of descriptions) {
        holder.removeAttributeNS(SIDECAR_NS[prefix], name);
        for (const element of childElements(holder).filter((it) => isElement(it, prefix, name))) {
          holder.removeChild(element);
          taken.push(element);
        }
      }
      return taken;
    },
    putText: (prefix, name, text) => fill(put(prefix, name), text),
    putList(prefix, name, kind, texts) {
      const list = put('rdf', kind, {}, put(prefix, name));
      for (const text of texts) fill(put('rdf', 'li', {}, list), text);
    },
    putDefaultText(prefix, name, text) {
      const alternatives = put('rdf', 'Alt', {}, put(prefix, name));
      fill(put('rdf', 'li', { 'xml:lang': 'x-default' }, alternatives), text);
    },
    put,
    toString: () => new XMLSerializer().serializeToString(document),
  };
}
