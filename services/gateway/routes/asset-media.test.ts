import assert from 'node:assert/strict';
import { mkdirSync, truncateSync } from 'node:fs';
import { open, readdir, readlink } from 'node:fs/promises';
import { request } from 'node:http';
import { test } from 'node:test';
import { putFile, startTestLibrary } from '#test/fixtures/library';

const PIXELS = Buffer.from('not really pixels, but as many bytes as the catalog says');

test('a thumbnail is sent with everything that caches need, and not twice', async (t) => {
  const { ann, layout, addAsset, call } = await startTestLibrary(t);
  const id = addAsset(ann.id, {
    thumbnail_bytes: PIXELS.length,
    preview_bytes: 10,
    original_name: 'Ü (1).HEIC',
  });
  putFile(layout, `${layout.derivedPath(id)}/thumbnail.webp`, PIXELS);
  const response = await call(ann, 'GET', `/assets/${id}/thumbnail?size=thumbnail&edited=true&c=abc%3D`);
  assert.equal(response.status, 200);
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), PIXELS);
  assert.equal(response.headers.get('content-type'), 'image/webp');
  assert.equal(response.headers.get('content-length'), String(PIXELS.length));
  assert.equal(
    response.headers.get('cache-control'),
    'private, max-age=86400, no-transform, stale-while-revalidate=2592000, stale-if-error=2592000',
  );
  assert.match(
    response.headers.get('content-disposition')!,
    /^inline; filename\*=UTF-8''%C3%9C%20%281%29-thumbnail.webp$/,
  );
  const etag = response.headers.get('etag')!;
  const modified = response.headers.get('last-modified')!;
  for (const condition of [
    { 'if-none-match': etag },
    { 'if-none-match': `"other", W/${etag}` },
    { 'if-modified-since': modified },
  ]) {
    const again = await call(ann, 'GET', `/assets/${id}/thumbnail`, undefined, condition);
    assert.equal(again.status, 304);
    assert.equal((await again.arrayBuffer()).byteLength, 0);
    assert.equal(again.headers.get('etag'), etag);
  }
  const changed = { 'if-none-match': '"other"', 'if-modified-since': modified };
  assert.equal((await call(ann, 'GET', `/assets/${id}/thumbnail`, undefined, changed)).status, 200);
});

test('what the locked folder shows while it is open is kept nowhere', async (t) => {
  const { ann, db, layout, addAsset, call } = await startTestLibrary(t);
  const bytes = { thumbnail_bytes: PIXELS.length, preview_bytes: PIXELS.length };
  const ids = {
    locked: addAsset(ann.id, { ...bytes, visibility: 'locked' }),
    plain: addAsset(ann.id, bytes),
  };
  for (const id of Object.values(ids))
    for (const name of ['thumbnail.webp', 'preview.jpg'])
      putFile(layout, `${layout.derivedPath(id)}/${name}`, PIXELS);
  db.prepare('UPDATE session SET elevated_until = ?').run(Number.MAX_SAFE_INTEGER);
  for (const size of ['thumbnail', 'preview']) {
    const look = async (id: string) => {
      const response = await call(ann, 'GET', `/assets/${id}/thumbnail?size=${size}`);
      assert.equal(response.status, 200);
      return response.headers.get('cache-control')!;
    };
    assert.equal(await look(ids.locked), 'no-store');
    assert.match(await look(ids.plain), /^private, max-age/);
  }
});

test('a thumbnail is 404 and not kept until it is there', async (t) => {
  const { ann, bob, addAsset, call, woken } = await startTestLibrary(t);
  const id = addAsset(ann.id);
  const response = await call(ann, 'GET', `/assets/${id}/thumbnail`);
  assert.equal(response.status, 404);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  assert.equal(woken.count, 0);
  assert.equal((await call(bob, 'GET', `/assets/${id}/thumbnail`)).status, 400);
});

test('a preview that is lost or cut short is made again, asked for once', async (t) => {
  const { ann, db, layout, addAsset, call, woken } = await startTestLibrary(t);
  const lost = addAsset(ann.id, { preview_bytes: 100 });
  const short = addAsset(ann.id, { preview_bytes: 100 });
  putFile(layout, `${layout.derivedPath(short)}/preview.jpg`, 'half of i');
  for (const id of [lost, short])
    for (let time = 0; time < 3; time++) {
      const response = await call(ann, 'GET', `/assets/${id}/thumbnail?size=preview`);
      assert.equal(response.status, 404);
      assert.equal(response.headers.get('cache-control'), 'no-store');
      assert.equal(response.headers.get('etag'), null);
    }
  assert.deepEqual(
    new Set(db.prepare(`SELECT asset_id FROM job WHERE kind = 'preview'`).pluck().all()),
    new Set([lost, short]),
  );
  assert.equal(woken.count, 2);
});

