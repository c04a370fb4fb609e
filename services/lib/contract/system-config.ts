import { type TObject, Type } from 'typebox';
import { DEFAULT_SYSTEM_CONFIG, type SystemConfig } from './system-config-values.ts';

/** Groups whose leaves mean something here; a leaf with no meaning here is kept as it comes. */
export const MEANINGFUL: Partial<Record<keyof SystemConfig, TObject>> = {
  server: Type.Object({
    externalDomain: Type.String({ maxLength: 2_000, pattern: '^(https?://.*)?$' }),
    loginPageMessage: Type.String({ maxLength: 10_000 }),
    publicUsers: Type.Boolean(),
  }),
  theme: Type.Object({ customCss: Type.String({ maxLength: 100_000 }) }),
  library: Type.Object({ scan: Type.Object({ enabled: Type.Boolean() }) }),
  nightlyTasks: Type.Object({ generateMemories: Type.Boolean() }),
  reverseGeocoding: Type.Object({ enabled: Type.Boolean() }),
  // A hundred years is for ever.
  trash: Type.Object({ days: Type.Integer({ minimum: 0, maximum: 36_500 }), enabled: Type.Boolean() }),
  user: Type.Object({ deleteDelay: Type.Integer({ minimum: 1, maximum: 36_500 }) }),
};

const Group = Type.Object({});

/**
 * All settings as one object (contract §8.8): every group must be there, as the web's pages send them. Leaves that
 * mean nothing here are stored as they came.
 */
export const SystemConfigBody = Type.Object(
  Object.fromEntries(
    Object.keys(DEFAULT_SYSTEM_CONFIG).map((name) => [name, MEANINGFUL[name as keyof SystemConfig] ?? Group]),
  ) as Record<keyof SystemConfig, TObject>,
  { keepsUnknown: true },
);

const Options = Type.Array(Type.String());

/** What a storage template may be made of, for the web's page about it. */
export const StorageTemplateOptions = Type.Object({
  dayOptions: Options,
  hourOptions: Options,
  minuteOptions: Options,
  monthOptions: Options,
  presetOptions: Options,
  secondOptions: Options,
  weekOptions: Options,
  yearOptions: Options,
});
