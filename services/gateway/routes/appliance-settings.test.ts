import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SettingField, SettingGroups } from '#contract/appliance-settings';
import { DEFAULT_SYSTEM_CONFIG } from '#contract/system-config-values';
import { startTestLibrary } from '#test/fixtures/library';

test('every setting tells how it is drawn, and is kept when it is changed', async (t) => {
  const { ann, ask } = await startTestLibrary(t);
  const groups: SettingGroups = (await ask(ann, 'GET', '/appliance/settings')).json;
  const fields = groups.flatMap(({ fields }) => fields);
  assert.ok(fields.length >= 8);
  const next = ({ kind, value, minimum = 0 }: SettingField) =>
    kind === 'switch' ? !value : kind === 'number' ? minimum + 1 : 'https://photos.example.org';
  for (const field of fields) {
    assert.deepEqual(field.value, field.default, field.key);
    const answer = await ask(ann, 'PUT', `/appliance/settings/${field.key}`, { value: next(field) });
    assert.deepEqual(answer.json, { ...field, value: next(field) });
  }
  const after: SettingGroups = (await ask(ann, 'GET', '/appliance/settings')).json;
  assert.deepEqual(
    after.flatMap(({ fields }) => fields.map(({ value }) => value)),
    fields.map(next),
  );
  const config = (await ask(ann, 'GET', '/system-config')).json;
  assert.deepEqual(config.trash, { enabled: false, days: 1 });
  assert.deepEqual(config.ffmpeg, DEFAULT_SYSTEM_CONFIG.ffmpeg, 'everything else is as it was');
});

test('a number has its limits, a text its form, and a kind is not another', async (t) => {
  const { ann, bob, ask } = await startTestLibrary(t);
  const put = async (key: string, value: unknown) => {
    const { status, json } = await ask(ann, 'PUT', `/appliance/settings/${key}`, { value });
    return status === 200 ? 'ok' : `${status} ${json.code}`;
  };
  const days = (await ask(ann, 'GET', '/appliance/settings')).json
    .flatMap(({ fields }: SettingGroups[number]) => fields)
    .find(({ key }: SettingField) => key === 'trash.days');
  assert.deepEqual([days.kind, days.unit, days.minimum, days.maximum], ['number', 'days', 0, 36_500]);
  assert.equal(await put('trash.days', 36_500), 'ok');
  for (const value of [-1, 36_501, '30', true])
    assert.equal(await put('trash.days', value), '400 setting_value');
  assert.equal(await put('trash.days', 1.5), '400 validation');
  assert.equal(await put('trash.days', null), '400 validation');
  assert.equal(await put('trash.enabled', 1), '400 setting_value');
  assert.equal(await put('server.externalDomain', ''), 'ok');
  assert.equal(await put('server.externalDomain', 'javascript:alert(1)'), '400 setting_value');
  assert.equal(await put('server.loginPageMessage', 'x'.repeat(10_001)), '400 setting_value');
  // What has no effect on this box cannot be set here, and neither can what is no setting.
  for (const key of ['ffmpeg.crf', 'trash', 'trash.days.x', '__proto__.x', 'constructor'])
    assert.equal(await put(key, 1), '404 setting_unknown', key);
  assert.equal((await ask(bob, 'GET', '/appliance/settings')).status, 403);
  assert.equal((await ask(bob, 'PUT', '/appliance/settings/trash.days', { value: 1 })).status, 403);
});