test('full size is the original where browsers show it, else the preview, with the credentials kept', async (t) => {
  const { ann, addAsset, call } = await startTestLibrary(t);
  const jpeg = addAsset(ann.id);
  const heic = addAsset(ann.id, { mime_type: 'image/heic' });
  const where = async (id: string, query: string) => {
    const response = await call(ann, 'GET', `/assets/${id}/thumbnail?${query}`);
    assert.equal(response.status, 302);
    return new URL(response.headers.get('location')!, `http://box/prefix/api/assets/${id}/thumbnail`).href;
  };
  const base = (id: string) => `http://box/prefix/api/assets/${id}`;
  assert.equal(await where(jpeg, 'size=fullsize&edited=true&c=x'), `${base(jpeg)}/original?edited=true`);
  assert.equal(await where(heic, 'size=original'), `${base(heic)}/original`);
  assert.equal(
    await where(heic, 'size=fullsize&edited=true'),
    `${base(heic)}/thumbnail?size=preview&edited=true`,
  );
  const keyed = await fetch(
    `${(await call(ann, 'GET', `/assets/${jpeg}/thumbnail?size=fullsize`)).url}&sessionKey=${ann.authorization.slice(7)}`,
    { redirect: 'manual' },
  );
  assert.equal(keyed.headers.get('location'), `original?sessionKey=${ann.authorization.slice(7)}`);
});

test('an original comes whole, in parts, and in parts only while it is the same', async (t) => {
  const { ann, db, layout, addAsset, call } = await startTestLibrary(t);
  const id = addAsset(ann.id, { type: 'VIDEO', mime_type: 'video/mp4' });
  const path = db.prepare('SELECT path FROM asset WHERE id = ?').pluck().get(id) as string;
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, at) => at % 251));
  putFile(layout, path, bytes);
  const get = (headers: object) => call(ann, 'GET', `/assets/${id}/video/playback?&x=1`, undefined, headers);
  const whole = await get({});
  assert.equal(whole.status, 200);
  assert.equal(whole.headers.get('accept-ranges'), 'bytes');
  assert.equal(whole.headers.get('content-type'), 'video/mp4');
  assert.deepEqual(Buffer.from(await whole.arrayBuffer()), bytes);
  const etag = whole.headers.get('etag')!;

  const first = await get({ range: 'bytes=0-1' });
  assert.equal(first.status, 206);
  assert.equal(first.headers.get('content-range'), 'bytes 0-1/1000');
  assert.equal(first.headers.get('content-length'), '2');
  assert.deepEqual(Buffer.from(await first.arrayBuffer()), bytes.subarray(0, 2));
  const rest = await get({ range: 'bytes=990-' });
  assert.deepEqual(Buffer.from(await rest.arrayBuffer()), bytes.subarray(990));
  const end = await get({ range: 'bytes=-5', 'if-range': etag });
  assert.equal(end.headers.get('content-range'), 'bytes 995-999/1000');
  assert.equal((await get({ range: 'bytes=0-1', 'if-range': '"another"' })).status, 200);
  assert.equal(
    (await get({ range: 'bytes=0-1', 'if-range': whole.headers.get('last-modified')! })).status,
    206,
  );
  assert.equal((await get({ range: 'bytes=0-1,5-6' })).status, 200);
  const outside = await get({ range: 'bytes=1000-' });
  assert.equal(outside.status, 416);
  assert.equal(outside.headers.get('content-range'), 'bytes */1000');
  assert.equal(((await outside.json()) as { code: string }).code, 'range_unsatisfiable');
});

test('HEAD tells the size and reads nothing', async (t) => {
  const { ann, db, layout, addAsset, call } = await startTestLibrary(t);
  const id = addAsset(ann.id);
  const path = db.prepare('SELECT path FROM asset WHERE id = ?').pluck().get(id) as string;
  putFile(layout, path, '');
  // So large that reading it would not end within this test.
  truncateSync(layout.resolve(path), 2 ** 40);
  const response = await call(ann, 'HEAD', `/assets/${id}/original`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('content-length'), String(2 ** 40));
  assert.equal((await response.arrayBuffer()).byteLength, 0);
});

