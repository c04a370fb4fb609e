import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { putFile, startTestLibrary } from '#test/fixtures/library';

type TestLibrary = Awaited<ReturnType<typeof startTestLibrary>>;

const BOX = { imageWidth: 1000, imageHeight: 800, x: 100, y: 200, width: 50, height: 60 };

/** Makes a person of Ann's, and a face of theirs on each of these photos. */
async function makePerson(
  { ann, ask }: TestLibrary,
  fields: object,
  assetIds: string[] = [],
): Promise<string> {
  const { status, json } = await ask(ann, 'POST', '/people', fields);
  assert.equal(status, 201);
  for (const assetId of assetIds)
    assert.equal((await ask(ann, 'POST', '/faces', { assetId, personId: json.id, ...BOX })).status, 201);
  return json.id;
}

const namesOf = (json: { name: string }[]) => json.map(({ name }) => name);

test('a person is made, described, shown and removed, by their owner only', async (t) => {
  const { ann, bob, ask } = await startTestLibrary(t);
  const made = await ask(ann, 'POST', '/people', { name: 'Mia', birthDate: '2015-02-28' });
  const { id, updatedAt, ...rest } = made.json;
  assert.match(updatedAt, /Z$/);
  assert.deepEqual(rest, {
    name: 'Mia',
    birthDate: '2015-02-28',
    thumbnailPath: '',
    isHidden: false,
    isFavorite: false,
  });
  const changed = await ask(ann, 'PUT', `/people/${id}`, {
    isFavorite: true,
    color: '#fff',
    birthDate: null,
  });
  assert.deepEqual(
    [changed.json.name, changed.json.isFavorite, changed.json.color, changed.json.birthDate],
    ['Mia', true, '#fff', null],
  );
  for (const [method, path] of [
    ['GET', ''],
    ['PUT', ''],
    ['DELETE', ''],
    ['GET', '/statistics'],
  ] as const)
    assert.equal(
      (await ask(bob, method, `/people/${id}${path}`, method === 'PUT' ? {} : undefined)).status,
      400,
      method,
    );
  assert.equal((await ask(ann, 'PUT', `/people/${id}`, { birthDate: '2015-02-30' })).status, 400);
  assert.equal((await ask(ann, 'PUT', `/people/${id}`, { birthDate: '2999-01-01' })).status, 400);
  assert.equal((await ask(ann, 'DELETE', `/people/${id}`)).status, 204);
  assert.equal((await ask(ann, 'GET', `/people/${id}`)).status, 400);
});

test('people are listed favourites first, then by name and by number of photos, in pages', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, bob, addAsset, ask, db } = library;
  const photos = [addAsset(ann.id), addAsset(ann.id), addAsset(ann.id)];
  await makePerson(library, { name: 'One' }, photos.slice(0, 1));
  await makePerson(library, { name: 'Three' }, photos);
  await makePerson(library, { name: 'Liked', isFavorite: true });
  await makePerson(library, { name: 'Hidden', isHidden: true }, photos);
  const unnamed = await makePerson(library, {}, photos.slice(0, 2));
  const { json } = await ask(ann, 'GET', '/people');
  assert.deepEqual(namesOf(json.people), ['Liked', 'Three', 'One', '']);
  assert.deepEqual([json.total, json.hidden, json.hasNextPage], [5, 1, false]);
  const first = await ask(ann, 'GET', '/people?size=2&page=1');
  assert.deepEqual([namesOf(first.json.people), first.json.hasNextPage], [['Liked', 'Three'], true]);
  const last = await ask(ann, 'GET', '/people?size=2&page=3&withHidden=true');
  assert.deepEqual([namesOf(last.json.people), last.json.hasNextPage], [['Hidden'], false]);
  // Somebody found by a program, without a name and on fewer photos than the owner wants, is nobody yet.
  db.prepare(`UPDATE face SET source = 'machine-learning' WHERE person_id = ?`).run(unnamed);
  assert.equal((await ask(ann, 'GET', '/people')).json.total, 4);
  await ask(ann, 'PUT', '/users/me/preferences', { people: { minimumFaces: 2 } });
  assert.equal((await ask(ann, 'GET', '/people')).json.total, 5);
  assert.deepEqual((await ask(bob, 'GET', '/people')).json.people, []);
});

test('many people are changed at once; one that is nobody does not hold up the others', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, ask } = library;
  const [a, b, nobody] = [await makePerson(library, {}), await makePerson(library, {}), randomUUID()];
  const people = [
    { id: a, isHidden: true },
    { id: nobody, name: 'x' },
    { id: b, name: 'Ben' },
  ];
  assert.deepEqual((await ask(ann, 'PUT', '/people', { people })).json, [
    { id: a, success: true },
    { id: nobody, success: false, error: 'not_found' },
    { id: b, success: true },
  ]);
  assert.equal((await ask(ann, 'GET', `/people/${a}`)).json.isHidden, true);
  const refused = [
    { id: b, name: 'Bob' },
    { id: a, featureFaceAssetId: nobody },
  ];
  assert.equal((await ask(ann, 'PUT', '/people', { people: refused })).status, 400);
  assert.equal((await ask(ann, 'GET', `/people/${b}`)).json.name, 'Ben');
  assert.equal((await ask(ann, 'DELETE', '/people', { ids: [a, b] })).status, 204);
  assert.equal((await ask(ann, 'GET', '/people?withHidden=true')).json.total, 0);
});

