import { type Static, Type } from 'typebox';
import { Id, Instant, Nullable } from './primitives.ts';

/** A version of the protocol that we speak (contract §1.4). */
export interface ProtocolVersion {
  major: number;
  minor: number;
  patch: number;
  prerelease: null;
}
export const ProtocolVersion = Type.Object({
  major: Type.Integer(),
  minor: Type.Integer(),
  patch: Type.Integer(),
  prerelease: Type.Null(),
});

export const Ping = Type.Object({ res: Type.Literal('pong') });

export const WellKnown = Type.Object({ api: Type.Object({ endpoint: Type.String() }) });

export const About = Type.Object({
  version: Type.String(),
  versionUrl: Type.String(),
  licensed: Type.Boolean(),
  nodejs: Type.String(),
});

export const VersionHistory = Type.Array(Type.Object({ id: Id, createdAt: Instant, version: Type.String() }));

export const VersionCheck = Type.Object({
  checkedAt: Nullable(Instant),
  releaseVersion: Nullable(Type.String()),
});

export const ApkLinks = Type.Object({
  arm64v8a: Type.String(),
  armeabiv7a: Type.String(),
  universal: Type.String(),
  x86_64: Type.String(),
});

export const MediaTypes = Type.Object({
  image: Type.Array(Type.String()),
  video: Type.Array(Type.String()),
  sidecar: Type.Array(Type.String()),
});

/** Sizes for people (`1.8 TiB`) and in bytes (`…Raw`). */
export const Storage = Type.Object({
  diskSize: Type.String(),
  diskUse: Type.String(),
  diskAvailable: Type.String(),
  diskSizeRaw: Type.Integer(),
  diskUseRaw: Type.Integer(),
  diskAvailableRaw: Type.Integer(),
  diskUsagePercentage: Type.Number(),
});

const usage = {
  photos: Type.Integer(),
  videos: Type.Integer(),
  /** Bytes, as are the next two. */
  usage: Type.Integer(),
  usagePhotos: Type.Integer(),
  usageVideos: Type.Integer(),
};
export const Statistics = Type.Object({
  ...usage,
  usageByUser: Type.Array(
    Type.Object({
      userId: Id,
      userName: Type.String(),
      ...usage,
      quotaSizeInBytes: Nullable(Type.Integer()),
    }),
  ),
});

const flag = Type.Boolean();

/** What this box can do; clients hide what is false (contract §8.5). */
export const Features = Type.Object({
  passwordLogin: flag,
  trash: flag,
  search: flag,
  sidecar: flag,
  map: flag,
  reverseGeocoding: flag,
  smartSearch: flag,
  facialRecognition: flag,
  duplicateDetection: flag,
  ocr: flag,
  importFaces: flag,
  oauth: flag,
  oauthAutoLaunch: flag,
  configFile: flag,
  email: flag,
  realtimeTranscoding: flag,
});
export type Features = Static<typeof Features>;

export const ServerConfig = Type.Object({
  isInitialized: flag,
  isOnboarded: flag,
  maintenanceMode: flag,
  loginPageMessage: Type.String(),
  externalDomain: Type.String(),
  oauthButtonText: Type.String(),
  trashDays: Type.Integer(),
  userDeleteDelay: Type.Integer(),
  publicUsers: flag,
  mapLightStyleUrl: Type.String(),
  mapDarkStyleUrl: Type.String(),
  minFaces: Type.Integer(),
});

const enabled = Type.Object({ enabled: flag });
const oauth = Type.Object({ autoLaunch: flag, buttonText: Type.String(), enabled: flag });
const theme = Type.Object({ customCss: Type.String() });

/** What a client may know before anybody signs in. */
export const PublicConfig = Type.Object({
  oauth,
  passwordLogin: enabled,
  server: Type.Object({ loginPageMessage: Type.String() }),
  theme,
});

/** What every user may know. */
export const UserConfig = Type.Object({
  oauth,
  passwordLogin: enabled,
  theme,
  server: Type.Object({
    externalDomain: Type.String(),
    loginPageMessage: Type.String(),
    publicUsers: flag,
  }),
  ffmpeg: Type.Object({
    realtime: Type.Object({
      enabled: flag,
      // None: videos are not converted while somebody watches.
      resolutions: Type.Array(Type.Never(), { maxItems: 0 }),
      videoCodecs: Type.Array(Type.Never(), { maxItems: 0 }),
    }),
  }),
  image: Type.Object({
    fullsize: enabled,
    preview: Type.Object({ size: Type.Integer() }),
    thumbnail: Type.Object({ size: Type.Integer() }),
  }),
  machineLearning: Type.Object({
    enabled: flag,
    clip: enabled,
    duplicateDetection: enabled,
    facialRecognition: Type.Object({ enabled: flag, minFaces: Type.Integer() }),
    ocr: enabled,
  }),
  map: Type.Object({ enabled: flag, lightStyle: Type.String(), darkStyle: Type.String() }),
  reverseGeocoding: enabled,
  trash: Type.Object({ days: Type.Integer(), enabled: flag }),
  user: Type.Object({ deleteDelay: Type.Integer() }),
});