test('ranges beyond four gibibytes are read where they are', async (t) => {
  const { ann, db, layout, addAsset, call } = await startTestLibrary(t);
  const id = addAsset(ann.id, { type: 'VIDEO', mime_type: 'video/quicktime' });
  const path = db.prepare('SELECT path FROM asset WHERE id = ?').pluck().get(id) as string;
  putFile(layout, path, '');
  const size = 5 * 1024 ** 3 + 123;
  const at = 4 * 1024 ** 3 + 7;
  const file = await open(layout.resolve(path), 'r+');
  await file.truncate(size);
  await file.write(Buffer.from('far out'), 0, 7, at);
  await file.close();
  const near = await call(ann, 'GET', `/assets/${id}/original`, undefined, {
    range: `bytes=${at}-${at + 6}`,
  });
  assert.equal(near.headers.get('content-range'), `bytes ${at}-${at + 6}/${size}`);
  assert.equal(await near.text(), 'far out');
  // More than is read at once: sent as a stream.
  const long = await call(ann, 'GET', `/assets/${id}/original`, undefined, {
    range: `bytes=${at}-${at + 2_999_999}`,
  });
  const bytes = Buffer.from(await long.arrayBuffer());
  assert.equal(bytes.length, 3_000_000);
  assert.equal(bytes.toString('latin1', 0, 7), 'far out');
});

test('an original that is gone or cannot be read is said so, in words', async (t) => {
  const { ann, db, layout, addAsset, call } = await startTestLibrary(t);
  const id = addAsset(ann.id, { original_name: 'lost.jpg' });
  const path = db.prepare('SELECT path FROM asset WHERE id = ?').pluck().get(id) as string;
  const missing = await call(ann, 'GET', `/assets/${id}/original`);
  assert.equal(missing.status, 404);
  const body = (await missing.json()) as { code: string; message: string };
  assert.equal(body.code, 'original_missing');
  assert.match(body.message, /lost\.jpg/);
  mkdirSync(layout.resolve(path), { recursive: true });
  assert.equal((await call(ann, 'GET', `/assets/${id}/original`)).status, 404);
});

test('what could hold script is shown without rights, and unknown types are only bytes', async (t) => {
  const { ann, layout, addAsset, call } = await startTestLibrary(t);
  const send = async (mime_type: string, path: string) => {
    putFile(layout, path, '<svg/>');
    return call(ann, 'GET', `/assets/${addAsset(ann.id, { mime_type, path })}/original`);
  };
  const svg = await send('image/svg+xml', 'library/a.svg');
  assert.equal(svg.headers.get('content-type'), 'image/svg+xml');
  assert.match(svg.headers.get('content-security-policy')!, /^sandbox; default-src 'none'/);
  const html = await send('text/html', 'library/a.html');
  assert.equal(html.headers.get('content-type'), 'application/octet-stream');
  assert.match(html.headers.get('content-security-policy')!, /^sandbox/);
  assert.equal(html.headers.get('x-content-type-options'), 'nosniff');
});

test('a player that goes away half-way closes the file', async (t) => {
  const { ann, db, layout, url, addAsset } = await startTestLibrary(t);
  const id = addAsset(ann.id, { type: 'VIDEO', mime_type: 'video/mp4' });
  const path = db.prepare('SELECT path FROM asset WHERE id = ?').pluck().get(id) as string;
  putFile(layout, path, '');
  truncateSync(layout.resolve(path), 2 ** 33);
  const isOpen = async () => {
    const names = await readdir('/proc/self/fd');
    const targets = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
    return targets.some((target) => target.endsWith(path));
  };
  const until = async (expected: boolean) => {
    while ((await isOpen()) !== expected) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  for (let time = 0; time < 5; time++) {
    const get = request(`${url}/api/assets/${id}/original`, {
      headers: { authorization: ann.authorization },
    });
    get.on('error', () => {});
    get.on('response', (response) => response.once('data', () => response.pause()));
    get.end();
    await until(true);
    get.destroy();
    await until(false);
  }
});

test('playback is for videos', async (t) => {
  const { ann, layout, addAsset, call } = await startTestLibrary(t);
  const id = addAsset(ann.id, { path: 'library/x.jpg' });
  putFile(layout, 'library/x.jpg', 'x');
  assert.equal((await call(ann, 'GET', `/assets/${id}/video/playback`)).status, 404);
});
