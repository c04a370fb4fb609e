import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { openCatalog } from '#catalog/open';
import { startGateway } from '#test/appliance/start-gateway';
import { assetAdder } from '#test/fixtures/library';

/** As fetch would, but without unpacking what is sent packed. */
const ask = (url: string, encodings: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': encodings } }, (answer) => {
      answer.resume();
      resolve(answer);
    }).on('error', reject);
  });

test('a script is sent packed to who can unpack it, and as it is to who cannot', async (t) => {
  const uiDir = await mkdtemp(join(tmpdir(), 'shoebox-ui-'));
  t.after(() => rm(uiDir, { recursive: true }));
  await mkdir(join(uiDir, 'static'));
  const code = 'export {};\n'.repeat(100);
  await writeFile(join(uiDir, 'index.html'), '<!doctype html>');
  await writeFile(join(uiDir, 'static', 'main-AAAAAAAA.js'), code);
  await writeFile(join(uiDir, 'static', 'main-AAAAAAAA.js.gz'), gzipSync(code));
  const { url } = await startGateway(t, { config: { uiDir } });

  const packed = await ask(`${url}/static/main-AAAAAAAA.js`, 'gzip, deflate');
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.equal(Number(packed.headers['content-length']), gzipSync(code).length);
  assert.match(packed.headers['content-type']!, /javascript/);
  assert.match(packed.headers['cache-control']!, /immutable/);
  assert.match(packed.headers.vary!, /accept-encoding/i);

  const plain = await ask(`${url}/static/main-AAAAAAAA.js`, 'identity');
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(Number(plain.headers['content-length']), code.length);

  // What has no packed form, and every address of the page's own.
  for (const path of ['/', '/albums/17']) {
    const answer = await ask(url + path, 'gzip, br');
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers['content-encoding'], undefined);
  }
});

test('the page and its manifest have the name that the owner gives the box', async (t) => {
  const uiDir = await mkdtemp(join(tmpdir(), 'shoebox-ui-'));
  t.after(() => rm(uiDir, { recursive: true }));
  const page = '<!doctype html><meta name="application-name" content="Shoebox"><title>Shoebox</title>';
  await writeFile(join(uiDir, 'index.html'), page);
  await writeFile(
    join(uiDir, 'manifest.json'),
    JSON.stringify({ name: 'Shoebox', short_name: 'Shoebox', id: '/' }),
  );
  const gateway = await startGateway(t, { config: { uiDir } });
  const read = async (path: string) => (await gateway.request('GET', path)).text();
  assert.equal(await read('/albums'), page);

  const owner = await gateway.signUp();
  await gateway.ask('PUT', '/api/appliance/setup/box', {
    as: owner,
    json: { name: 'Fotos-Oma', timeZone: 'Europe/Berlin' },
  });
  assert.equal(await read('/albums'), page.replaceAll('Shoebox', 'fotos-oma'));
  const answer = await gateway.request('GET', '/manifest.json');
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.deepEqual(await answer.json(), { name: 'fotos-oma', short_name: 'fotos-oma', id: '/' });
});

test('the page of who is signed in names its first questions, each as the page asks it', async (t) => {
  const gateway = await startGateway(t);
  const { url, parts } = gateway;
  const owner = await gateway.signUp();
  const db = openCatalog(parts.layout.catalogFile);
  t.after(() => void db.close());
  const questionsOf = async (path: string, cookie?: string) => {
    const answer = await fetch(url + path, { headers: cookie === undefined ? {} : { cookie } });
    assert.equal(answer.status, 200);
    await answer.text();
    return [
      ...(answer.headers.get('link') ?? '').matchAll(/<([^>]+)>; rel=preload; as=fetch; crossorigin/g),
    ].map(([, address]) => address!);
  };
  const signedIn = `immich_access_token=${owner.token}`;
  const filter = 'visibility=timeline&withStacked=true&withPartners=true';
  const empty = ['/api/users/me', `/api/timeline/buckets?${filter}`];
  assert.deepEqual(await questionsOf('/', signedIn), empty);

  const addAsset = assetAdder(db);
  for (const month of [2, 7]) addAsset(owner.id, { local_at: Date.UTC(2024, month - 1, 9) });
  const questions = await questionsOf('/', signedIn);
  assert.deepEqual(questions, [...empty, `/api/timeline/bucket?${filter}&timeBucket=2024-07-01`]);
  for (const address of questions)
    assert.equal((await fetch(url + address, { headers: { cookie: signedIn } })).status, 200, address);

  assert.deepEqual(await questionsOf('/albums', signedIn), ['/api/users/me']);
  assert.deepEqual(await questionsOf('/share/abc', signedIn), []);
  assert.deepEqual(await questionsOf('/'), []);
  assert.deepEqual(await questionsOf('/', 'immich_access_token=wrong'), []);
});

test('messengers are told what a link shows, in plain text, and nothing of one with a password', async (t) => {
  const { url, parts, request, ask, signUp } = await startGateway(t);
  const owner = await signUp();
  const db = openCatalog(parts.layout.catalogFile);
  t.after(() => void db.close());
  const addAsset = assetAdder(db);
  const assetIds = [addAsset(owner.id), addAsset(owner.id)];
  const make = async <Made>(path: string, json: object) =>
    ask<Made>('POST', `/api${path}`, { as: owner, json });
  const albumName = '"Lake" <script>alert(1)</script> & more';
  const { id: albumId } = await make<{ id: string }>('/albums', { albumName, assetIds });
  const share = (json: object) => make<{ id: string; key: string }>('/shared-links', json);
  const read = async (path: string, headers = {}) => (await request('GET', path, { headers })).text();
  const tagsOf = (page: string) =>
    Object.fromEntries(
      [...page.matchAll(/<meta property="([^"]+)" content="([^"<>]*)">/g)].map(([, name, value]) => [
        name,
        value!.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code)),
      ]),
    );

  const album = await share({ type: 'ALBUM', albumId, slug: 'lake 1' });
  const page = await read(`/share/${album.key}`);
  assert.equal(page.includes('<script'), false);
  const image = (credential: string) =>
    `${url}/api/assets/${assetIds[0]}/thumbnail?size=preview&${credential}`;
  const expected = {
    'og:type': 'website',
    'og:title': albumName,
    'og:description': '2 photos',
    'og:image': image(`key=${album.key}`),
    'twitter:card': 'summary_large_image',
  };
  assert.deepEqual(tagsOf(page), expected);
  assert.deepEqual(tagsOf(await read('/s/lake%201')), { ...expected, 'og:image': image('slug=lake+1') });
  const one = await share({ type: 'INDIVIDUAL', assetIds: [assetIds[0]], description: 'For you' });
  const { 'og:title': title, 'og:description': count } = tagsOf(await read(`/share/${one.key}`));
  assert.deepEqual([title, count], ['For you', '1 photo']);

  await ask('PATCH', `/api/shared-links/${album.id}`, { as: owner, json: { password: 'secret' } });
  assert.deepEqual(tagsOf(await read(`/share/${album.key}`)), {
    'og:type': 'website',
    'og:title': 'Shared photos',
  });
  for (const path of ['/share/nothing', '/s/nothing', '/share', `/share/${one.key}/more`, '/albums'])
    assert.deepEqual(tagsOf(await read(path)), {}, path);
});

test('a page without a manifest has none', async (t) => {
  const { request } = await startGateway(t);
  assert.equal((await request('GET', '/manifest.json')).status, 404);
});
