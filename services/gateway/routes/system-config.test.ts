import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AdminConfigDto } from '@immich/sdk';
import { DEFAULT_SYSTEM_CONFIG, type SystemConfig } from '#contract/system-config-values';
import { NOON, startTestLibrary } from '#test/fixtures/library';

/** A published type with every choice of texts or numbers as any text or number: our defaults are not literals. */
type Loose<Type> = Type extends string
  ? string
  : Type extends number
    ? number
    : Type extends readonly (infer Item)[]
      ? Loose<Item>[]
      : Type extends object
        ? { [Key in keyof Type]: Loose<Type[Key]> }
        : Type;

// The type check of this line is the test that no leaf is missing.
const published: Loose<AdminConfigDto> = DEFAULT_SYSTEM_CONFIG;

test('settings are one object that comes back as it was sent, under both of its names', async (t) => {
  const { ann, bob, ask } = await startTestLibrary(t);
  for (const path of [
    '/system-config',
    '/system-config/defaults',
    '/admin/config',
    '/admin/config/defaults',
  ]) {
    assert.deepEqual((await ask(ann, 'GET', path)).json, published, path);
    assert.equal((await ask(bob, 'GET', path)).status, 403, path);
  }
  const changed = structuredClone(DEFAULT_SYSTEM_CONFIG) as SystemConfig & Record<string, unknown>;
  changed.trash.days = 10;
  changed.ffmpeg.acceptedAudioCodecs = ['aac'];
  Object.assign(changed.ffmpeg, { somethingNew: { deep: [1, 2] } });
  changed['groupOfTomorrow'] = { leaf: true };
  assert.deepEqual((await ask(ann, 'PUT', '/system-config', changed)).json, changed);
  assert.deepEqual((await ask(ann, 'GET', '/admin/config')).json, changed);
  assert.deepEqual((await ask(ann, 'GET', '/system-config/defaults')).json, published);
  assert.equal((await ask(bob, 'PUT', '/system-config', changed)).status, 403);

  for (const wrong of [
    { ...changed, user: undefined },
    { ...changed, trash: { days: -1, enabled: true } },
    { ...changed, server: { ...changed.server, externalDomain: 'javascript:alert(1)' } },
    { ...changed, theme: 'red' },
  ])
    assert.equal((await ask(ann, 'PUT', '/admin/config', wrong)).json.code, 'validation');
  assert.deepEqual((await ask(ann, 'GET', '/admin/config')).json, changed);
  const options = (await ask(ann, 'GET', '/system-config/storage-template-options')).json;
  assert.ok(options.presetOptions.includes(DEFAULT_SYSTEM_CONFIG.storageTemplate.template));
});

test('what clients are told of the box follows its settings', async (t) => {
  const { ann, bob, ask, call, url, addAsset } = await startTestLibrary(t);
  const set = async (change: (config: SystemConfig) => void) => {
    const config = structuredClone(DEFAULT_SYSTEM_CONFIG);
    change(config);
    assert.equal((await ask(ann, 'PUT', '/system-config', config)).status, 200);
  };
  await set((config) => {
    config.server = { externalDomain: 'https://photos.example', loginPageMessage: 'Hi', publicUsers: false };
    config.trash.days = 5;
    config.user.deleteDelay = 2;
    config.theme.customCss = 'p { color: red }';
  });
  const { json: server } = await ask(bob, 'GET', '/server/config');
  assert.deepEqual(
    [
      server.externalDomain,
      server.loginPageMessage,
      server.publicUsers,
      server.trashDays,
      server.userDeleteDelay,
    ],
    ['https://photos.example', 'Hi', false, 5, 2],
  );
  const { json: config } = await ask(bob, 'GET', '/config');
  assert.deepEqual(config.trash, { days: 5, enabled: true });
  assert.deepEqual((await ask(bob, 'GET', '/public/config')).json.server, { loginPageMessage: 'Hi' });
  assert.equal((await ask(bob, 'GET', '/public/config/defaults')).json.server.loginPageMessage, '');
  assert.equal(await (await fetch(`${url}/custom.css`)).text(), 'p { color: red }');
  const seen = async (who: typeof ann) =>
    (await ask(who, 'GET', '/users')).json.map(({ id }: { id: string }) => id);
  assert.deepEqual(await seen(bob), [bob.id]);
  assert.equal((await seen(ann)).length, 2);

  assert.equal((await ask(ann, 'GET', '/server/features')).json.trash, true);
  await set((config) => {
    config.trash.enabled = false;
  });
  assert.equal((await ask(ann, 'GET', '/server/features')).json.trash, false);
  const id = addAsset(ann.id);
  assert.equal((await call(ann, 'DELETE', '/assets', { ids: [id] })).status, 204);
  assert.equal((await ask(ann, 'GET', `/assets/${id}`)).status, 400);
});

test('a deleted account can come back for as many days as the settings say', async (t) => {
  const { ann, bob, ask, db } = await startTestLibrary(t);
  const config = { ...DEFAULT_SYSTEM_CONFIG, user: { deleteDelay: 2 } };
  await ask(ann, 'PUT', '/admin/config', config);
  await ask(ann, 'DELETE', `/admin/users/${bob.id}`, {});
  const purgeAt = db.prepare('SELECT purge_at FROM user WHERE id = ?').pluck().get(bob.id);
  assert.equal(purgeAt, NOON + 2 * 86_400_000);
});
