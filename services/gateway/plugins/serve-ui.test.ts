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
