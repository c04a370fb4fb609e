import {
  findSettingFault,
  listSettings,
  SettingBody,
  SettingField,
  SettingGroups,
  settingParams,
} from '#contract/appliance-settings';
import { Problem } from '#contract/problems';
import { needs } from '#contract/scopes';
import { readSystemConfig } from '#contract/system-config-values';
import type { GatewayApp } from '../app.ts';
import type { GatewayParts } from '../parts.ts';

/** The settings that do something on this box, for a page that is drawn from them. */
export function applianceSettingRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, events, now } = parts;
  const list = () => listSettings(readSystemConfig(queries.settings.find('systemConfig')));
  const find = (key: string) =>
    list()
      .flatMap(({ fields }) => fields)
      .find((field) => field.key === key);

  app.get(
    '/api/appliance/settings',
    {
      config: { access: needs('systemConfig.read', { admin: true }) },
      schema: { response: { 200: SettingGroups } },
    },
    async () => list(),
  );

  app.put(
    '/api/appliance/settings/:key',
    {
      config: { access: needs('systemConfig.update', { admin: true }) },
      schema: { params: settingParams, body: SettingBody, response: { 200: SettingField } },
    },
    async ({ params: { key }, body: { value } }) => {
      const field = find(key);
      if (!field) throw new Problem('setting_unknown', { key });
      const fault = findSettingFault(field, value);
      if (fault) throw new Problem('setting_value', { ...fault });
      await writer.settings.patchSystemConfig({ leaves: { [key]: value }, now: now() });
      events.toAll('on_config_update');
      return { ...field, value };
    },
  );
}
