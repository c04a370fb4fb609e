import type { RestartBody, Updates } from '#contract/appliance-updates';
import type { Api } from '../api.ts';

/** A part of a file is so large: at 10 MB/s the bar moves once a second, and little is sent again. */
const PART_BYTES = 8 * 1024 ** 2;

export function readUpdates(api: Api): Promise<Updates> {
  return api.get('/appliance/updates');
}

export function checkForUpdate(api: Api): Promise<Updates> {
  return api.post('/appliance/updates/check');
}

/** Fetches and installs what the last check found. */
export function fetchUpdate(api: Api): Promise<Updates> {
  return api.post('/appliance/updates/fetch');
}

export function restartBox(api: Api, when: RestartBody['when']): Promise<Updates> {
  return api.post('/appliance/updates/restart', { when });
}

/** Null: nothing is asked of anybody. */
export function setUpdateAddress(api: Api, address: string | null): Promise<Updates> {
  return api.put('/appliance/updates/source', { address });
}

/** The same for every part of a file and for no other one, also when the page was opened anew in between. */
export const fileIdOf = ({ name, size, lastModified }: File): string =>
  `${name.slice(0, 100)} ${size} ${lastModified}`;

/**
 * Sends a file in parts, from where the box has it; the last one has it checked and installed. `onUpdates` gets what
 * the box says after each. Rejects with the problem of the part that did not arrive: the same file goes on from there.
 */
export async function sendUpdate(
  api: Api,
  file: File,
  from: Updates,
  onUpdates: (updates: Updates) => void,
): Promise<void> {
  const fileId = fileIdOf(file);
  const isSame = from.isHere && from.step.kind === 'receiving' && from.step.fileId === fileId;
  let offset = isSame && from.step.kind === 'receiving' ? from.step.receivedBytes : 0;
  while (offset < file.size) {
    const part = file.slice(offset, offset + PART_BYTES);
    const query = new URLSearchParams({ fileId, total: String(file.size), offset: String(offset) });
    onUpdates(await api.put<Updates>(`/appliance/updates/file?${query}`, part));
    offset += part.size;
  }
}
