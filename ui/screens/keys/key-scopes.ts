import { SCOPES } from '#contract/scopes';

/** What most programs need; `chosen` is picked one by one. */
export type Preset = 'upload' | 'read' | 'all' | 'chosen';
export const PRESETS: readonly Preset[] = ['upload', 'read', 'all', 'chosen'];

/** Every permission that can be picked by itself. */
export const SINGLE_SCOPES: readonly string[] = SCOPES.filter((scope) => scope.includes('.'));

/** Finding out who asks and what is there, sending photos, and putting them into albums, stacks and under tags. */
const UPLOAD: readonly string[] = [
  'asset.upload',
  'asset.read',
  'asset.update',
  'asset.statistics',
  'album.create',
  'album.read',
  'album.update',
  'albumAsset.create',
  'stack.create',
  'tag.create',
  'tag.read',
  'tag.asset',
  'server.about',
  'server.statistics',
  'user.read',
];

/** Actions that only look. */
const LOOKS =
  /\.(read|view|download|statistics|search|about|storage|apkLinks|versionCheck|edit\.get|stream)$/;
/** Reading these is for those who look after the box or would hand out more than photos. */
const NOT_TO_LOOK_AT = /^(admin|apiKey|session|pinCode|backup|job|queue|workflow|plugin|system)/;

/** The permissions of a choice. */
export function scopesOf(preset: Preset, chosen: ReadonlySet<string>): readonly string[] {
  if (preset === 'all') return ['all'];
  if (preset === 'upload') return UPLOAD;
  if (preset === 'read')
    return SINGLE_SCOPES.filter((scope) => LOOKS.test(scope) && !NOT_TO_LOOK_AT.test(scope));
  return SINGLE_SCOPES.filter((scope) => chosen.has(scope));
}
