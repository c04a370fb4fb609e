import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { TSchema } from 'typebox';
import { openCatalog } from '#catalog/open';
import { type AssetColumns, assetAdder, NOON, putFile } from '#test/fixtures/library';
import { type Credential, startGateway } from './start-gateway.ts';
import { TYPES_V3 } from './sync-device.ts';

/**
 * Nobody who has the locked folder closed can tell that there is anything in it: everything that can be asked is
 * asked before and after photos went into it, and answered the same.
 */

/** What nothing but the locked photos says; it must be in no answer. */
const SECRET = 'hush';

/** What is asked for with parameters that have these names; those of another name are left out. */
interface Words {
  [parameter: string]: readonly unknown[];
}

/** Answers that may change, and why. */
const MAY_CHANGE: readonly RegExp[] = [
  // The drive is as full as it is, and a quota counts every byte.
  /^GET \/api\/(server\/(storage|statistics)|users\/me|admin\/users|appliance)\b/,
  // What the box has to do, without saying for which photo.
  /^GET \/api\/(jobs|queues)\b/,
  // Lines are numbered by all that happens.
  /^POST \/api\/sync\/stream/,
];

const READING_POSTS = /^\/api\/(search|download|sync\/stream)/;

async function startFamily(t: TestContext) {
  const gateway = await startGateway(t, { now: () => NOON });
  const ann = await gateway.signUp();
  const [bob, eve] = [await gateway.createUser(ann), await gateway.createUser(ann)];
  const db = openCatalog(gateway.parts.layout.catalogFile);
  t.after(() => void db.close());
  const addAsset = assetAdder(db);
  const place = { latitude: 52.5, longitude: 13.4, city: 'Berlin', country: 'Germany' };
  /** With all its files, so that nothing is missing but the right to see them. */
  const addWhole = (columns: AssetColumns, content: string) => {
    const path = `library/${content}/2024/${randomUUID()}.jpg`;
    const id = addAsset(ann.id, {
      path,
      original_bytes: content.length,
      preview_bytes: content.length,
      thumbnail_bytes: content.length,
      ...columns,
    });
    const { layout } = gateway.parts;
    putFile(layout, path, content);
    for (const name of ['preview.jpg', 'thumbnail.webp'] as const) {
      mkdirSync(dirname(layout.derivedFile(id, name)), { recursive: true });
      writeFileSync(layout.derivedFile(id, name), content);
    }
    return id;
  };
  const shown = [addWhole(place, 'plain'), addWhole({ ...place, visibility: 'archive' }, 'plain')];
  const ask = <Answer>(method: string, path: string, json?: unknown) =>
    gateway.ask<Answer>(method, `/api${path}`, { as: ann, json });
  const album = await ask<{ id: string }>('POST', '/albums', {
    albumName: 'Shared',
    assetIds: shown,
    albumUsers: [{ userId: bob.id, role: 'viewer' }],
  });
  await ask('POST', '/partners', { sharedWithId: eve.id });
  const link = await ask<{ id: string; key: string }>('POST', '/shared-links', {
    type: 'ALBUM',
    albumId: album.id,
  });
  const stack = await ask<{ id: string }>('POST', '/stacks', { assetIds: shown });
  const person = await ask<{ id: string }>('POST', '/people', { name: 'Rosa' });
  const box = { imageWidth: 100, imageHeight: 100, x: 10, y: 10, width: 20, height: 20 };
  await ask('POST', '/faces', { assetId: shown[0], personId: person.id, ...box });
  const [tag] = await ask<{ id: string }[]>('PUT', '/tags', { tags: ['lake'] });
  await ask('PUT', `/tags/${tag!.id}/assets`, { ids: shown });
  const memory = await ask<{ id: string }>('POST', '/memories', {
    type: 'on_this_day',
    memoryAt: new Date(NOON).toISOString(),
    data: { year: 2023 },
    assetIds: shown,
  });
  const key = await gateway.createKey(ann, ['all']);

  /** Puts a live photo into the locked folder that is bound to everything that a photo can be bound to. */
  const hide = async (columns: AssetColumns = {}): Promise<string[]> => {
    const mark = (name: string) => ({
      original_name: `${SECRET}-${name}`,
      description: `${SECRET} words`,
      state: SECRET,
      make: SECRET,
      model: SECRET,
      lens_model: SECRET,
      thumbhash: SECRET,
    });
    const common = { ...place, city: SECRET, country: SECRET, is_favorite: 1, rating: 5 };
    const video = addWhole({ ...common, ...mark('v.mov'), visibility: 'hidden', type: 'VIDEO' }, SECRET);
    const photo = addWhole(
      {
        ...common,
        ...mark('p.jpg'),
        live_video_id: video,
        stack_id: stack.id,
        duplicate_id: randomUUID(),
        burst_id: 'b',
      },
      SECRET,
    );
    const insert = (sql: string, ...values: unknown[]) => db.prepare(`INSERT INTO ${sql}`).run(...values);
    const face = randomUUID();
    insert(
      `face (id, asset_id, person_id, image_width_px, image_height_px, x1, y1, x2, y2, source, created_at)
       VALUES (?, ?, ?, 9, 9, 1, 1, 2, 2, 'manual', 0)`,
      face,
      photo,
      person.id,
    );
    db.prepare('UPDATE person SET cover_face_id = ? WHERE id = ?').run(face, person.id);
    db.prepare('UPDATE album SET cover_asset_id = ? WHERE id = ?').run(photo, album.id);
    insert(`album_asset (album_id, asset_id, added_at) VALUES (?, ?, 0)`, album.id, photo);
    insert(`shared_link_asset (link_id, asset_id) VALUES (?, ?)`, link.id, photo);
    insert(`tag_asset (tag_id, asset_id) VALUES (?, ?)`, tag!.id, photo);
    insert(`memory_asset (memory_id, asset_id) VALUES (?, ?)`, memory.id, photo);
    insert(`asset_metadata (asset_id, key, value, updated_at) VALUES (?, 'k', '{}', 0)`, photo);
    insert(
      `activity (id, album_id, asset_id, user_id, type, comment, created_at)
       VALUES (?, ?, ?, ?, 'comment', ?, 0)`,
      randomUUID(),
      album.id,
      photo,
      ann.id,
      `${SECRET} comment`,
    );
    await ask('PUT', '/assets', { ids: [photo], visibility: 'locked' });
    for (const [name, value] of Object.entries(columns))
      db.prepare(`UPDATE asset SET ${name} = ? WHERE id IN (?, ?)`).run(value, photo, video);
    return [photo, video];
  };
  const ids = [album.id, link.id, stack.id, person.id, tag!.id, memory.id, ann.id, ...shown];
  const words: Words = {
    albumId: [album.id],
    albumIds: [[album.id]],
    assetId: shown,
    assetIds: [shown],
    id: ids,
    ids: [shown],
    personId: [person.id],
    personIds: [[person.id]],
    tagId: [tag!.id],
    tagIds: [[tag!.id]],
    userId: [ann.id],
    visibility: ['timeline', 'archive', 'hidden', 'locked'],
    timeBucket: ['2024-05-01'],
    path: ['library/test/2024/2024-05', `library/${SECRET}`, 'library'],
    name: ['Rosa', SECRET],
    query: [SECRET, 'Berlin'],
    originalFileName: [SECRET],
    originalPath: [SECRET],
    description: [SECRET],
    city: [SECRET, 'Berlin', null],
    state: [SECRET, null],
    country: [SECRET, null],
    make: [SECRET, null],
    model: [SECRET, null],
    lensModel: [SECRET, null],
    rating: [5, null],
    checksum: [createHash('sha1').update('x').digest('base64')],
    type: [
      'IMAGE',
      'VIDEO',
      'ALBUM',
      'city',
      'country',
      'state',
      'camera-make',
      'camera-model',
      'camera-lens-model',
    ],
    isFavorite: [true, false],
    isMotion: [true],
    isNotInAlbum: [true],
    isTrashed: [true, false],
    withDeleted: [true],
    withExif: [true],
    withPeople: [true],
    withStacked: [true],
    withPartners: [true, false],
    withHidden: [true],
    withCoordinates: [true],
    includeNull: [true],
    isArchived: [true],
    isOwned: [true],
    isShared: [true],
    direction: ['shared-by', 'shared-with'],
    orderBy: ['takenAt', 'createdAt', { field: 'rating' }],
    filter: [
      { city: { eq: SECRET } },
      { visibility: { ne: 'timeline' } },
      { or: [{ rating: { gte: 1 } }, { hasPeople: { eq: true } }] },
    ],
    order: ['asc', 'desc'],
    takenAfter: ['2000-01-01T00:00:00.000Z'],
    trashedAfter: ['2000-01-01T00:00:00.000Z'],
    minFileSize: [1],
    size: ['thumbnail', 'preview', 'fullsize', 5],
    for: [new Date(NOON).toISOString()],
    key: ['k'],
    level: ['album', 'asset'],
    types: [TYPES_V3],
  };
  const callers: Record<string, Credential> = {
    owner: ann,
    key,
    'album member': bob,
    partner: eve,
    guest: { headers: { 'x-immich-share-key': link.key } },
  };
  return { gateway, hide, words, callers };
}