test('merging keeps the first person, who gets the faces and learns what the others knew', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, bob, addAsset, ask } = library;
  const [x, y, z] = [addAsset(ann.id), addAsset(ann.id), addAsset(ann.id)];
  const kept = await makePerson(library, {}, [x]);
  const twin = await makePerson(library, { name: 'Mia', birthDate: '2015-02-28' }, [y]);
  const other = await makePerson(library, { name: 'Maja' }, [z]);
  assert.equal((await ask(bob, 'POST', '/people/merge', { ids: [kept, twin] })).status, 400);
  assert.equal((await ask(ann, 'POST', '/people/merge', { ids: [kept, kept] })).status, 400);
  assert.deepEqual((await ask(ann, 'POST', '/people/merge', { ids: [kept, twin] })).json, [
    { id: twin, success: true },
  ]);
  assert.deepEqual((await ask(ann, 'POST', `/people/${kept}/merge`, { ids: [other] })).json, [
    { id: other, success: true },
  ]);
  const { json } = await ask(ann, 'GET', `/people/${kept}`);
  assert.deepEqual([json.name, json.birthDate], ['Mia', '2015-02-28']);
  assert.deepEqual((await ask(ann, 'GET', `/people/${kept}/statistics`)).json, { assets: 3 });
  assert.equal((await ask(ann, 'GET', '/people')).json.total, 1);
});

test('faces are given to somebody else one by one and photo by photo; nobody is left without any', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, bob, addAsset, ask } = library;
  const [x, y] = [addAsset(ann.id), addAsset(ann.id)];
  const wrong = await makePerson(library, {}, [x, y]);
  const right = await makePerson(library, { name: 'Mia' });
  const [face] = (await ask(ann, 'GET', `/faces?id=${x}`)).json;
  assert.equal((await ask(bob, 'PUT', `/faces/${right}`, { id: face.id })).status, 400);
  const given = await ask(ann, 'PUT', `/faces/${right}`, { id: face.id });
  assert.deepEqual([given.status, given.json.name], [200, 'Mia']);
  assert.equal((await ask(ann, 'GET', `/faces?id=${x}`)).json[0].person.id, right);
  const data = [{ assetId: y, personId: wrong }];
  assert.equal((await ask(bob, 'PUT', `/people/${right}/reassign`, { data })).status, 400);
  const { json } = await ask(ann, 'PUT', `/people/${right}/reassign`, { data });
  assert.deepEqual(namesOf(json), ['Mia']);
  assert.deepEqual((await ask(ann, 'GET', `/people/${right}/statistics`)).json, { assets: 2 });
  assert.equal((await ask(ann, 'GET', `/people/${wrong}`)).status, 400);
});

test('search and timeline find the photos that everybody asked for is on', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, bob, addAsset, ask } = library;
  const [x, y] = [addAsset(ann.id), addAsset(ann.id)];
  addAsset(ann.id);
  const mia = await makePerson(library, { name: 'Mia' }, [x, y]);
  const ben = await makePerson(library, { name: 'Ben' }, [y]);
  const find = async (who: typeof ann, personIds: string[]) =>
    new Set(
      (await ask(who, 'POST', '/search/metadata', { personIds })).json.assets.items.map(
        (a: { id: string }) => a.id,
      ),
    );
  assert.deepEqual(await find(ann, [mia]), new Set([x, y]));
  assert.deepEqual(await find(ann, [mia, ben]), new Set([y]));
  assert.deepEqual(await find(bob, [mia]), new Set());
  const buckets = await ask(ann, 'GET', `/timeline/buckets?personId=${mia}`);
  assert.deepEqual(buckets.json, [{ timeBucket: '2024-05-01', count: 2 }]);
  const month = await ask(ann, 'GET', `/timeline/bucket?personId=${ben}&timeBucket=2024-05-01`);
  assert.deepEqual(month.json.id, [y]);
  assert.equal((await ask(bob, 'GET', `/timeline/buckets?personId=${mia}`)).status, 400);
  const both = `/timeline/buckets?personId=${mia}&tagId=${randomUUID()}`;
  assert.equal((await ask(ann, 'GET', both)).status, 400);
  assert.deepEqual(namesOf((await ask(ann, 'GET', `/assets/${y}`)).json.people), ['Ben', 'Mia']);
  const found = await ask(ann, 'POST', '/search/metadata', { id: x, withPeople: true });
  assert.deepEqual(namesOf(found.json.assets.items[0].people), ['Mia']);
});

