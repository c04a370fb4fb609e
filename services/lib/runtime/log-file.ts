import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Together with the file before it a process keeps at most twice this: weeks of an ordinary box. */
const FILE_BYTES = 2 * 1024 ** 2;

/**
 * Keeps the lines of one process in `<folder>/<name>.log`, readable by its user alone; when that is full it becomes
 * `<name>.log.1` and takes the place of the one before. A line that cannot be kept is left out: it is on standard
 * output all the same, and a full drive must not end a process. The file is opened with the first line.
 */
export function openLogFile(folder: string, name: string, maxBytes = FILE_BYTES): (line: string) => void {
  const path = join(folder, `${name}.log`);
  let file: { fd: number; bytes: number } | undefined;

  const open = () => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const fd = openSync(path, 'a', 0o600);
    return { fd, bytes: fstatSync(fd).size };
  };
  const close = () => {
    if (file) closeSync(file.fd);
    file = undefined;
  };
  return (line) => {
    const bytes = Buffer.from(line.endsWith('\n') ? line : `${line}\n`);
    try {
      file ??= open();
      if (file.bytes > 0 && file.bytes + bytes.length > maxBytes) {
        close();
        renameSync(path, `${path}.1`);
        file = open();
      }
      file.bytes += writeSync(file.fd, bytes);
    } catch (error) {
      // What the drive says; anything else is a mistake of ours.
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      close();
    }
  };
}
