import type { TestContext } from 'node:test';
import { io, type Socket } from 'socket.io-client';

/** Where a websocket's upgrade carries a credential. */
export interface Carrier {
  headers?: Record<string, string>;
  query?: Record<string, string>;
}

export interface Listener {
  socket: Socket;
  /** What was heard, in order: the event's name and its arguments. */
  heard: unknown[][];
  /** Resolves with the arguments of the next event of this name, or of one that was heard already. */
  hear(name: string): Promise<unknown[]>;
  gone: Promise<unknown>;
}

/** Connects to the live events as a client would; disconnected with the test. */
export function listen(
  t: TestContext,
  gateway: { url: string },
  { headers = {}, query = {} }: Carrier,
): Listener {
  const socket = io(gateway.url, {
    path: '/api/socket.io',
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: headers,
    query,
  });
  t.after(() => void socket.disconnect());
  const heard: unknown[][] = [];
  socket.onAny((...event: unknown[]) => heard.push(event));
  return {
    socket,
    heard,
    gone: new Promise((resolve) => socket.once('disconnect', resolve)),
    hear: (name) =>
      new Promise((resolve) => {
        const found = heard.find(([known]) => known === name);
        if (found) resolve(found.slice(1));
        else socket.once(name, (...args: unknown[]) => resolve(args));
      }),
  };
}

/** As the app and the web page sign in. */
export const cookie = (user: { token: string }) => ({
  headers: { cookie: `immich_access_token=${user.token}` },
});
