const LEVEL_COLOURS: Record<string, string> = { error: '\x1b[31m', fatal: '\x1b[31m', warn: '\x1b[33m' };
const DIM = '\x1b[2m';
const PLAIN = '\x1b[0m';

/** Fields of every line that have a place of their own, or say nothing in a terminal. */
const PLACED = new Set(['level', 'time', 'service', 'msg', 'err', 'pid', 'hostname']);

/**
 * A line of our JSON log as a person reads it in a terminal: time of day, process, what happened, fields;
 * an error's stack below. `line` comes back as it is when it is no line of ours.
 */
export function formatLogLine(line: string, { colours }: { colours: boolean }): string {
  const entry = parseEntry(line);
  if (!entry) return line;
  const paint = (code: string, text: string) => (colours && code !== '' ? `${code}${text}${PLAIN}` : text);

  const { level, time, service, msg, err } = entry;
  const fields = Object.entries(entry)
    .filter(([name]) => !PLACED.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');
  const head = `${timeOfDay(String(time))} ${String(service).padEnd(8)}`;
  const quiet = level === 'info' || level === 'debug';
  const words = quiet ? String(msg) : paint(LEVEL_COLOURS[String(level)] ?? '', `${level}: ${msg}`);
  return [paint(DIM, head), words, paint(fields && DIM, fields)].filter(Boolean).join(' ') + stackOf(err);
}

function parseEntry(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(line) as Record<string, unknown>;
    return 'level' in entry && 'msg' in entry ? entry : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function timeOfDay(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : date.toTimeString().slice(0, 8);
}

function stackOf(err: unknown): string {
  if (typeof err !== 'object' || err === null || !('stack' in err)) return '';
  return `\n  ${String(err.stack).replaceAll('\n', '\n  ')}`;
}
