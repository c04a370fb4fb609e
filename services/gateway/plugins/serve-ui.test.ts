import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { startGateway } from '#test/appliance/start-gateway';

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

test('a page without a manifest has none', async (t) => {
  const { request } = await startGateway(t);
  assert.equal((await request('GET', '/manifest.json')).status, 404);
});
