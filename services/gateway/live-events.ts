import { Server as HttpServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Server, Socket } from 'socket.io';
import { Problem } from '#contract/problems';
import { grants, type Scope } from '#contract/scopes';
import { type ClientProfile, clientProfile } from './client-profile.ts';
import type { Audience, Events } from './events.ts';
import { identify } from './identify.ts';
import type { GatewayParts } from './parts.ts';
import { protocolVersion } from './server-facts.ts';

/** Where the apps look for events (contract §5). */
const PATH = '/api/socket.io';

/** Clients send nothing but their hello and heart-beats. */
const MOST_BYTES_FROM_CLIENT = 10_000;

/** The page that signs itself out should be gone before it hears that its session is. */
const FAREWELL_MS = 500;

/** The longest time a Node timer can hold (2^31 - 1 ms); a session that lasts longer outlives any connection. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface LiveEvents extends Events {
  /** Takes over the websockets of this server and closes them before it does. Call before it listens. */
  attach(app: FastifyInstance): void;
}

/**
 * Live events over Socket.IO, by websocket only. The library is loaded when the first client connects: a box
 * that nobody looks at does without its memory.
 */
export function buildLiveEvents(parts: Pick<GatewayParts, 'queries' | 'writer' | 'now' | 'log'>): LiveEvents {
  let loading: Promise<Server> | undefined;
  let io: Server | undefined;
  let closed = false;
  let parseCookie: (header: string) => Record<string, string | undefined>;

  const open = async (): Promise<Server> => {
    const { Server } = await import('socket.io');
    // This server never listens: it only gives Socket.IO something to hold on to. What it would do to the real
    // one, replacing every listener for requests, would be undone by nobody.
    io = new Server(new HttpServer(), {
      path: PATH,
      serveClient: false,
      transports: ['websocket'],
      maxHttpBufferSize: MOST_BYTES_FROM_CLIENT,
      connectTimeout: 10_000,
      cleanupEmptyChildNamespaces: true,
    });
    io.on('connection', (socket) => welcome(socket));
    return io;
  };

  const welcome = (socket: Socket): void => {
    const { headers } = socket.request;
    try {
      const caller = identify(
        {
          method: 'GET',
          headers,
          query: socket.handshake.query,
          cookies: parseCookie(headers.cookie ?? ''),
        },
        parts,
        false,
      );
      const profile = clientProfile(headers['user-agent']);
      for (const scope of SCOPES)
        if (caller.kind !== 'key' || grants(caller.key.permissions, scope))
          void socket.join(roomOf(caller.user.id, profile, scope));
      if (caller.kind === 'key') void socket.join(caller.key.id);
      if (caller.kind === 'session') {
        void socket.join(caller.session.id);
        Object.assign(socket.data, { sessionId: caller.session.id } satisfies SocketData);
        endWithSession(socket, caller.session.expiresAt);
      }
      socket.emit('on_server_version', protocolVersion(profile));
    } catch (error) {
      // A drive that cannot be read is no reason to end the process, nor to tell anybody that they are signed out.
      if (error instanceof Problem && error.status < 500) socket.emit('error', 'unauthorized');
      else parts.log.error({ err: error }, 'live events refused');
      socket.disconnect(true);
    }
  };

  const endWithSession = (socket: Socket, expiresAt: number | null): void => {
    const remainsMs = (expiresAt ?? Infinity) - parts.now();
    if (remainsMs > LONGEST_TIMER_MS) return;
    const timer = setTimeout(() => socket.disconnect(true), remainsMs);
    timer.unref();
    socket.on('disconnect', () => clearTimeout(timer));
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // Until the library has it, a connection that breaks must not break the box.
    const ignore = () => socket.destroy();
    socket.on('error', ignore);
    // Not parsed as a URL: what is none would throw here, where nobody catches.
    const path = request.url?.split('?', 1)[0];
    if ((path !== PATH && path !== `${PATH}/`) || closed) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    loading ??= open();
    loading.then(
      ({ engine }) => {
        socket.off('error', ignore);
        if (closed || socket.destroyed) socket.destroy();
        else engine.handleUpgrade(request as Parameters<typeof engine.handleUpgrade>[0], socket, head);
      },
      (error: unknown) => {
        parts.log.error({ err: error }, 'live events could not be opened');
        socket.destroy();
      },
    );
  };

  // Before anybody has connected there is nobody to tell.
  const emit = (room: string, name: string, args: unknown[]): void => void io?.to(room).emit(name, ...args);

  const isUnlocked = ({ sessionId }: SocketData): boolean =>
    sessionId !== undefined && (parts.queries.sessions.findById(sessionId)?.elevatedUntil ?? 0) > parts.now();
  const to = (audience: Audience, name: string, args: unknown[]): void => {
    if (!io) return;
    const scope = READ_WITH[name] ?? 'asset.read';
    const rooms = (audience.profile ? [audience.profile] : PROFILES).map((profile) =>
      roomOf(audience.userId, profile, scope),
    );
    if (!audience.isUnlocked) {
      io.to(rooms).emit(name, ...args);
      return;
    }
    for (const socket of io.sockets.sockets.values())
      if (rooms.some((room) => socket.rooms.has(room)) && isUnlocked(socket.data as SocketData))
        socket.emit(name, ...args);
  };

  return {
    toUser: (userId, name, ...args) => to({ userId }, name, args),
    to: (audience, name, ...args) => to(audience, name, args),
    toSession: (sessionId, name, ...args) => emit(sessionId, name, args),
    toAll: (name, ...args) => void io?.emit(name, ...args),
    disconnectSession: (sessionId) => {
      if (!io) return;
      for (const socket of io.sockets.sockets.values()) {
        if (!socket.rooms.has(sessionId)) continue;
        for (const room of socket.rooms)
          if (room !== sessionId && room !== socket.id) void socket.leave(room);
      }
      setTimeout(() => {
        emit(sessionId, 'on_session_delete', [sessionId]);
        io?.in(sessionId).disconnectSockets(true);
      }, FAREWELL_MS).unref();
    },
    disconnectKey: (keyId) => void io?.in(keyId).disconnectSockets(true),
    attach: (app) => {
      parseCookie = (header) => app.parseCookie(header);
      app.server.on('upgrade', upgrade);
      app.addHook('preClose', async () => {
        closed = true;
        // Its own server never listened, so that closing it is all there is to wait for.
        if (loading)
          await new Promise<void>((resolve) => void loading?.then((io) => io.close(() => resolve())));
      });
    },
  };
}

/** What an API key has to be allowed to read to hear of it; of everything else, photos. */
const READ_WITH: Readonly<Record<string, Scope>> = {
  on_album_update: 'album.read',
  on_person_thumbnail: 'person.read',
  on_notification: 'notification.read',
  on_phone: 'session.read',
};
const SCOPES: readonly Scope[] = ['asset.read', ...new Set(Object.values(READ_WITH))];
const PROFILES: readonly ClientProfile[] = ['v2', 'v3'];

/** What is remembered of a connection. */
interface SocketData {
  /** Absent for API keys. */
  sessionId?: string;
}

const roomOf = (userId: string, profile: ClientProfile, scope: Scope): string =>
  `${userId}/${profile}/${scope}`;
