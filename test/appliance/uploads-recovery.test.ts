import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openCatalog } from '#catalog/open';
import { file, filesBelow, photo, sendForm, sha1 } from './send-upload.ts';
import { startGateway, type TestGateway } from './start-gateway.ts';

/**
 * What a power cut can leave of an upload, one state after the other in the order in which an upload passes
 * through them, made by hand of an upload that went well, and what the next start makes of each.
 */

const PHOTO = randomBytes(40_000);
const SIDECAR = Buffer.from('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');

interface Stopped {
  poolDir: string;
  id: string;
  /** Absolute places: in flight and in the library. */
  incoming: { original: string; sidecar: string };
  library: { original: string; sidecar: string };
  /** Starts a gateway on the pool, as a power-up does. */
  restart(): Promise<TestGateway>;
}

/** A pool with one photo, and its gateway stopped. */
async function uploadAndStop(t: TestContext, { sidecar = true } = {}): Promise<Stopped> {
  const poolDir = mkdtempSync(join(tmpdir(), 'shoebox-cut-'));
  const box = await startGateway(t, { poolDir });
  const ann = await box.signUp();
  const more = sidecar ? [file('sidecarData', 'a.xmp', SIDECAR)] : [];
  const { status, json } = await sendForm(box.url, ann.headers, photo('a.jpg', PHOTO, more));
  assert.equal(status, 201);
  await box.stop();
  t.after(() => rmSync(poolDir, { recursive: true }));
  const id = String(json['id']);
  const flight = join(poolDir, '.shoebox/incoming', id);
  const place = join(poolDir, 'library/Ann/2024/2024-05/a.jpg');
  return {
    poolDir,
    id,
    incoming: { original: flight, sidecar: `${flight}.xmp` },
    library: { original: place, sidecar: `${place}.xmp` },
    restart: async () => {
      const again = await startGateway(t, { poolDir });
      assert.deepEqual(filesBelow(poolDir, '.shoebox/incoming'), [], 'nothing is left in flight');
      return again;
    },
  };
}

const ACCOUNT = { email: 'ann@example.org', password: 'a long test password' };

/** The photo is in the catalog and can be had; nothing else is in the library. */
async function assertWhole(box: TestGateway, id: string, names: string[]): Promise<void> {
  const ann = await box.login(ACCOUNT);
  const original = await box.request('GET', `/api/assets/${id}/original`, { as: ann });
  assert.equal(original.status, 200);
  assert.ok(Buffer.from(await original.arrayBuffer()).equals(PHOTO));
  assert.deepEqual(
    filesBelow(box.poolDir, 'library'),
    names.map((name) => `Ann/2024/2024-05/${name}`),
  );
  const again = await sendForm(box.url, ann.headers, photo('a.jpg', PHOTO));
  assert.deepEqual([again.status, again.json], [200, { id, status: 'duplicate' }]);
}

test('files that never reached the catalog go: nobody was told of them', async (t) => {
  const { poolDir, id, incoming, library, restart } = await uploadAndStop(t);
  renameSync(library.original, incoming.original);
  renameSync(library.sidecar, incoming.sidecar);
  const catalog = openCatalog(join(poolDir, '.shoebox/catalog/catalog.db'));
  catalog.prepare('DELETE FROM asset WHERE id = ?').run(id);
  catalog.close();
  // Cut in the middle, of a name that is none, and of an upload that only had begun.
  writeFileSync(join(poolDir, '.shoebox/incoming/11111111-1111-4111-8111-111111111111'), '');
  writeFileSync(join(poolDir, '.shoebox/incoming/22222222-2222-4222-8222-222222222222.xmp'), '<x');
  writeFileSync(join(poolDir, '.shoebox/incoming/what is this'), 'x');
  const box = await restart();
  assert.deepEqual(filesBelow(poolDir, 'library'), []);
  const ann = await box.login(ACCOUNT);
  const again = await sendForm(box.url, ann.headers, photo('a.jpg', PHOTO));
  assert.equal(again.status, 201);
});

