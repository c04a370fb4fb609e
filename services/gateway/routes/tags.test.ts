import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { startTestLibrary } from '#test/fixtures/library';

type TestLibrary = Awaited<ReturnType<typeof startTestLibrary>>;

/** Makes these tags and returns their ids. */
async function makeTags({ ann, ask }: TestLibrary, ...tags: string[]): Promise<string[]> {
  const { status, json } = await ask(ann, 'PUT', '/tags', { tags });
  assert.equal(status, 200);
  return json.map(({ id }: { id: string }) => id);
}

const valuesOf = ({ json }: { json: { value: string }[] }) => json.map(({ value }) => value);

test('a path makes all tags on its way, once, and the answer is the last of each', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, bob, ask } = library;
  const made = await ask(ann, 'PUT', '/tags', {
    tags: ['family/trips/lake', ' family / home ', 'family/home'],
  });
  assert.deepEqual(valuesOf(made), ['family/trips/lake', 'family/home', 'family/home']);
  const all = await ask(ann, 'GET', '/tags');
  assert.deepEqual(valuesOf(all), ['family', 'family/home', 'family/trips', 'family/trips/lake']);
  const [family, home, trips, lake] = all.json;
  assert.deepEqual([family.name, lake.name], ['family', 'lake']);
  assert.equal('parentId' in family, false);
  assert.deepEqual([home.parentId, trips.parentId, lake.parentId], [family.id, family.id, trips.id]);
  assert.deepEqual(valuesOf(await ask(bob, 'GET', '/tags')), []);
  assert.equal((await ask(ann, 'PUT', '/tags', { tags: [' / '] })).status, 400);
});

test('one tag is made below another, with a colour, and not twice', async (t) => {
  const { ann, bob, ask } = await startTestLibrary(t);
  const top = await ask(ann, 'POST', '/tags', { name: 'top', color: '#ff0000' });
  assert.deepEqual([top.status, top.json.color], [201, '#ff0000']);
  const below = await ask(ann, 'POST', '/tags', { name: 'below', parentId: top.json.id });
  assert.equal(below.json.value, 'top/below');
  assert.equal((await ask(ann, 'POST', '/tags', { name: 'top' })).status, 400);
  assert.equal((await ask(bob, 'POST', '/tags', { name: 'x', parentId: top.json.id })).status, 400);
  assert.equal((await ask(ann, 'PUT', `/tags/${top.json.id}`, { color: null })).json.color, undefined);
});

test('renaming a tag moves everything below it, but onto no other tag', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, ask } = library;
  const [trips] = await makeTags(library, 'trips', 'trips/lake/boat', 'tripsy', 'other');
  const renamed = await ask(ann, 'PUT', `/tags/${trips}`, { name: 'travels' });
  assert.deepEqual([renamed.status, renamed.json.value], [200, 'travels']);
  assert.deepEqual(valuesOf(await ask(ann, 'GET', '/tags')), [
    'other',
    'travels',
    'travels/lake',
    'travels/lake/boat',
    'tripsy',
  ]);
  assert.equal((await ask(ann, 'PUT', `/tags/${trips}`, { name: 'other' })).status, 400);
  assert.equal((await ask(ann, 'PUT', `/tags/${trips}`, { name: 'a/b' })).status, 400);
  assert.equal((await ask(ann, 'PUT', `/tags/${trips}`, { name: 'travels' })).status, 200);
});

test('a deleted tag takes those below it along and leaves the photos', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, bob, addAsset, ask } = library;
  const id = addAsset(ann.id);
  const [lake, family] = await makeTags(library, 'family/lake', 'family');
  await ask(ann, 'PUT', `/tags/${lake}/assets`, { ids: [id] });
  assert.equal((await ask(bob, 'DELETE', `/tags/${family}`)).status, 400);
  assert.equal((await ask(ann, 'DELETE', `/tags/${family}`)).status, 204);
  assert.deepEqual((await ask(ann, 'GET', '/tags')).json, []);
  assert.deepEqual((await ask(ann, 'GET', `/assets/${id}`)).json.tags, []);
});

