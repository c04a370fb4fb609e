import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runCommand } from '#runtime/command';
import { putFile, startTestLibrary } from '#test/fixtures/library';
import { makeVideo } from '#test/fixtures/moving-media';

const GUEST = { id: '', authorization: '' };

/** A film that says where it was taken in every place that it has: two kinds of keys, a text track, a box behind the end. */
async function makeTellingVideo(dir: string, name: string): Promise<Buffer> {
  const [plain, words, path] = [join(dir, `plain-${name}`), join(dir, 'words.srt'), join(dir, name)];
  await makeVideo(plain, {
    seconds: 3,
    widthPx: 640,
    heightPx: 480,
    keys: { 'com.apple.quicktime.location.ISO6709': '+52.5200+013.4050/' },
  });
  await writeFile(words, '1\n00:00:00,000 --> 00:00:02,500\nAt +52.5200\n');
  const inputs = ['-i', plain, '-i', words, '-map', '0', '-map', '1', '-c', 'copy', '-c:s', 'mov_text'];
  const keys = [
    '-map_metadata',
    '0',
    '-metadata',
    'location=+52.5200+013.4050/',
    '-metadata',
    'title=At +52.5200',
  ];
  await runCommand('ffmpeg', ['-v', 'error', '-y', ...inputs, ...keys, path]);
  const tail = Buffer.from(`    uuid${'0'.repeat(16)}At +52.5200`);
  tail.writeUInt32BE(tail.length);
  return Buffer.concat([await readFile(path), tail]);
}

/** What a player shows and plays of a film, as a checksum of the decoded pictures and sound. */
async function decode(dir: string, film: Buffer): Promise<string> {
  const path = join(dir, 'decoded.mp4');
  await writeFile(path, film);
  const output = await runCommand('ffmpeg', [
    ...['-v', 'error', '-i', path, '-map', '0:v', '-map', '0:a', '-f', 'md5', '-'],
  ]);
  return output.toString();
}

async function startFilmLibrary(t: TestContext) {
  const dir = await mkdtemp(join(tmpdir(), 'shoebox-film-'));
  t.after(() => rm(dir, { recursive: true }));
  const library = await startTestLibrary(t);
  const { ann, db, layout, addAsset, ask, call } = library;
  const play = async (film: Buffer, showMetadata: boolean, headers: object = {}) => {
    const id = addAsset(ann.id, { type: 'VIDEO', mime_type: 'video/mp4', original_name: 'Berlin 52.52.mp4' });
    const path = db.prepare('SELECT path FROM asset WHERE id = ?').pluck().get(id) as string;
    putFile(layout, path, film);
    const body = { type: 'INDIVIDUAL', assetIds: [id], showMetadata };
    const { key } = (await ask(ann, 'POST', '/shared-links', body)).json;
    const get = (more: object) =>
      call(GUEST, 'GET', `/assets/${id}/video/playback?key=${key}`, undefined, { ...headers, ...more });
    return { get, response: await get({}) };
  };
  return { dir, play };
}

for (const name of ['film.mov', 'film.mp4'])
  test(`a link without metadata plays ${name} as it is, and none of its bytes says where it was taken`, async (t) => {
    const { dir, play } = await startFilmLibrary(t);
    const film = await makeTellingVideo(dir, name);
    assert.ok(film.toString('latin1').split('+52.5200').length > 3, 'the film tells it in several places');
    assert.ok(film.length > 300_000, 'more than is sent at once');
    const { response, get } = await play(film, false);
    assert.equal(response.status, 200);
    assert.doesNotMatch(response.headers.get('content-disposition') ?? '', /Berlin/);
    const sent = Buffer.from(await response.arrayBuffer());
    assert.equal(sent.length, film.length);
    assert.doesNotMatch(sent.toString('latin1'), /52\.5|ISO6709|xyz/);
    assert.equal(await decode(dir, sent), await decode(dir, film));
    // A player that asks for parts gets the same bytes.
    for (const [start, end] of [
      [0, 1],
      [5, 300],
      [1000, 400_000],
      [film.length - 40, film.length - 1],
    ] as const) {
      const part = await get({ range: `bytes=${start}-${end}` });
      assert.equal(part.status, 206);
      assert.deepEqual(Buffer.from(await part.arrayBuffer()), sent.subarray(start, end + 1));
    }
  });

test('a link with metadata plays the original itself', async (t) => {
  const { dir, play } = await startFilmLibrary(t);
  const film = await makeTellingVideo(dir, 'film.mp4');
  const { response } = await play(film, true);
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), film);
});

test('a film whose secrets nobody can tell apart is not played without metadata', async (t) => {
  const { dir, play } = await startFilmLibrary(t);
  const film = await makeTellingVideo(dir, 'film.mp4');
  const matroska = join(dir, 'film.mkv');
  await makeVideo(matroska, { seconds: 1 });
  const fragmented = join(dir, 'fragmented.mp4');
  const [source, flags] = [join(dir, 'plain-film.mp4'), 'frag_keyframe+empty_moov'];
  await runCommand('ffmpeg', ['-v', 'error', '-i', source, '-c', 'copy', '-movflags', flags, fragmented]);
  const broken = Buffer.from(film);
  broken.writeUInt32BE(7, broken.indexOf('stbl') - 4);
  for (const bytes of [
    await readFile(matroska),
    await readFile(fragmented),
    broken,
    film.subarray(0, 200),
    Buffer.alloc(0),
    Buffer.alloc(1000),
  ])
    assert.equal((await play(bytes, false)).response.status, 404);
});
