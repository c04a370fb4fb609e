import { type Static, type TObject, type TSchema, Type } from 'typebox';
import type { Reason } from './problem-reasons.ts';
import { MEANINGFUL } from './system-config.ts';
import { DEFAULT_SYSTEM_CONFIG } from './system-config-values.ts';

export type SettingValue = boolean | number | string;

/**
 * Settings that do something in this release, in the order and the groups of the settings page. Their kinds and
 * limits are those of the schema that also checks `/system-config`.
 */
const PAGE: Readonly<Record<string, readonly string[]>> = {
  privacy: ['reverseGeocoding.enabled', 'nightlyTasks.generateMemories', 'server.publicUsers'],
  trash: ['trash.enabled', 'trash.days', 'user.deleteDelay'],
  sharing: ['server.externalDomain', 'server.loginPageMessage'],
  folders: ['library.scan.enabled'],
};

const Value = Type.Union([Type.Boolean(), Type.Integer(), Type.String()]);

/** One setting: how it is drawn, and what it is. */
export const SettingField = Type.Object({
  /** Its path in the system's configuration. */
  key: Type.String(),
  kind: Type.Union([Type.Literal('switch'), Type.Literal('number'), Type.Literal('text')]),
  /** Where its words are in a UI's texts. */
  words: Type.String(),
  value: Value,
  default: Value,
  /** Of numbers. */
  minimum: Type.Optional(Type.Integer()),
  maximum: Type.Optional(Type.Integer()),
  unit: Type.Optional(Type.Literal('days')),
  /** Of texts, in characters; and what they look like. */
  maxLength: Type.Optional(Type.Integer()),
  pattern: Type.Optional(Type.String()),
});
export type SettingField = Static<typeof SettingField>;

export const SettingGroups = Type.Array(
  Type.Object({ id: Type.String(), words: Type.String(), fields: Type.Array(SettingField) }),
);
export type SettingGroups = Static<typeof SettingGroups>;

export const settingParams = Type.Object({ key: Type.String({ maxLength: 100 }) });
export const SettingBody = Type.Object({ value: Value });

/** The page with the values that `config` has. */
export const listSettings = (config: object): SettingGroups =>
  Object.entries(PAGE).map(([id, keys]) => ({
    id,
    words: `settings.${id}`,
    fields: keys.map((key) => ({
      key,
      words: `settings.${key}`,
      value: readLeaf(config, key),
      default: readLeaf(DEFAULT_SYSTEM_CONFIG, key),
      ...describe(schemaOf(key)),
      ...(NUMBERS_OF_DAYS.includes(key) && { unit: 'days' as const }),
    })),
  }));

const NUMBERS_OF_DAYS: readonly string[] = ['trash.days', 'user.deleteDelay'];

/** What is wrong with a value for a setting; undefined when nothing is. */
export function findSettingFault(field: SettingField, value: SettingValue): Reason | undefined {
  const { kind, minimum = 0, maximum = Number.MAX_SAFE_INTEGER, maxLength = Infinity, pattern } = field;
  if (kind === 'switch') return typeof value === 'boolean' ? undefined : { why: 'setting_switch' };
  if (kind === 'number') {
    const isInside = typeof value === 'number' && value >= minimum && value <= maximum;
    return isInside ? undefined : { why: 'setting_number', minimum, maximum };
  }
  if (typeof value !== 'string') return { why: 'setting_text' };
  if (value.length > maxLength) return { why: 'setting_length', maxLength };
  const fits = pattern === undefined || new RegExp(pattern, 'u').test(value);
  return fits ? undefined : { why: 'setting_address' };
}

/** What of a leaf's schema a page needs. */
function describe(schema: TSchema) {
  const { type, minimum, maximum, maxLength, pattern } = schema as TSchema & {
    type: 'boolean' | 'integer' | 'string';
    minimum?: number;
    maximum?: number;
    maxLength?: number;
    pattern?: string;
  };
  const kind = { boolean: 'switch', integer: 'number', string: 'text' } as const;
  return {
    kind: kind[type],
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(maxLength !== undefined && { maxLength }),
    ...(pattern !== undefined && { pattern }),
  };
}

function schemaOf(key: string): TSchema {
  let schema: TSchema | undefined = Type.Object(MEANINGFUL as Record<string, TObject>);
  for (const name of key.split('.')) schema = (schema as TObject | undefined)?.properties[name];
  if (!schema) throw new Error(`the setting ${key} has no schema`);
  return schema;
}

function readLeaf(config: object, key: string): SettingValue {
  let value: unknown = config;
  for (const name of key.split('.')) value = (value as Record<string, unknown>)[name];
  return value as SettingValue;
}
