import type { SettingField, SettingGroups, SettingValue } from '#contract/appliance-settings';
import type { Api } from '../api.ts';

export function listSettings(api: Api): Promise<SettingGroups> {
  return api.get('/appliance/settings');
}

export function changeSetting(api: Api, key: string, value: SettingValue): Promise<SettingField> {
  return api.put(`/appliance/settings/${key}`, { value });
}
