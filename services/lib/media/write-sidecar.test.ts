import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SidecarRecord } from '#contract/sidecars';
import { findOutsideEdits, readSidecarRecord, writeSidecar } from './write-sidecar.ts';
import { readXmp, XmpError } from './xmp.ts';

const RECORD: SidecarRecord = {
  version: 1,
  assetId: 'a',
  ownerId: 'u',
  originalName: 'odd\u0001 <name> "😀".jpg',
  checksum: 'c',
  arrivedAt: 1,
  fileCreatedAt: 2,
  fileModifiedAt: 3,
  visibility: 'archive',
  isFavorite: true,
  setByOwner: ['dateTimeOriginal', 'location', 'description', 'rating'],
  date: {
    capturedAt: Date.UTC(1962, 1, 3, 4, 30, 6, 7),
    localAt: Date.UTC(1962, 1, 3, 10, 15, 6, 7),
    timeZone: 'Asia/Kathmandu',
  },
  place: { latitude: -33.856784, longitude: 151.215297 },
  description: 'Grandma & <grandpa>\nin "Sydney" 😀',
  rating: 4,
  tags: ['Family/Grandma', 'Beach'],
  albums: [{ id: 'b', name: 'Album', addedAt: 5, addedBy: 'u' }],
  faces: [
    {
      id: 'f',
      personId: 'p',
      personName: 'Grandma',
      imageWidthPx: 300,
      imageHeightPx: 400,
      x1: 0,
      y1: 0,
      x2: 30,
      y2: 80,
      source: 'manual',
      isVisible: true,
    },
  ],
};

test('what is written is read back, by everybody and by us', () => {
  const text = writeSidecar(undefined, { record: RECORD, orientation: 1 });
  const xmp = readXmp(text);
  assert.equal(xmp.description, RECORD.description);
  assert.equal(xmp.rating, 4);
  assert.equal(xmp.dateTimeOriginal, '1962-02-03T10:15:06.007+05:45');
  assert.deepEqual(xmp.tags, RECORD.tags);
  assert.ok(Math.abs(xmp.latitude! - RECORD.place!.latitude) < 1e-8);
  assert.ok(Math.abs(xmp.longitude! - RECORD.place!.longitude) < 1e-8);
  assert.deepEqual(readSidecarRecord(text), RECORD);
});

test('writing the same again changes nothing', () => {
  const once = writeSidecar(undefined, { record: RECORD, orientation: 6 });
  assert.equal(writeSidecar(once, { record: RECORD, orientation: 6 }), once);
});

test('what other programs wrote is kept, and their tags stand beside ours', () => {
  const foreign = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 crs:Exposure2012="+0.35" xmp:Rating="2"><dc:subject xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Bag><rdf:li>Theirs</rdf:li></rdf:Bag></dc:subject>
<crs:ToneCurve><rdf:Seq><rdf:li>0, 0</rdf:li></rdf:Seq></crs:ToneCurve></rdf:Description></rdf:RDF></x:xmpmeta>`;
  const text = writeSidecar(foreign, { record: RECORD, orientation: 1 });
  assert.match(text, /crs:Exposure2012="\+0\.35"/);
  assert.match(text, /<crs:ToneCurve><rdf:Seq><rdf:li>0, 0<\/rdf:li>/);
  assert.equal(readXmp(text).rating, 4);
  assert.deepEqual(readXmp(text).tags, ['Family/Grandma', 'Beach', 'Theirs']);
  const fewer = writeSidecar(text, { record: { ...RECORD, tags: [] }, orientation: 1 });
  assert.deepEqual(readXmp(fewer).tags, ['Theirs']);
});

test('a face is written where it lies in the picture as stored, and regions of others stay', () => {
  const text = writeSidecar(undefined, { record: RECORD, orientation: 6 });
  // Upright: centre (0.05, 0.1), size 0.1 by 0.2. Turned back by a quarter: x is y, y is 1 - x.
  assert.match(text, /stArea:x="0\.1"[^>]*stArea:y="0\.95"[^>]*stArea:w="0\.2"[^>]*stArea:h="0\.1"/);
  assert.match(text, /stDim:w="400"[^>]*stDim:h="300"/);
  const foreign = text.replace(/ shoebox:FaceId="f"/, '').replace('Grandma"', 'Stranger"');
  const both = writeSidecar(foreign, { record: RECORD, orientation: 6 });
  assert.match(both, /mwg-rs:Name="Stranger"/);
  assert.match(both, /mwg-rs:Name="Grandma"/);
});

test('what somebody changed outside is found, and nothing where nothing was', () => {
  const text = writeSidecar(undefined, { record: RECORD, orientation: 1 });
  assert.deepEqual(findOutsideEdits(text, RECORD), { addedTags: [], removedTags: [] });
  const edited = text
    .replace(/(<xmp:Rating[^>]*>)4</, '$12<')
    .replace('in "Sydney"', 'in Perth')
    .replace('<rdf:Seq><rdf:li>Family/Grandma<', '<rdf:Seq><rdf:li>Family/Nana<');
  assert.notEqual(edited, text);
  const { description, ...rest } = findOutsideEdits(edited, RECORD);
  assert.match(description!, /in Perth/);
  assert.deepEqual(rest, { rating: 2, addedTags: ['Family/Nana'], removedTags: ['Family/Grandma'] });
});

test('what is no XMP is refused, so that nobody overwrites it', () => {
  assert.throws(() => writeSidecar('not xml at all', { record: RECORD, orientation: 1 }), XmpError);
});
