/** Files that file managers leave in folders and nobody means to keep. */
const LITTER = new Set(['thumbs.db', 'desktop.ini', 'icon\r']);

/**
 * Every file in what was dropped, folders walked to their end, without hidden files and litter.
 * Must be called before the drop event returns: browsers empty the list afterwards.
 */
export function readDroppedFiles(items: DataTransferItemList): Promise<File[]> {
  const entries = [...items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  return Promise.all(
    entries.map(({ entry, file }) => (entry ? readEntry(entry) : Promise.resolve(file ? [file] : []))),
  ).then((lists) => lists.flat());
}

/** The files of one dropped entry. Folders are read one after the other, so that a huge tree does not freeze the page. */
export async function readEntry(entry: FileSystemEntry): Promise<File[]> {
  if (entry.name.startsWith('.') || LITTER.has(entry.name.toLowerCase())) return [];
  if (entry.isFile) {
    return [
      await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
    ];
  }
  const files: File[] = [];
  for (const child of await readFolder(entry as FileSystemDirectoryEntry)) {
    files.push(...(await readEntry(child)));
  }
  return files;
}

async function readFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    // Chromium hands out at most 100 entries a time; an empty list is the end.
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (batch.length === 0) return entries;
    entries.push(...batch);
  }
}
