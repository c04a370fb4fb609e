import { io } from 'socket.io-client';

export interface LiveEvents {
  /** An asset is new or changed; the first day of its month. */
  onAsset: (month: string) => void;
  /** Assets came or went in months the event does not name. */
  onManyAssets: () => void;
  onSessionEnd: () => void;
  /** The connection came up or went down. */
  onConnection: (isConnected: boolean) => void;
}

/**
 * Listens to the box until the returned function is called. Loaded as a chunk of its own,
 * because the page is useful before and without it.
 */
export function listen(events: LiveEvents): () => void {
  const socket = io({ path: '/api/socket.io', transports: ['websocket'] });
  const onAsset = (asset: { localDateTime: string }) =>
    events.onAsset(`${asset.localDateTime.slice(0, 7)}-01`);

  socket.on('connect', () => events.onConnection(true));
  socket.on('disconnect', () => events.onConnection(false));
  socket.on('connect_error', () => events.onConnection(false));
  socket.on('on_upload_success', onAsset);
  // An update may have moved the asset out of another month.
  socket.on('on_asset_update', events.onManyAssets);
  for (const event of ['on_asset_delete', 'on_asset_trash', 'on_asset_restore', 'on_asset_hidden']) {
    socket.on(event, events.onManyAssets);
  }
  socket.on('on_session_delete', events.onSessionEnd);
  return () => {
    socket.disconnect();
  };
}
