import { readdirSync, readFileSync } from 'node:fs';

/** What a process is called in figures: its service, or the supervisor. */
function nameOf(pid: number): string {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return (
      /services\/(\w+)\/main\.ts/.exec(command)?.[1] ?? /(start|decoder)\.ts/.exec(command)?.[1] ?? 'tools'
    );
  } catch {
    return 'tools';
  }
}

/** Clock ticks of /proc/<pid>/stat: USER_HZ, 100 on every Linux we run on (proc(5)). */
const TICK_MS = 10;

interface Stat {
  parent: number;
  /** Own CPU time, in ms. */
  ownMs: number;
  /** That of children that have ended and were waited for, in ms. */
  childrenMs: number;
}

function readStat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold anything, so fields are counted from its last bracket.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ms = (first: number) => (Number(fields[first]) + Number(fields[first + 1])) * TICK_MS;
    return { parent: Number(fields[1]), ownMs: ms(11), childrenMs: ms(13) };
  } catch {
    // It ended between the listing and the look.
    return undefined;
  }
}

/** A process and everything it started, by pid. */
export function listTree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? readStat(Number(name)) : undefined;
    if (stat) parents.set(Number(name), stat.parent);
  }
  const tree = [root];
  for (let index = 0; index < tree.length; index++)
    for (const [pid, parent] of parents) if (parent === tree[index]) tree.push(pid);
  return tree;
}

/**
 * CPU milliseconds that a process and all it ever started and waited for have used, by the service that used
 * them; a service's ended children count as `<service>'s children`.
 */
export function treeCpuMs(root: number): Map<string, number> {
  const used = new Map<string, number>();
  const add = (name: string, ms: number) => used.set(name, (used.get(name) ?? 0) + ms);
  for (const pid of listTree(root)) {
    const stat = readStat(pid);
    if (!stat) continue;
    const name = nameOf(pid);
    add(name, stat.ownMs);
    add(`${name}'s children`, stat.childrenMs);
  }
  return used;
}

/** Proportional set sizes in bytes, by service: shared pages count once, divided among their users. */
export function treePssBytes(root: number): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const pid of listTree(root)) {
    try {
      const kib = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
      const name = nameOf(pid);
      sizes.set(name, (sizes.get(name) ?? 0) + kib * 1024);
    } catch {
      // It ended between the listing and the look.
    }
  }
  return sizes;
}

export const sum = (values: Map<string, number>): number =>
  [...values.values()].reduce((all, value) => all + value, 0);
