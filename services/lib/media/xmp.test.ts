import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readSidecar } from './sidecar.ts';
import { MAX_XMP_BYTES, readXmp, XmpError } from './xmp.ts';

const NAMESPACES = `xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:digiKam="http://www.digikam.org/ns/1.0/"
 xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmlns:GCamera="http://ns.google.com/photos/1.0/camera/"
 xmlns:Container="http://ns.google.com/photos/1.0/container/" xmlns:GPano="http://ns.google.com/photos/1.0/panorama/"
 xmlns:Item="http://ns.google.com/photos/1.0/container/item/"`;

const packet = (attributes: string, body = '') =>
  `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ${NAMESPACES}>
<rdf:Description rdf:about="" ${attributes}>${body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

const bag = (name: string, ...items: string[]) =>
  `<${name}><rdf:Bag>${items.map((item) => `<rdf:li>${item}</rdf:li>`).join('')}</rdf:Bag></${name}>`;

test('a property is read the same as an attribute and as an element, in one description or several', () => {
  const asAttribute = readXmp(packet('xmp:Rating="4" exif:DateTimeOriginal="2024-05-01T12:00:00+02:00"'));
  const asElements = readXmp(
    packet(
      '',
      `<xmp:Rating> 4 </xmp:Rating></rdf:Description><rdf:Description rdf:about="">
       <exif:DateTimeOriginal>2024-05-01T12:00:00+02:00</exif:DateTimeOriginal>`,
    ),
  );
  for (const tags of [asAttribute, asElements]) {
    assert.equal(tags.rating, 4);
    assert.equal(tags.dateTimeOriginal, '2024-05-01T12:00:00+02:00');
  }
});

test('a prefix of another name is understood by its namespace', () => {
  const text = packet('')
    .replaceAll('xmlns:xmp=', 'xmlns:other=')
    .replace('rdf:about=""', 'other:Rating="-1"');
  assert.equal(readXmp(text).rating, -1);
});

test('of a description in several languages the default is taken, and numbers stay text', () => {
  const alt = `<dc:description><rdf:Alt><rdf:li xml:lang="de">Am See</rdf:li>
    <rdf:li xml:lang="x-default">At the lake &amp; beyond</rdf:li></rdf:Alt></dc:description>`;
  assert.equal(readXmp(packet('', alt)).description, 'At the lake & beyond');
  assert.equal(readXmp(packet('', alt.replace('At the lake &amp; beyond', '0042'))).description, '0042');
});

test("tags are digiKam's paths, else Lightroom's with slashes, else plain words; each once", () => {
  const subject = bag('dc:subject', 'Lake', 'Lake', ' ', '2024');
  const lightroom = bag('lr:hierarchicalSubject', 'Places|Lake', 'Year|2024');
  const digiKam = bag('digiKam:TagsList', 'Where/Lake');
  assert.deepEqual(readXmp(packet('', subject + lightroom + digiKam)).tags, ['Where/Lake']);
  assert.deepEqual(readXmp(packet('', subject + lightroom)).tags, ['Places/Lake', 'Year/2024']);
  assert.deepEqual(readXmp(packet('', subject)).tags, ['Lake', '2024']);
  assert.equal(readXmp(packet('', bag('dc:subject'))).tags, undefined);
});

test('places are read in degrees and minutes, in degrees, minutes and seconds, and as a plain number', () => {
  const place = (latitude: string, longitude: string) => {
    const tags = readXmp(packet(`exif:GPSLatitude="${latitude}" exif:GPSLongitude="${longitude}"`));
    return [tags.latitude, tags.longitude];
  };
  assert.deepEqual(place('41,13.5N', '96,4.5W'), [41.225, -96.075]);
  assert.deepEqual(place('41,13,30S', '96,4,30E'), [-41.225, 96.075]);
  assert.deepEqual(place('-41.225', '96.075'), [-41.225, 96.075]);
  assert.deepEqual(place('nowhere', '96,4,30'), [undefined, undefined]);
});

test("a motion photo's container is read whether its items are attributes or elements", () => {
  const item = (semantic: string, length: string) =>
    `<rdf:li rdf:parseType="Resource"><Container:Item Item:Mime="video/mp4" Item:Semantic="${semantic}" Item:Length="${length}" Item:Padding="8"/></rdf:li>`;
  const nested = `<rdf:li><rdf:Description><Container:Item rdf:parseType="Resource"><Item:Mime>image/jpeg</Item:Mime>
    <Item:Semantic>GainMap</Item:Semantic><Item:Length>7</Item:Length></Container:Item></rdf:Description></rdf:li>`;
  const tags = readXmp(
    packet(
      'GCamera:MotionPhoto="1" GCamera:BurstID="b1" GPano:ProjectionType="equirectangular"',
      `<Container:Directory><rdf:Seq>${item('MotionPhoto', '1234')}${nested}${item('Primary', '-5')}</rdf:Seq></Container:Directory>`,
    ),
  );
  assert.deepEqual(tags.containerItems, [
    { mimeType: 'video/mp4', semantic: 'MotionPhoto', lengthBytes: 1234, paddingBytes: 8 },
    { mimeType: 'image/jpeg', semantic: 'GainMap', lengthBytes: 7, paddingBytes: 0 },
    { mimeType: 'video/mp4', semantic: 'Primary', lengthBytes: 0, paddingBytes: 8 },
  ]);
  assert.deepEqual([tags.motionPhoto, tags.burstId, tags.projectionType], [true, 'b1', 'equirectangular']);
});

test('entities are refused unread, whether they would grow or reach out', () => {
  const laughs = Array.from({ length: 20 }, (_, n) => `<!ENTITY l${n + 1} "&l${n};&l${n};&l${n};&l${n};">`);
  for (const declaration of [
    `<!DOCTYPE x [<!ENTITY l0 "ha">${laughs.join('')}]>`,
    '<!DOCTYPE x [<!ENTITY l20 SYSTEM "file:///etc/passwd">]>',
    '<!doctype x SYSTEM "http://127.0.0.1:9/x.dtd">',
  ])
    assert.throws(
      () => readXmp(declaration + packet('', '<dc:description>&l20;</dc:description>')),
      XmpError,
    );
});

test('packets that are broken, endless or deep are refused with a reason', () => {
  const refused: [string, RegExp][] = [
    ['', /XML|empty/],
    ['no XMP at all', /XML|empty/],
    ['<a>', /well-formed/],
    [packet('').slice(0, -60), /well-formed/],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', /RDF/],
    [packet('', '<dc:x>'.repeat(20_000) + '</dc:x>'.repeat(20_000)), /nested/],
    [packet('', '<dc:x/>'.repeat(60_000)), /nested/],
    [packet('', ' '.repeat(MAX_XMP_BYTES)), /large/],
    [packet('', '&undeclared;'), /well-formed/],
  ];
  for (const [text, reason] of refused)
    assert.throws(
      () => readXmp(text),
      (error) => error instanceof XmpError && reason.test(error.message),
      text.slice(0, 60),
    );
});

test('absurd numbers are no numbers', () => {
  const tags = readXmp(
    packet('GCamera:MicroVideo="1" GCamera:MicroVideoOffset="99999999999999999999" xmp:Rating="many"'),
  );
  assert.equal(tags.microVideoOffsetBytes, undefined);
  assert.equal(tags.rating, undefined);
});

test('a sidecar is read from its file, also in UTF-16, and a file that is no XMP gives a warning', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'sidecar-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'IMG_1.jpg.xmp');
  const text = packet('xmp:Rating="5"', bag('dc:subject', 'Zürich'));

  await writeFile(path, text);
  assert.deepEqual(await readSidecar(path).then(({ tags }) => [tags.rating, tags.tags]), [5, ['Zürich']]);
  await writeFile(path, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
  assert.deepEqual((await readSidecar(path)).tags.tags, ['Zürich']);
  await writeFile(path, 'not XMP');
  assert.equal((await readSidecar(path)).warnings.length, 1);
  await writeFile(path, Buffer.alloc(MAX_XMP_BYTES + 1));
  assert.match((await readSidecar(path)).warnings[0] ?? '', /too large/);
  await assert.rejects(readSidecar(join(folder, 'missing.xmp')), { code: 'ENOENT' });
});
