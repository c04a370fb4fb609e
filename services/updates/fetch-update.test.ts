import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runCommand } from '#runtime/command';
import { openBundleStore } from './bundle-store.ts';
import { fetchBundle, fetchOffer, findAddressFault } from './fetch-update.ts';
import { UpdateRefused } from './rauc.ts';

/** A server with a certificate of its own, and options that accept exactly this one. */
async function startServer(
  t: TestContext,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
) {
  const folder = mkdtempSync(join(tmpdir(), 'fetch-update-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  await runCommand('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-days', '2'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert],
  ]);
  const requests: IncomingMessage[] = [];
  const ca = readFileSync(cert, 'utf8');
  const server = createServer({ key: readFileSync(key), cert: ca }, (request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://localhost:${port}`,
    requests,
    options: { ca, silenceMs: 2_000, pausesMs: [1, 1, 1] },
    store: await openBundleStore(join(folder, 'store'), { reservedBytes: 0 }),
  };
}

const refusal = (run: Promise<unknown>) =>
  run.then(
    () => ({ code: 'none', words: '' }),
    (error: unknown) => {
      if (!(error instanceof UpdateRefused)) throw error;
      return error.fault;
    },
  );

const SUM = 'a'.repeat(64);

test('the description of an update is asked for without a word about the box', async (t) => {
  const description = { version: '1.2.0', file: 'files/u.raucb', bytes: 7, sha256: SUM, more: 'ignored' };
  const { url, requests, options } = await startServer(t, (request, response) => {
    if (request.url === '/latest') response.writeHead(302, { location: '/a/latest.json' }).end();
    else response.end(JSON.stringify(description));
  });
  assert.deepEqual(await fetchOffer(`${url}/latest`, options), {
    version: '1.2.0',
    url: `${url}/a/files/u.raucb`,
    bytes: 7,
    sha256: SUM,
  });
  for (const { headers } of requests) assert.deepEqual(Object.keys(headers).sort(), ['connection', 'host']);
});

test('what is no description is refused with what is wrong with it', async (t) => {
  let body = '';
  const { url, options } = await startServer(t, (_, response) => response.end(body));
  const good = { version: '1.2.0', file: 'u.raucb', bytes: 7, sha256: SUM };
  for (const [wrong, words] of [
    ['<html>', /not JSON/],
    ['null', /no object/],
    [JSON.stringify({ ...good, version: '1.2' }), /no version/],
    [JSON.stringify({ ...good, bytes: -1 }), /no size/],
    [JSON.stringify({ ...good, bytes: 3 * 1024 ** 3 }), /no size/],
    [JSON.stringify({ ...good, sha256: 'x' }), /no checksum/],
    [JSON.stringify({ ...good, file: 'http://elsewhere.example/u.raucb' }), /no file/],
    [JSON.stringify({ ...good, file: 'file:///etc/passwd' }), /no file/],
    ['x'.repeat(100_000), /too long/],
  ] as const) {
    body = wrong;
    const fault = await refusal(fetchOffer(url, options));
    assert.equal(fault.code, 'bad_answer');
    assert.match(fault.words, words);
  }
});

test('an address that does not answer, leads away from https or is not known to anybody is said so', async (t) => {
  const server = await startServer(t, (request, response) => {
    if (request.url === '/plain') response.writeHead(301, { location: 'http://localhost/' }).end();
    else if (request.url === '/round') response.writeHead(301, { location: '/round' }).end();
    else if (request.url === '/none') response.writeHead(404).end();
    else response.destroy();
  });
  for (const path of ['/plain', '/round', '/none', '/broken'])
    assert.equal((await refusal(fetchOffer(server.url + path, server.options))).code, 'unreachable', path);
  assert.match((await refusal(fetchOffer(`${server.url}/none`, server.options))).words, /It said 404/);
  // Nobody vouches for this certificate.
  const stranger = await refusal(fetchOffer(server.url, { silenceMs: 2_000, pausesMs: [] }));
  assert.match(stranger.words, /DEPTH_ZERO_SELF_SIGNED_CERT/);
});

test('an address has to be https and carry no password', () => {
  assert.equal(findAddressFault('https://updates.example/latest.json'), undefined);
  for (const address of ['', 'updates.example', 'http://updates.example/', 'https://a:b@updates.example/'])
    assert.notEqual(findAddressFault(address), undefined, address);
});

const file = randomBytes(1_000_000);
const offerOf = (url: string) => ({
  version: '1.2.0',
  url: `${url}/u.raucb`,
  bytes: file.length,
  sha256: createHash('sha256').update(file).digest('hex'),
});

/** Sends the file from where it is asked for, and breaks the connection after `bytes` of it. */
function sendPart(request: IncomingMessage, response: ServerResponse, bytes = file.length): void {
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  const rest = file.subarray(from);
  const head = { 'content-length': rest.length, 'content-range': `bytes ${from}-${file.length - 1}/*` };
  response.writeHead(request.headers.range ? 206 : 200, head);
  response.write(rest.subarray(0, bytes), () => {
    if (bytes < rest.length) response.destroy();
    else response.end();
  });
}

test('a connection that breaks is taken up where it broke, and the file is the one that was offered', async (t) => {
  const { url, requests, options, store } = await startServer(t, (request, response) =>
    sendPart(request, response, 300_000),
  );
  const heard: number[] = [];
  await fetchBundle(offerOf(url), store, (bytes) => heard.push(bytes), options);
  assert.ok(readFileSync(store.file).equals(file));
  assert.equal(heard.at(-1), file.length);
  const ranges = requests.map(({ headers }) => headers.range);
  assert.equal(ranges[0], undefined);
  assert.ok(ranges.length >= 4 && ranges.slice(1).every((range) => range !== undefined), String(ranges));
});

test('after a restart of the process the rest is fetched, and a server without ranges sends all again', async (t) => {
  let hasRanges = true;
  const { url, requests, options, store } = await startServer(t, (request, response) => {
    if (!hasRanges) delete request.headers.range;
    sendPart(request, response);
  });
  const offer = offerOf(url);
  const known = async function* () {
    yield file.subarray(0, 400_000);
  };
  await store.add({ fileId: offer.sha256, total: offer.bytes, offset: 0 }, known());
  await fetchBundle(offer, store, () => {}, options);
  assert.deepEqual(
    requests.map(({ headers }) => headers.range),
    ['bytes=400000-'],
  );
  assert.ok(readFileSync(store.file).equals(file));

  await store.clear();
  await store.add({ fileId: offer.sha256, total: offer.bytes, offset: 0 }, known());
  hasRanges = false;
  await fetchBundle(offer, store, () => {}, options);
  assert.ok(readFileSync(store.file).equals(file));
});

test('an address that breaks off again and again is given up, and what came is kept for later', async (t) => {
  let sent = 0;
  const { url, options, store } = await startServer(t, (request, response) => {
    if (sent++ === 0) sendPart(request, response, 300_000);
    else response.destroy();
  });
  const fault = await refusal(fetchBundle(offerOf(url), store, () => {}, options));
  assert.equal(fault.code, 'unreachable');
  assert.equal(sent, 4, 'once, and again after each of three pauses');
  assert.ok((await store.find())!.receivedBytes > 0);
});

test('a file that is not the one that was offered is thrown away', async (t) => {
  const { url, options, store } = await startServer(t, (request, response) => sendPart(request, response));
  const other = await refusal(fetchBundle({ ...offerOf(url), sha256: SUM }, store, () => {}, options));
  assert.equal(other.code, 'not_what_was_said');
  assert.equal(await store.find(), undefined);
  const longer = await refusal(
    fetchBundle({ ...offerOf(url), bytes: file.length - 1 }, store, () => {}, options),
  );
  assert.equal(longer.code, 'not_what_was_said');
});
