import type { Features, ProtocolVersion } from '#contract/server';
import type { ClientProfile } from './client-profile.ts';

/** What we speak; never 3.3 or above before its new types exist (contract §1.4). */
const PROTOCOLS: Record<ClientProfile, ProtocolVersion> = {
  v3: { major: 3, minor: 2, patch: 2, prerelease: null },
  v2: { major: 2, minor: 7, patch: 5, prerelease: null },
};

/** The version that a client of this dialect is told. */
export const protocolVersion = (profile: ClientProfile): ProtocolVersion => PROTOCOLS[profile];

/** `3.2.2` */
export const versionText = (profile: ClientProfile): string => {
  const { major, minor, patch } = PROTOCOLS[profile];
  return `${major}.${minor}.${patch}`;
};

/** What this release can do; a part that is not built yet is not announced. */
export const FEATURES: Features = {
  passwordLogin: true,
  trash: true,
  search: true,
  sidecar: true,
  map: false,
  reverseGeocoding: true,
  smartSearch: false,
  facialRecognition: false,
  duplicateDetection: false,
  ocr: false,
  importFaces: false,
  oauth: false,
  oauthAutoLaunch: false,
  configFile: false,
  email: false,
  realtimeTranscoding: false,
};

/** Days after which what lies in the trash is removed, and a deleted account's photos may be. */
export const TRASH_DAYS = 30;
export const USER_DELETE_DAYS = 7;

/** A person needs this many faces before they are shown (contract §8.5). */
export const MIN_FACES = 3;
