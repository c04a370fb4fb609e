import { chmodSync, lstatSync, mkdirSync, unlinkSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';
import type { Logger } from './log.ts';

/** Longest line taken from a peer, in characters; events are ids and small objects, never photos. */
const LINE_LIMIT = 64 * 1024;

/** Most bytes waiting for a peer that has stopped reading; what comes on top is dropped. */
const BACKLOG_BYTES = 1024 * 1024;

/** Linux keeps 108 bytes for a socket's address, with its closing zero (unix(7)); Node adds nothing. */
const SOCKET_PATH_BYTES = 107;

const RECONNECT_FIRST_MS = 100;
const RECONNECT_LONGEST_MS = 5_000;

export interface PeerListener {
  /** Ends every connection and removes the socket file. */
  close(): Promise<void>;
}

export interface PeerConnection<Message> {
  /**
   * Hands one message to the peer. Dropped without a word while the peer is away or has stopped reading:
   * what matters is a row in the catalog, a message only saves the wait until the next look.
   */
  send(message: Message): void;
  close(): void;
}

/**
 * Listens on `socketPath` for messages of the other processes: one JSON value a line. The socket can be
 * used by this user only (mode 600); its folder is made if it is absent (mode 700). A file left there by a process that was killed is removed; if a
 * process still answers on it, or if it is no socket, this throws. A peer that sends a line that is too
 * long or no JSON is disconnected.
 */
export async function listenPeer<Message>(
  socketPath: string,
  onMessage: (message: Message) => void,
  { log }: { log?: Logger } = {},
): Promise<PeerListener> {
  if (Buffer.byteLength(socketPath) > SOCKET_PATH_BYTES)
    throw new Error(`the socket path is longer than ${SOCKET_PATH_BYTES} bytes: ${socketPath}`);
  mkdirSync(dirname(socketPath), { recursive: true, mode: 0o700 });
  await removeStaleSocket(socketPath);

  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    // A peer that was killed resets the connection; 'close' follows.
    socket.on('error', (error) => log?.debug({ err: error }, 'peer connection broke'));
    readLines(socket, (line) => {
      const message = parseMessage<Message>(line);
      if (message) onMessage(message.value);
      else {
        log?.warn('peer sent a line that is not JSON');
        socket.destroy();
      }
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => {
      server.off('error', reject);
      resolve();
    });
    // listen() makes the file before it returns. Not by the umask, which is the whole process's: what other
    // threads make at that moment would be closed to its owner as well.
    if (server.listening) chmodSync(socketPath, 0o600);
  });

  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of connections) socket.destroy();
      }),
  };
}

/**
 * Keeps a connection to the peer that listens on `socketPath`, now or later, and reconnects with growing
 * pauses for as long as it is not closed. Never throws because the peer is away and never keeps the
 * process alive. `onConnect` is called each time the peer is reached, to tell it what it may have missed.
 */
export function connectPeer<Message>(
  socketPath: string,
  { onConnect }: { onConnect?: (peer: PeerConnection<Message>) => void } = {},
): PeerConnection<Message> {
  let socket: Socket | undefined;
  let connected = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let pauseMs = RECONNECT_FIRST_MS;

  const peer: PeerConnection<Message> = {
    send: (message) => {
      if (!socket || !connected || socket.writableLength > BACKLOG_BYTES) return;
      socket.write(`${JSON.stringify(message)}\n`);
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      // What was sent is still delivered.
      if (connected) socket?.end();
      else socket?.destroy();
    },
  };

  const connect = () => {
    socket = createConnection(socketPath);
    socket.unref();
    socket.on('connect', () => {
      connected = true;
      pauseMs = RECONNECT_FIRST_MS;
      onConnect?.(peer);
    });
    // Nothing is expected back, but the end of the stream is only seen by who reads.
    socket.resume();
    // Any error means that the peer is away; 'close' follows and reconnects.
    socket.on('error', () => {});
    socket.on('close', () => {
      connected = false;
      if (closed) return;
      timer = setTimeout(connect, pauseMs);
      timer.unref();
      pauseMs = Math.min(pauseMs * 2, RECONNECT_LONGEST_MS);
    });
  };
  connect();
  return peer;
}

function readLines(socket: Socket, onLine: (line: string) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (socket.destroyed) return;
      if (line.length > LINE_LIMIT) socket.destroy();
      else if (line !== '') onLine(line);
    }
    if (rest.length > LINE_LIMIT) socket.destroy();
  });
}

function parseMessage<Message>(line: string): { value: Message } | undefined {
  try {
    return { value: JSON.parse(line) as Message };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function removeStaleSocket(socketPath: string): Promise<void> {
  const found = lstatSync(socketPath, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isSocket()) throw new Error(`there is something else where the socket belongs: ${socketPath}`);
  const answered = await new Promise<boolean>((resolve, reject) => {
    const probe = createConnection(socketPath);
    probe.on('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(false);
      else reject(error);
    });
  });
  if (answered) throw new Error(`another process already listens on ${socketPath}`);
  unlinkSync(socketPath);
}
