import { statfsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { Problem } from '#contract/problems';

/** Sizes of the file system that a pool is on, in bytes. */
export interface PoolSpace {
  totalBytes: number;
  usedBytes: number;
  /** What uploads may still take: free space less the reserve, never below 0. */
  availableBytes: number;
}

/** Asks the file system; `reservedBytes` stay free for the catalog and for deleting. */
export async function readPoolSpace(poolDir: string, reservedBytes: number): Promise<PoolSpace> {
  const { bsize, blocks, bfree, bavail } = await statfs(poolDir);
  return {
    totalBytes: blocks * bsize,
    usedBytes: (blocks - bfree) * bsize,
    availableBytes: Math.max(0, bavail * bsize - reservedBytes),
  };
}

/** Throws `pool_full` unless `bytes` more fit without touching the reserve. */
export async function requireRoom(poolDir: string, reservedBytes: number, bytes: number): Promise<void> {
  const { availableBytes } = await readPoolSpace(poolDir, reservedBytes);
  if (availableBytes <= bytes) throw new Problem('pool_full');
}

/** Whether more than the reserve is free. Asks the file system at once, which takes some microseconds. */
export function hasRoom(poolDir: string, reservedBytes: number): boolean {
  const { bsize, bavail } = statfsSync(poolDir);
  return bavail * bsize > reservedBytes;
}
