import { readFileSync } from 'node:fs';

/**
 * The names that the running board's device tree gives itself, the most exact first; none on a machine without one,
 * such as a PC. `file` replaces the kernel's (in tests).
 */
export function readCompatible(file = '/proc/device-tree/compatible'): string[] {
  try {
    // Each name ends with a zero byte (Devicetree Specification 0.4, 2.2.4: <stringlist>).
    return readFileSync(file, 'latin1').split('\0').filter(Boolean);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
