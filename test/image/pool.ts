import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import type { TestContext } from 'node:test';
import { ask, type Owner } from '../appliance/own-appliance.ts';
import { BOOT_MS, waitForStart } from './healthy.ts';
import { type Machine, makeDrive, startMachine } from './machine.ts';
import { flashCard } from './released-image.ts';

/** Resolves with the seconds from power-on until the box is ready for its people. */
export const waitForAnswer = (machine: Machine): Promise<number> =>
  machine.waitForHttp(80, '/api/server/ping', 200, BOOT_MS);

/** A drive that is a pool already, as one that comes from another box; beside the card. */
export function makePoolDrive(disk: string): string {
  const drive = makeDrive(dirname(disk), 'pool.img', 4 * 1024 ** 3);
  execFileSync('mkfs.btrfs', ['-q', '-L', 'shoebox-pool', drive]);
  return drive;
}

/** Starts a box with `count` empty drives and makes them its pool, as whoever prepares drives does. `start` starts it again. */
export async function startWithPool(t: TestContext, count: number) {
  const disk = flashCard(t);
  const drives = Array.from({ length: count }, (_, index) =>
    makeDrive(dirname(disk), `drive-${index}.img`, 4 * 1024 ** 3),
  );
  const start = () => startMachine(t, { kind: 'u-boot', disk, drives });
  const machine = await start();
  await waitForStart(machine);
  const profile = count > 1 ? '-d raid1 -m raid1' : '';
  await machine.run(
    `mkfs.btrfs -q -L shoebox-pool ${profile} /dev/disk/by-id/virtio-TEST-DRIVE-?; udevadm settle`,
  );
  await waitForAnswer(machine);
  return { machine, start };
}

export interface FoundAsset {
  id: string;
  checksum: string;
  originalFileName: string;
}

/** Everything that the owner has, by checksum; at most 1000. */
export async function listAssets(owner: Owner): Promise<Map<string, FoundAsset>> {
  const { assets } = await ask<{ assets: { items: FoundAsset[] } }>(owner, 'POST', '/search/metadata', {
    size: 1000,
  });
  return new Map(assets.items.map((asset) => [asset.checksum, asset]));
}