interface Question {
  method: string;
  path: string;
  json?: unknown;
}

/** Everything that can be asked of a schema's parameters: what it requires, and then each of the others. */
function variants(schema: TSchema | undefined, words: Words): Record<string, unknown>[] {
  const { properties = {}, required = [] } = (schema ?? {}) as { properties?: object; required?: string[] };
  const base = Object.fromEntries(required.map((name) => [name, words[name]?.[0]]));
  if (required.some((name) => words[name] === undefined)) return [];
  return [
    base,
    ...Object.keys(properties).flatMap((name) =>
      (words[name] ?? []).map((value) => ({ ...base, [name]: value })),
    ),
  ];
}

const queryOf = (values: Record<string, unknown>): string =>
  new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) =>
      value === null ? [] : [value].flat().map((one) => [name, String(one)]),
    ),
  ).toString();

function questionsOf({ gateway, words }: Awaited<ReturnType<typeof startFamily>>, locked: readonly string[]) {
  const questions: Question[] = [];
  for (const { method, url, schema } of gateway.routes)
    for (const name of [method].flat()) {
      if (!url.startsWith('/api/') || (name !== 'GET' && !(name === 'POST' && READING_POSTS.test(url))))
        continue;
      const ids = [...(words['id'] as string[]), ...locked];
      const paths = url.includes(':')
        ? ids.map((id) =>
            url
              .replace(/:key\b/, 'k')
              .replace(/:name\b/, 'thumbnailGeneration')
              .replace(/:\w+/g, id),
          )
        : [url];
      for (const path of paths) {
        for (const query of variants(schema?.querystring as TSchema | undefined, words))
          questions.push({
            method: name,
            path: `${path}?${queryOf(query)}`,
            ...(name === 'POST' && { json: {} }),
          });
        if (name === 'POST')
          for (const json of variants(schema?.body as TSchema | undefined, words))
            questions.push({ method: name, path, json });
      }
    }
  return questions;
}

