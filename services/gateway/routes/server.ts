import { randomUUID } from 'node:crypto';
import { listExtensions } from '#contract/media-types';
import { isoInstant } from '#contract/primitives';
import { Problem } from '#contract/problems';
import { anyone, needs } from '#contract/scopes';
import {
  About,
  ApkLinks,
  Features,
  MediaTypes,
  Ping,
  ProtocolVersion,
  PublicConfig,
  ServerConfig,
  Statistics,
  Storage,
  UserConfig,
  VersionCheck,
  VersionHistory,
} from '#contract/server';
import { DEFAULT_SYSTEM_CONFIG, readSystemConfig } from '#contract/system-config-values';
import { Onboarding } from '#contract/users';
import { readPoolSpace } from '#storage/pool-space';
import type { GatewayApp } from '../app.ts';
import { clientProfile } from '../client-profile.ts';
import type { GatewayParts } from '../parts.ts';
import {
  features,
  MIN_FACES,
  protocolVersion,
  publicConfig,
  userConfig,
  versionText,
} from '../server-facts.ts';
import { sizeText } from '../size-text.ts';

/** What the box is and can do. */
export function serverRoutes(app: GatewayApp, parts: GatewayParts): void {
  const { queries, writer, now, config, layout } = parts;
  const settings = () => readSystemConfig(queries.settings.find('systemConfig'));
  const isOnboarded = () => queries.settings.find('adminOnboarding')?.isOnboarded ?? true;

  app.addHook('onReady', async () => {
    // Nobody waits for it: the writer's thread is still starting.
    writer.settings.noteVersion({ id: randomUUID(), version: versionText('v3'), now: now() }).catch(
      // Photos can be looked at while the drives can only be read; the version is noted at a later start.
      (error: unknown) => parts.log.warn({ err: error }, 'version not noted'),
    );
  });

  app.get(
    '/api/server/ping',
    { config: { access: anyone }, schema: { response: { 200: Ping } } },
    async () => ({ res: 'pong' as const }),
  );

  app.get(
    '/api/server/version',
    { config: { access: anyone }, schema: { response: { 200: ProtocolVersion } } },
    async ({ headers }) => protocolVersion(clientProfile(headers['user-agent'])),
  );

  app.get(
    '/api/server/about',
    { config: { access: needs('server.about') }, schema: { response: { 200: About } } },
    async ({ headers }) => ({
      version: `v${versionText(clientProfile(headers['user-agent']))}`,
      versionUrl: '/api/server/version',
      licensed: false,
      nodejs: process.version,
    }),
  );

  app.get(
    '/api/server/version-history',
    { config: { access: anyone }, schema: { response: { 200: VersionHistory } } },
    async () =>
      (queries.settings.find('versionHistory') ?? [])
        .toReversed()
        .map(({ id, version, createdAt }) => ({ id, version, createdAt: isoInstant(createdAt) })),
  );

  app.get(
    '/api/server/version-check',
    { config: { access: needs('server.versionCheck') }, schema: { response: { 200: VersionCheck } } },
    // The box asks nobody on the Internet for newer releases.
    async () => ({ checkedAt: null, releaseVersion: null }),
  );

  app.get(
    '/api/server/apk-links',
    { config: { access: needs('server.apkLinks') }, schema: { response: { 200: ApkLinks } } },
    async () => ({ arm64v8a: '', armeabiv7a: '', universal: '', x86_64: '' }),
  );

  app.get(
    '/api/server/license',
    { config: { access: needs('serverLicense.read', { admin: true }) } },
    async () => {
      throw new Problem('file_missing');
    },
  );

  app.get(
    '/api/server/features',
    { config: { access: anyone }, schema: { response: { 200: Features } } },
    async () => features(settings()),
  );

  app.get(
    '/api/server/config',
    { config: { access: anyone }, schema: { response: { 200: ServerConfig } } },
    async () => {
      const { server, trash, user } = settings();
      return {
        isInitialized: queries.users.hasAdmin(),
        isOnboarded: isOnboarded(),
        maintenanceMode: false,
        loginPageMessage: server.loginPageMessage,
        externalDomain: server.externalDomain,
        oauthButtonText: '',
        trashDays: trash.days,
        userDeleteDelay: user.deleteDelay,
        publicUsers: server.publicUsers,
        mapLightStyleUrl: '',
        mapDarkStyleUrl: '',
        minFaces: MIN_FACES,
      };
    },
  );

  for (const [path, config] of [
    ['', settings],
    ['/defaults', () => DEFAULT_SYSTEM_CONFIG],
  ] as const) {
    app.get(
      `/api/public/config${path}`,
      { config: { access: anyone }, schema: { response: { 200: PublicConfig } } },
      async () => publicConfig(config()),
    );

    app.get(
      `/api/config${path}`,
      { config: { access: needs('userConfig.read') }, schema: { response: { 200: UserConfig } } },
      async () => userConfig(config()),
    );
  }

  app.get(
    '/api/server/media-types',
    { config: { access: anyone }, schema: { response: { 200: MediaTypes } } },
    async () => ({
      image: listExtensions('image'),
      video: listExtensions('video'),
      sidecar: listExtensions('sidecar'),
    }),
  );

  app.get(
    '/api/server/storage',
    { config: { access: needs('server.storage') }, schema: { response: { 200: Storage } } },
    async () => {
      const space = await readPoolSpace(layout.poolDir, config.reservedBytes);
      return {
        diskSize: sizeText(space.totalBytes),
        diskUse: sizeText(space.usedBytes),
        diskAvailable: sizeText(space.availableBytes),
        diskSizeRaw: space.totalBytes,
        diskUseRaw: space.usedBytes,
        diskAvailableRaw: space.availableBytes,
        // Two decimals; an empty file system of size 0 is not used at all.
        diskUsagePercentage: Math.round((space.usedBytes / Math.max(1, space.totalBytes)) * 10_000) / 100,
      };
    },
  );

  app.get(
    '/api/server/statistics',
    {
      config: { access: needs('server.statistics', { admin: true }) },
      schema: { response: { 200: Statistics } },
    },
    async () => {
      const counts = new Map(queries.users.countAll().map((count) => [count.userId, count]));
      const usageByUser = queries.users.listAll().map((user) => ({
        userId: user.id,
        userName: user.name,
        photos: counts.get(user.id)?.images ?? 0,
        videos: counts.get(user.id)?.videos ?? 0,
        usage: user.usedBytes,
        usagePhotos: user.usedBytes - user.videoBytes,
        usageVideos: user.videoBytes,
        quotaSizeInBytes: user.quotaBytes,
      }));
      const sum = (field: 'photos' | 'videos' | 'usage' | 'usagePhotos' | 'usageVideos') =>
        usageByUser.reduce((total, user) => total + user[field], 0);
      return {
        photos: sum('photos'),
        videos: sum('videos'),
        usage: sum('usage'),
        usagePhotos: sum('usagePhotos'),
        usageVideos: sum('usageVideos'),
        usageByUser,
      };
    },
  );

  app.get(
    '/api/system-metadata/admin-onboarding',
    {
      config: { access: needs('systemMetadata.read', { admin: true }) },
      schema: { response: { 200: Onboarding } },
    },
    async () => ({ isOnboarded: isOnboarded() }),
  );

  app.post(
    '/api/system-metadata/admin-onboarding',
    {
      config: { access: needs('systemMetadata.update', { admin: true }) },
      schema: { body: Onboarding },
    },
    async ({ body }, reply) => {
      await writer.settings.setAdminOnboarding({ isOnboarded: body.isOnboarded, now: now() });
      return reply.code(204).send();
    },
  );
}
