import { io } from 'socket.io-client';

export interface SocketListeners {
  onEvent: (event: string, payload: unknown) => void;
  /** The connection came up or went down. */
  onConnection: (isConnected: boolean) => void;
}

/** Opens the connection on which the box tells what happens. Returns what closes it. */
export function openSocket({ onEvent, onConnection }: SocketListeners): () => void {
  const socket = io({ path: '/api/socket.io', transports: ['websocket'] });
  socket.on('connect', () => onConnection(true));
  socket.on('disconnect', () => onConnection(false));
  socket.on('connect_error', () => onConnection(false));
  socket.onAny(onEvent);
  return () => {
    socket.disconnect();
  };
}
