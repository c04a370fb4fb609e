import { needs, type Scope } from '#contract/scopes';
import { StorageTemplateOptions, SystemConfigBody } from '#contract/system-config';
import { DEFAULT_SYSTEM_CONFIG, readSystemConfig } from '#contract/system-config-values';
import type { GatewayApp } from '../app.ts';
import type { GatewayParts } from '../parts.ts';

/** Parts of a date by their names in templates (those of the Luxon library, which the web's page explains). */
const TEMPLATE_OPTIONS = {
  yearOptions: ['y', 'yy'],
  monthOptions: ['M', 'MM', 'MMM', 'MMMM'],
  weekOptions: ['W', 'WW'],
  dayOptions: ['d', 'dd'],
  hourOptions: ['h', 'hh', 'H', 'HH'],
  minuteOptions: ['m', 'mm'],
  secondOptions: ['s', 'ss', 'SSS'],
  // The one way in which this box lays out photos.
  presetOptions: [DEFAULT_SYSTEM_CONFIG.storageTemplate.template],
};

/** Settings of the box, for administrators, under their name of 2.x and that of 3.2. */
export function systemConfigRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, events, now } = parts;
  const read = () => readSystemConfig(queries.settings.find('systemConfig'));

  for (const [url, group] of [
    ['/api/system-config', 'systemConfig'],
    ['/api/admin/config', 'adminConfig'],
  ] as const) {
    const access = (scope: Scope) => needs(scope, { admin: true });
    app.get(
      url,
      { config: { access: access(`${group}.read`) }, schema: { response: { 200: SystemConfigBody } } },
      async () => read(),
    );

    app.get(
      `${url}/defaults`,
      { config: { access: access(`${group}.read`) }, schema: { response: { 200: SystemConfigBody } } },
      async () => DEFAULT_SYSTEM_CONFIG,
    );

    app.put(
      url,
      {
        config: { access: access(`${group}.update`) },
        schema: { body: SystemConfigBody, response: { 200: SystemConfigBody } },
      },
      async ({ body }) => {
        await writer.settings.setSystemConfig({ config: body, now: now() });
        events.toAll('on_config_update');
        return read();
      },
    );
  }

  app.get(
    '/api/system-config/storage-template-options',
    {
      config: { access: needs('systemConfig.read', { admin: true }) },
      schema: { response: { 200: StorageTemplateOptions } },
    },
    async () => TEMPLATE_OPTIONS,
  );
}
