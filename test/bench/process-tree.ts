import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of /proc/<pid>/stat: USER_HZ, 100 on every Linux we run on (proc(5)). */
const TICK_MS = 10;

interface Stat {
  parent: number;
  /** Own CPU time and that of children that have ended, in ms. */
  cpuMs: number;
}

function readStat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name may hold anything, so fields are counted from its last bracket.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
    return { parent: Number(fields[1]), cpuMs: ticks * TICK_MS };
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

/** CPU milliseconds that a process and all it ever started and waited for have used. */
export const treeCpuMs = (root: number): number =>
  listTree(root).reduce((sum, pid) => sum + (readStat(pid)?.cpuMs ?? 0), 0);

/** Proportional set size of a process tree in bytes: shared pages count once, divided among their users. */
export function treePssBytes(root: number): number {
  let kib = 0;
  for (const pid of listTree(root)) {
    try {
      kib += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It ended between the listing and the look.
    }
  }
  return kib * 1024;
}
