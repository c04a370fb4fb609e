import { hostname } from 'node:os';
import type { BoxIdentity } from '#catalog/settings';
import { Problem } from '#contract/problems';
import type { GatewayParts } from './parts.ts';

/**
 * Node goes on telling the name that a zone had first (CLDR's rule). In the tz database, and on a Debian without the
 * package tzdata-legacy, these have the name that people now write.
 */
const RENAMED: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};
const presentName = (zone: string): string => RENAMED[zone] ?? zone;

/** What the owner calls the box and where it stands; what the system has until they have said. */
export function boxIdentity({ queries }: Pick<GatewayParts, 'queries'>): BoxIdentity {
  return (
    queries.settings.find('box') ?? {
      name: hostLabel(hostname()),
      timeZone: presentName(Intl.DateTimeFormat().resolvedOptions().timeZone),
    }
  );
}

/** The calendar day, `YYYY-MM-DD`, of an instant (Unix ms) where the box stands. */
export const boxDay = (parts: Pick<GatewayParts, 'queries'>, at: number): string =>
  // Sweden writes dates as ISO 8601 does.
  new Date(at).toLocaleDateString('sv-SE', { timeZone: boxIdentity(parts).timeZone });

/** The name as the tz database writes it, also when its letters came in another case; throws `time_zone_unknown`. */
export function requireTimeZone(name: string): string {
  // Offsets such as `+02:00` are no zones: they have no summer time.
  if (/^[A-Za-z]/.test(name)) {
    try {
      return presentName(new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  throw new Problem('time_zone_unknown', { timeZone: name });
}

/** All zones that can be chosen, in the order of their names. */
export const listTimeZones = (): string[] =>
  [...Intl.supportedValuesOf('timeZone').map(presentName), 'UTC'].sort();

/** The system's name where it is one label; a name that nobody chose otherwise. */
const hostLabel = (name: string): string =>
  /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(name) && name !== 'localhost' ? name.toLowerCase() : 'shoebox';