test('photos get and lose tags, each with its own answer, and the owner’s pages hear of it', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, bob, addAsset, ask, heard } = library;
  const [a, b, others] = [addAsset(ann.id), addAsset(ann.id), addAsset(bob.id)];
  const [lake, home] = await makeTags(library, 'lake', 'home');
  const added = await ask(ann, 'PUT', `/tags/${lake}/assets`, { ids: [a, others, a] });
  assert.deepEqual(added.json, [
    { id: a, success: true },
    { id: others, success: false, error: 'no_permission' },
    { id: a, success: false, error: 'duplicate' },
  ]);
  assert.deepEqual(
    heard.filter(({ profile }) => profile !== 'v2').map(({ userId, name }) => [userId, name]),
    [[ann.id, 'on_asset_update']],
  );
  const both = { tagIds: [lake, home], assetIds: [a, b, others] };
  assert.deepEqual((await ask(ann, 'PUT', '/tags/assets', both)).json, { count: 2 });
  assert.deepEqual((await ask(ann, 'PUT', '/tags/assets', both)).json, { count: 0 });
  assert.deepEqual(valuesOf({ json: (await ask(ann, 'GET', `/assets/${a}`)).json.tags }), ['home', 'lake']);
  const removed = await ask(ann, 'DELETE', `/tags/${lake}/assets`, { ids: [b, others] });
  assert.deepEqual(removed.json, [
    { id: b, success: true },
    { id: others, success: false, error: 'no_permission' },
  ]);
  const again = await ask(ann, 'DELETE', `/tags/${lake}/assets`, { ids: [b] });
  assert.deepEqual(again.json, [{ id: b, success: false, error: 'not_found' }]);
  assert.equal((await ask(bob, 'PUT', '/tags/assets', { tagIds: [lake], assetIds: [others] })).status, 400);
});

test('search and timeline find what has a tag or one below it, all tags that are asked for, or none', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, bob, addAsset, ask } = library;
  const [a, b, plain] = [addAsset(ann.id), addAsset(ann.id), addAsset(ann.id)];
  addAsset(bob.id);
  const [lake, family, home] = await makeTags(library, 'family/lake', 'family', 'home');
  await ask(ann, 'PUT', `/tags/${lake}/assets`, { ids: [a] });
  await ask(ann, 'PUT', `/tags/${home}/assets`, { ids: [a, b] });
  const find = async (who: typeof ann, tagIds: unknown) =>
    (await ask(who, 'POST', '/search/metadata', { tagIds })).json.assets.items.map(
      (x: { id: string }) => x.id,
    );
  assert.deepEqual(await find(ann, [lake]), [a]);
  assert.deepEqual(await find(ann, [family]), [a]);
  assert.deepEqual(new Set(await find(ann, [home])), new Set([a, b]));
  assert.deepEqual(await find(ann, [home, family]), [a]);
  assert.deepEqual(await find(ann, null), [plain]);
  assert.deepEqual(await find(ann, [randomUUID()]), []);
  assert.deepEqual(await find(bob, [home]), []);
  assert.deepEqual((await ask(ann, 'POST', '/search/statistics', { tagIds: [home] })).json, { total: 2 });
  const { json } = await ask(ann, 'GET', `/timeline/buckets?tagId=${family}`);
  assert.deepEqual(json, [{ timeBucket: '2024-05-01', count: 1 }]);
  const month = await ask(ann, 'GET', `/timeline/bucket?tagId=${home}&timeBucket=2024-05-01`);
  assert.deepEqual(new Set(month.json.id), new Set([a, b]));
  assert.equal((await ask(bob, 'GET', `/timeline/buckets?tagId=${home}`)).status, 400);
});

test('a tag that is only in the locked folder is not named while that is closed', async (t) => {
  const library = await startTestLibrary(t);
  const { ann, addAsset, ask, db } = library;
  const [secret, open] = [addAsset(ann.id), addAsset(ann.id)];
  const [passport, papers] = await makeTags(library, 'papers/passport', 'papers', 'unused');
  await ask(ann, 'PUT', `/tags/${passport}/assets`, { ids: [secret] });
  await ask(ann, 'PUT', '/assets', { ids: [secret], visibility: 'locked' });
  assert.deepEqual(valuesOf(await ask(ann, 'GET', '/tags')), ['unused']);
  assert.equal((await ask(ann, 'GET', `/tags/${passport}`)).status, 400);
  assert.deepEqual((await ask(ann, 'POST', '/search/statistics', { tagIds: [papers] })).json, { total: 0 });
  assert.deepEqual((await ask(ann, 'GET', `/timeline/buckets?tagId=${papers}`)).json, []);
  // A photo in sight makes the names known again.
  await ask(ann, 'PUT', `/tags/${papers}/assets`, { ids: [open] });
  assert.deepEqual(valuesOf(await ask(ann, 'GET', '/tags')), ['papers', 'unused']);
  db.prepare('UPDATE session SET elevated_until = ?').run(Number.MAX_SAFE_INTEGER);
  assert.deepEqual(valuesOf(await ask(ann, 'GET', '/tags')), ['papers', 'papers/passport', 'unused']);
});
