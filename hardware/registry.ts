import { orangePi5 } from './boards/orange-pi-5.ts';
import { orangePi5Plus } from './boards/orange-pi-5-plus.ts';
import { qemuRaspi3b } from './boards/qemu-raspi3b.ts';
import { qemuVirt } from './boards/qemu-virt.ts';
import { raspberryPi4 } from './boards/raspberry-pi-4.ts';
import { raspberryPi5 } from './boards/raspberry-pi-5.ts';
import { raspberryPi400 } from './boards/raspberry-pi-400.ts';
import { raspberryPiCm4 } from './boards/raspberry-pi-cm4.ts';
import { rock3a } from './boards/rock-3a.ts';
import { rock3c } from './boards/rock-3c.ts';
import { rock5b } from './boards/rock-5b.ts';
import { zero3e } from './boards/zero-3e.ts';
import { zero3w } from './boards/zero-3w.ts';
import type { BoardProfile } from './profile.ts';

/** Every board that one image is made for. */
export const boards: readonly BoardProfile[] = [
  raspberryPi4,
  raspberryPi400,
  raspberryPiCm4,
  raspberryPi5,
  rock5b,
  orangePi5,
  orangePi5Plus,
  zero3e,
  zero3w,
  rock3a,
  rock3c,
  qemuVirt,
  qemuRaspi3b,
];

export const findBoard = (id: string): BoardProfile | undefined => boards.find((board) => board.id === id);

/**
 * The board whose device tree says `names` (the root's `compatible`, the most exact name first), or undefined for
 * one that is not known, which may work all the same.
 */
export function findBoardByCompatible(names: readonly string[]): BoardProfile | undefined {
  for (const name of names) {
    const board = boards.find(({ compatible }) => compatible.includes(name));
    if (board) return board;
  }
  return undefined;
}
