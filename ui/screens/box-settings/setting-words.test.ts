import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listSettings } from '#contract/appliance-settings';
import { DEFAULT_SYSTEM_CONFIG } from '#contract/system-config-values';
import { text } from '../../text.ts';
import { settingHint, settingLabel } from './setting-words.ts';

test('every setting of the box has words of its own in both languages', async () => {
  const { de } = await import('../../text/de.ts');
  for (const { id, fields } of listSettings(DEFAULT_SYSTEM_CONFIG)) {
    assert.ok(text.settings.box.groups[id], id);
    assert.ok(de.settings.box.groups[id], id);
    for (const field of fields) {
      assert.notEqual(settingLabel(field), field.key);
      assert.ok(de.settings.box.fields[field.words], field.key);
    }
  }
});

test('a setting says its limits, and what it usually is once it was changed', () => {
  const fields = listSettings(DEFAULT_SYSTEM_CONFIG).flatMap((group) => group.fields);
  const days = fields.find(({ key }) => key === 'trash.days')!;
  assert.match(settingHint(days), /^Then they are gone for good\. From \d+ to [\d,]+ days\.$/);
  assert.match(settingHint({ ...days, value: 5 }), /Usually 30 days\.$/);
  const trash = fields.find(({ key }) => key === 'trash.enabled')!;
  assert.match(settingHint({ ...trash, value: false }), /Usually on\.$/);
});

test('a setting that a newer box has is called by its key', () => {
  assert.equal(settingLabel({ key: 'new.thing', words: 'settings.new.thing' }), 'new.thing');
});
