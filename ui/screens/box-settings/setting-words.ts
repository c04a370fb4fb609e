import type { SettingField } from '#contract/appliance-settings';
import { text } from '../../text.ts';

/** What a setting is called. One that this page does not know yet is called by its key. */
export function settingLabel({ words, key }: Pick<SettingField, 'words' | 'key'>): string {
  return text.settings.box.fields[words]?.label ?? key;
}

/** What it does, what it may be, and what it is unless somebody changes it. */
export function settingHint(field: SettingField): string {
  const own = text.settings.box.fields[field.words]?.hint ?? '';
  const { limits, usually } = text.settings.box;
  const { unit, minimum, maximum } = field;
  const range =
    unit === 'days' && minimum !== undefined && maximum !== undefined ? limits(minimum, maximum) : '';
  const isChanged = field.value !== field.default;
  return [own, range, isChanged ? `${usually(valueWords(field, field.default))}.` : '']
    .filter(Boolean)
    .join(' ');
}

function valueWords({ unit }: SettingField, value: SettingField['value']): string {
  const { on, off, nothing, days } = text.settings.box;
  if (typeof value === 'boolean') return value ? on : off;
  if (typeof value === 'number') return unit === 'days' ? days(value) : String(value);
  return value === '' ? nothing : value;
}