/** Each state as the names that exist: in flight and in the library. Photo and sidecar are accepted. */
type Name = 'incoming.original' | 'incoming.sidecar' | 'library.original' | 'library.sidecar';
const STATES: [when: string, names: Name[]][] = [
  ['accepted', ['incoming.original', 'incoming.sidecar']],
  ['after the link of the sidecar', ['incoming.original', 'incoming.sidecar', 'library.sidecar']],
  [
    'after the link of the photo',
    ['incoming.original', 'incoming.sidecar', 'library.sidecar', 'library.original'],
  ],
  ['with the links in another order', ['incoming.original', 'incoming.sidecar', 'library.original']],
  ['with the photo let go', ['incoming.sidecar', 'library.sidecar', 'library.original']],
  ['with the sidecar let go', ['incoming.original', 'library.sidecar', 'library.original']],
  ['with a sidecar whose place was not flushed', ['incoming.sidecar', 'library.original']],
  ['all done', ['library.sidecar', 'library.original']],
];

test('a photo and its sidecar that the catalog knows get their places, whatever was done of it', async (t) => {
  for (const [when, names] of STATES) {
    const { id, incoming, library, restart } = await uploadAndStop(t);
    const paths: Record<Name, string> = {
      'incoming.original': incoming.original,
      'incoming.sidecar': incoming.sidecar,
      'library.original': library.original,
      'library.sidecar': library.sidecar,
    };
    linkSync(library.original, incoming.original);
    linkSync(library.sidecar, incoming.sidecar);
    for (const [name, path] of Object.entries(paths)) if (!names.includes(name as Name)) rmSync(path);
    const box = await restart();
    assert.ok(readFileSync(library.sidecar).equals(SIDECAR), when);
    await assertWhole(box, id, ['a.jpg', 'a.jpg.xmp']);
    await box.stop();
  }
});

test('a photo without a sidecar gets its place, and its month’s folder with it', async (t) => {
  const { poolDir, id, incoming, library, restart } = await uploadAndStop(t, { sidecar: false });
  renameSync(library.original, incoming.original);
  rmSync(join(poolDir, 'library/Ann'), { recursive: true });
  await assertWhole(await restart(), id, ['a.jpg']);
});

test('a stranger’s file that took the place meanwhile stays, and the photo gets another one', async (t) => {
  for (const hasLinkedSidecar of [false, true]) {
    const { id, incoming, library, restart } = await uploadAndStop(t);
    renameSync(library.original, incoming.original);
    if (hasLinkedSidecar) linkSync(library.sidecar, incoming.sidecar);
    else renameSync(library.sidecar, incoming.sidecar);
    mkdirSync(dirname(library.original), { recursive: true });
    writeFileSync(library.original, 'stranger');
    const box = await restart();
    assert.equal(readFileSync(library.original, 'utf8'), 'stranger');
    assert.ok(readFileSync(join(dirname(library.original), 'a (2).jpg.xmp')).equals(SIDECAR));
    await assertWhole(box, id, ['a (2).jpg', 'a (2).jpg.xmp', 'a.jpg']);
    await box.stop();
  }
});

test('a start that is cut off itself is made up for by the next one', async (t) => {
  const { id, incoming, library, restart } = await uploadAndStop(t);
  linkSync(library.original, incoming.original);
  linkSync(library.sidecar, incoming.sidecar);
  for (let start = 0; start < 3; start++) {
    const box = await restart();
    await assertWhole(box, id, ['a.jpg', 'a.jpg.xmp']);
    await box.stop();
    linkSync(library.original, incoming.original);
  }
  await restart();
});

test('an upload of which only the row is left is made whole by the next upload', async (t) => {
  const { id, library, restart } = await uploadAndStop(t, { sidecar: false });
  rmSync(library.original);
  const box = await restart();
  const ann = await box.login(ACCOUNT);
  const gone = await box.request('GET', `/api/assets/${id}/original`, { as: ann });
  assert.equal(gone.status, 404);
  const answer = await sendForm(
    box.url,
    { ...ann.headers, 'x-immich-checksum': sha1(PHOTO) },
    photo('a.jpg', PHOTO),
  );
  assert.deepEqual([answer.status, answer.json], [200, { id, status: 'duplicate' }]);
  await assertWhole(box, id, ['a.jpg']);
});
