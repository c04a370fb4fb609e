/** What a folder is called where it lies: the last part of its path. */
export const folderName = (path: string): string => path.slice(path.lastIndexOf('/') + 1) || path;
