import type { FastifyInstance } from 'fastify';
import type { AlbumResponse } from '#contract/albums';
import type { AssetResponse } from '#contract/assets';
import { clientProfile } from '../client-profile.ts';

/**
 * Answers apps of 2.7 in their dialect (contract §1.6): every asset and every album in an answer, wherever it
 * stands, has the fields that those apps cannot do without, and none that they cannot read. Routes know only
 * the dialect of 3.x, from which all of it follows.
 */
export function speakOldDialect(app: FastifyInstance): void {
  app.addHook('preSerialization', async (request, reply, payload) => {
    if (clientProfile(request.headers['user-agent']) !== 'v2') return payload;
    // The route's schema describes the other dialect.
    reply.serializer((body: unknown) => JSON.stringify(body));
    return inOldDialect(payload);
  });
}

/** An answer, or what a live event tells, as apps of 2.7 read it. */
export function inOldDialect(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOldDialect);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, inOldDialect(inner)] as const);
  const translated = Object.fromEntries(entries);
  if (isAsset(translated)) return oldAsset(translated);
  return isAlbum(translated) ? oldAlbum(translated) : translated;
}

const isAsset = (value: object): value is AssetResponse =>
  'originalFileName' in value && 'checksum' in value && 'duration' in value;

const isAlbum = (value: object): value is AlbumResponse & { assets?: unknown[] } =>
  'albumName' in value && 'albumUsers' in value;

const oldAsset = (asset: AssetResponse) => ({
  ...asset,
  // The app matches its own photos by checksum; it only insists on there being something.
  deviceAssetId: asset.id,
  deviceId: '',
  duration: durationText(asset.duration ?? 0),
});

/** The owner stands beside the people it is shared with; `owner` as a role would end the app. */
function oldAlbum(album: AlbumResponse & { assets?: unknown[] }) {
  const owner = album.albumUsers.find(({ role }) => role === 'owner')!.user;
  return {
    ...album,
    owner,
    ownerId: owner.id,
    albumUsers: album.albumUsers.filter(({ role }) => role !== 'owner'),
    assets: album.assets ?? [],
  };
}

/** `1:02:03.00400`; stills have `0:00:00.00000`. */
function durationText(ms: number): string {
  const two = (number: number) => String(Math.floor(number) % 60).padStart(2, '0');
  const fraction = `${String(ms % 1000).padStart(3, '0')}00`;
  return `${Math.floor(ms / 3_600_000)}:${two(ms / 60_000)}:${two(ms / 1000)}.${fraction}`;
}
