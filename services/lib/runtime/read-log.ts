import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runCommand } from './command.ts';
import { redactSecrets } from './log.ts';

/** Most lines asked of the journal, some 8 MB. */
const JOURNAL_LINES = 20_000;

/**
 * The lines that the processes have kept in `folder` (log-file.ts) since then (Unix ms), in the order of time. Lines of
 * which one cannot tell the time are left out. None when nothing was kept.
 */
export async function* readKeptLog(folder: string, since: number): AsyncGenerator<string> {
  const from = new Date(since).toISOString();
  const heads = [];
  for (const name of await listKept(folder)) {
    const lines = readLines([join(folder, `${name}.1`), join(folder, name)], from);
    const { value, done } = await lines.next();
    if (!done) heads.push({ lines, head: value });
  }
  while (heads.length > 0) {
    const oldest = heads.reduce((best, next) => (next.head.time < best.head.time ? next : best));
    yield oldest.head.line;
    const { value, done } = await oldest.lines.next();
    if (done) heads.splice(heads.indexOf(oldest), 1);
    else oldest.head = value;
  }
}

async function listKept(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => /^[a-z-]+\.log$/.test(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

interface TimedLine {
  time: string;
  line: string;
}

async function* readLines(paths: readonly string[], from: string): AsyncGenerator<TimedLine, undefined> {
  for (const path of paths) {
    try {
      for await (const line of createInterface({ input: createReadStream(path) })) {
        // Times of this form are ordered as texts are.
        const time = /"time":"(\d{4}-[^"]{18}Z)"/.exec(line)?.[1];
        if (time !== undefined && time >= from) yield { time, line };
      }
    } catch (error) {
      // Not there yet, or it has just taken the other one's place.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return undefined;
}

/**
 * What systemd's journal has of our processes since then (Unix ms), in our form, oldest first. Rejects with CommandError
 * where there is no journal.
 */
export async function readJournal(since: number): Promise<string[]> {
  const output = await runCommand('journalctl', [
    '--unit=shoebox-*',
    '--output=json',
    '--output-fields=MESSAGE,_SYSTEMD_UNIT',
    `--since=@${Math.floor(since / 1000)}`,
    `--lines=${JOURNAL_LINES}`,
    '--no-pager',
    '--quiet',
  ]);
  return output
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map(journalLine);
}

/** An entry as `journalctl --output=json` writes it (systemd.journal-fields(7)) as a line of ours. */
export function journalLine(text: string): string {
  const entry = JSON.parse(text) as Record<string, unknown>;
  const message = messageOf(entry['MESSAGE']);
  if (/^\{"level":/.test(message)) return redactSecrets(message);
  // What systemd says of a process, or what a process wrote as it fell.
  return redactSecrets(
    JSON.stringify({
      level: 'info',
      time: new Date(Number(entry['__REALTIME_TIMESTAMP']) / 1000).toISOString(),
      service: String(entry['_SYSTEMD_UNIT'] ?? 'system').replace(/^shoebox-|\.service$/g, ''),
      msg: message,
    }),
  );
}

/** Text, or the numbers of its bytes when it is none, or null when it is very long. */
const messageOf = (message: unknown): string =>
  Array.isArray(message) ? Buffer.from(message as number[]).toString('utf8') : String(message ?? '');
