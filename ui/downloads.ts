import type { DownloadInfo } from '#contract/download';
import { type Api, RequestProblem } from './api.ts';
import { text } from './text.ts';

/** An archive is put together in the browser, so it is not larger than what a browser keeps well. */
const ARCHIVE_BYTES = 1024 ** 3;

/** Saves photos as ZIP files, several when they are many. Resolves when the last one is being saved. */
export function downloadArchives(api: Api, assetIds: readonly string[], name: string): Promise<void> {
  return downloadPlanned(api, { assetIds }, name);
}

/** The same with all that is in an album. */
export function downloadAlbum(api: Api, albumId: string, name: string): Promise<void> {
  return downloadPlanned(api, { albumId }, name);
}

async function downloadPlanned(
  api: Api,
  what: { assetIds: readonly string[] } | { albumId: string },
  name: string,
): Promise<void> {
  const { archives } = await api.post<DownloadInfo>('/download/info', {
    ...what,
    archiveSize: ARCHIVE_BYTES,
  });
  for (const [index, archive] of archives.entries()) {
    const archiveName = archives.length > 1 ? `${name}-${index + 1}` : name;
    const blob = await api.postForFile('/download/archive', { assetIds: archive.assetIds, archiveName });
    saveBlob(blob, `${archiveName}.zip`);
  }
}

/** Hands bytes to the browser as a download. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read by then; without this the bytes stay in memory as long as the page.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Whether text could be put on the clipboard; browsers allow it only over a secure connection. */
export async function copyText(words: string): Promise<void> {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(words);
    return;
  }
  // The old way works on a connection without encryption, as at home.
  const field = document.createElement('textarea');
  field.value = words;
  const dialog = document.querySelector('dialog[open]') ?? document.body;
  dialog.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  if (!isCopied) throw new RequestProblem(0, text.kit.copyFailed);
}