for (const [name, columns, who] of [
  ['in the locked folder', {}, ['owner', 'key', 'album member', 'partner', 'guest']],
  ['in the trash of the locked folder', { trashed_at: NOON - 1000 }, ['owner', 'partner']],
] as const)
  test(`whoever has the locked folder closed gets the same answers, whatever is ${name}`, async (t) => {
    const family = await startFamily(t);
    const { gateway, hide } = family;
    const callers = who.map((caller) => [caller, family.callers[caller]!] as const);
    // Ids that are nobody's yet: asking for them before and after must look alike.
    const later = [randomUUID(), randomUUID()];
    const ask = async (who: Credential, { method, path, json }: Question) => {
      const answer = await gateway.request(method, path, { as: who, ...(json !== undefined && { json }) });
      const text = (await answer.text())
        .replace(/"correlationId":"[^"]*"/, '')
        // That something went is told by its id to those who had it.
        .replace(/^\{"type":"\w*Delete.*$/gm, '');
      assert.notEqual(answer.status, 500, `${method} ${path}`);
      return { status: answer.status, text };
    };
    const before = new Map<string, { status: number; text: string }>();
    const known = questionsOf(family, []);
    assert.ok(known.length > 400, `${known.length} questions`);
    for (const [caller, who] of callers)
      for (const question of known)
        before.set(`${caller}: ${JSON.stringify(question)}`, await ask(who, question));
    const unknown = { photo: later[0]!, video: later[1]! };
    const locked = await hide(columns);
    const wrong: string[] = [];
    for (const [caller, who] of callers) {
      for (const question of known) {
        const title = `${caller}: ${JSON.stringify(question)}`;
        const { status, text } = await ask(who, question);
        // The owner's own devices keep the locked folder; its bytes stay closed (contract §2.6).
        const isOwnSync = question.path === '/api/sync/stream' && caller === 'owner';
        if (!isOwnSync && [SECRET, ...locked].some((word) => text.includes(word)))
          wrong.push(`${title} tells ${text}`);
        const was = before.get(title)!;
        const mayChange = MAY_CHANGE.some((pattern) => pattern.test(`${question.method} ${question.path}`));
        if (!mayChange && (was.status !== status || was.text !== text))
          wrong.push(`${title} has changed from ${was.text} to ${text}`);
      }
      // Asked for by its id, it is as if it were not there.
      for (const [index, id] of locked.entries()) {
        const of = (one: string) =>
          questionsOf(family, [one]).filter(({ path, json }) => (path + JSON.stringify(json)).includes(one));
        const nobody = Object.values(unknown)[index]!;
        const asIfNot = of(nobody);
        for (const [at, question] of of(id).entries()) {
          const [there, notThere] = [await ask(who, question), await ask(who, asIfNot[at]!)];
          if (
            there.status !== notThere.status ||
            there.text.replaceAll(id, '') !== notThere.text.replaceAll(nobody, '')
          )
            wrong.push(`${caller}: ${JSON.stringify(question)} is not as if nothing were there`);
        }
      }
    }
    assert.deepEqual(wrong, []);
  });