test('names are found by any part of them, hidden people only when asked for', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, bob, ask } = library;
  await makePerson(library, { name: 'Jörg Ünal' });
  await makePerson(library, { name: 'Jörn', isHidden: true });
  const find = async (who: typeof ann, query: string) =>
    namesOf((await ask(who, 'GET', `/search/person?name=${encodeURIComponent(query)}`)).json);
  assert.deepEqual(await find(ann, 'JÖR'), ['Jörg Ünal']);
  assert.deepEqual(await find(ann, 'u\u0308nal'), ['Jörg Ünal']);
  assert.deepEqual(await find(bob, 'j'), []);
  const all = await ask(ann, 'GET', '/search/person?name=j&withHidden=true');
  assert.deepEqual(namesOf(all.json), ['Jörg Ünal', 'Jörn']);
});

test('a person’s picture is the face that was chosen, and asked of ingest when it is not there', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, bob, addAsset, ask, call, db, layout, woken } = library;
  const [x, y, plain] = [addAsset(ann.id), addAsset(ann.id), addAsset(ann.id)];
  const mia = await makePerson(library, { name: 'Mia' }, [x, y]);
  const jobs = () =>
    db.prepare(`SELECT asset_id FROM job WHERE kind = 'face-thumbnail' ORDER BY id`).pluck().all();
  assert.deepEqual(jobs(), [x]);
  assert.ok(woken.count > 0);
  db.exec('DELETE FROM job');
  const picture = `/people/${mia}/thumbnail?updatedAt=1`;
  assert.equal((await ask(ann, 'GET', picture)).status, 404);
  assert.equal((await ask(ann, 'GET', picture)).status, 404);
  assert.deepEqual(jobs(), [x]);
  const faceOn = async (id: string) => (await ask(ann, 'GET', `/faces?id=${id}`)).json[0].id;
  putFile(layout, `${layout.derivedPath(x)}/face-${await faceOn(x)}.jpg`, 'picture of x');
  putFile(layout, `${layout.derivedPath(y)}/face-${await faceOn(y)}.jpg`, 'picture of y');
  const shown = await call(ann, 'GET', picture);
  assert.deepEqual([shown.status, shown.headers.get('content-type')], [200, 'image/jpeg']);
  assert.equal(shown.headers.get('cache-control'), 'private, no-cache, no-transform');
  assert.equal(await shown.text(), 'picture of x');
  assert.equal((await ask(bob, 'GET', picture)).status, 404);
  assert.equal((await ask(ann, 'PUT', `/people/${mia}`, { featureFaceAssetId: plain })).status, 400);
  assert.equal((await ask(ann, 'PUT', `/people/${mia}`, { featureFaceAssetId: y })).status, 200);
  assert.equal(await (await call(ann, 'GET', picture)).text(), 'picture of y');
  // What is locked stands for nobody.
  await ask(ann, 'PUT', '/assets', { ids: [y], visibility: 'locked' });
  assert.equal(await (await call(ann, 'GET', picture)).text(), 'picture of x');
});

test('who is only on locked photos is not listed, counted, found or shown', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, addAsset, ask } = library;
  const [secret, open] = [addAsset(ann.id), addAsset(ann.id)];
  const hidden = await makePerson(library, { name: 'Hidden' }, [secret]);
  const known = await makePerson(library, { name: 'Known' }, [secret, open]);
  await ask(ann, 'PUT', '/assets', { ids: [secret], visibility: 'locked' });
  const { json } = await ask(ann, 'GET', '/people?withHidden=true');
  assert.deepEqual([namesOf(json.people), json.total], [['Known'], 1]);
  assert.deepEqual(namesOf((await ask(ann, 'GET', '/search/person?name=n')).json), ['Known']);
  assert.deepEqual((await ask(ann, 'GET', `/people/${hidden}/statistics`)).json, { assets: 0 });
  assert.deepEqual((await ask(ann, 'GET', `/people/${known}/statistics`)).json, { assets: 1 });
  const total = await ask(ann, 'POST', '/search/statistics', { personIds: [known] });
  assert.deepEqual(total.json, { total: 1 });
  assert.deepEqual((await ask(ann, 'GET', `/timeline/buckets?personId=${hidden}`)).json, []);
  assert.equal((await ask(ann, 'GET', `/faces?id=${secret}`)).status, 400);
  assert.equal((await ask(ann, 'GET', `/people/${hidden}/thumbnail`)).status, 404);
});

test('what a body may not name is not taken from it: nobody gives a person a picture by its column', async (t) => {
  const { ann, db, ask } = await startTestLibrary(t);
  const made = await ask(ann, 'POST', '/people', {
    name: 'Rosa',
    coverFaceId: 'a0000000-0000-4000-8000-000000000009',
    ownerId: 'somebody else',
  });
  assert.equal(made.status, 201);
  const changed = await ask(ann, 'PUT', `/people/${made.json.id}`, { coverFaceId: 'a face', name: 'Rosa B' });
  assert.equal(changed.status, 200);
  assert.deepEqual(db.prepare('SELECT name, owner_id, cover_face_id FROM person').all(), [
    { name: 'Rosa B', owner_id: ann.id, cover_face_id: null },
  ]);
});
