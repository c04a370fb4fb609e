import type { Features, ProtocolVersion } from '#contract/server';
import type { SystemConfig } from '#contract/system-config-values';
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

/** What clients are told of it; the owner may do without a trash or names of places. */
export const features = (config: SystemConfig): Features => ({
  ...FEATURES,
  trash: config.trash.enabled,
  reverseGeocoding: config.reverseGeocoding.enabled,
});

/** A person needs this many faces before they are shown (contract §8.5). */
export const MIN_FACES = 3;

/** What a client may know before anybody signs in. */
export const publicConfig = ({ server, theme }: SystemConfig) => ({
  oauth: { autoLaunch: FEATURES.oauthAutoLaunch, buttonText: '', enabled: FEATURES.oauth },
  passwordLogin: { enabled: FEATURES.passwordLogin },
  server: { loginPageMessage: server.loginPageMessage },
  theme: { customCss: theme.customCss },
});

/** What every user may know. Sizes of previews are those that ingest makes, in pixels of the shorter side. */
export const userConfig = (config: SystemConfig) => ({
  ...publicConfig(config),
  server: {
    externalDomain: config.server.externalDomain,
    loginPageMessage: config.server.loginPageMessage,
    publicUsers: config.server.publicUsers,
  },
  ffmpeg: { realtime: { enabled: FEATURES.realtimeTranscoding, resolutions: [], videoCodecs: [] } },
  image: { fullsize: { enabled: false }, preview: { size: 1440 }, thumbnail: { size: 250 } },
  machineLearning: {
    enabled: FEATURES.smartSearch || FEATURES.facialRecognition || FEATURES.ocr,
    clip: { enabled: FEATURES.smartSearch },
    duplicateDetection: { enabled: FEATURES.duplicateDetection },
    facialRecognition: { enabled: FEATURES.facialRecognition, minFaces: MIN_FACES },
    ocr: { enabled: FEATURES.ocr },
  },
  map: { enabled: FEATURES.map, lightStyle: '', darkStyle: '' },
  reverseGeocoding: { enabled: config.reverseGeocoding.enabled },
  trash: { days: config.trash.days, enabled: config.trash.enabled },
  user: { deleteDelay: config.user.deleteDelay },
});
