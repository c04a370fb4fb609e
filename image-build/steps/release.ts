import { createHash } from 'node:crypto';
import { createReadStream, linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { debsOf } from '../debian/lock.ts';
import { listParts, type NpmPart } from '../parts-list.ts';
import { DISK_IMAGE } from './disk.ts';
import type { StepContext } from './step.ts';
import { UPDATE_BUNDLE } from './update.ts';

/** Packages of `files` that only tests use. */
const NOT_IN_IMAGE = new Set(['u-boot-qemu', 'qemu-efi-aarch64']);

/** Raspberry Pi Imager's words for the boards that the image starts on. */
const IMAGER_DEVICES = ['pi5-64bit', 'pi4-64bit'];

/** What is published: the image to flash, the update, and what to compare and count them by. */
export async function makeRelease(context: StepContext): Promise<void> {
  const { plan, lock, commands, out, of, say } = context;
  const { version, epoch, downloadUrl } = plan;
  const name = `shoebox-${version}-arm64`;
  const disk = join(of('disk'), DISK_IMAGE);
  const image = join(out, `${name}.img.xz`);
  const update = join(out, `${name}.raucb`);
  say('compressing the image');
  // What is in it is compressed already, so searching far for what repeats finds nothing: level 0 takes twice the time
  // to save a thousandth. Blocks of a fixed size give the same bytes on any number of cores.
  await commands.tool('sh', [
    '-ec',
    'xz --lzma2=preset=0,dict=64KiB,mf=hc3,nice=3,depth=1 --threads=2 --block-size=32MiB --stdout "$1" >"$2"',
    'sh',
    disk,
    image,
  ]);
  linkSync(join(of('update'), UPDATE_BUNDLE), update);

  const rootHash = readFileSync(join(of('root'), 'roothash'), 'utf8').trim();
  const npm = JSON.parse(readFileSync(join(of('app'), 'packages.json'), 'utf8')) as NpmPart[];
  const debs = [
    ...debsOf(lock, 'device'),
    ...debsOf(lock, 'files').filter((deb) => !NOT_IN_IMAGE.has(deb.name)),
  ];
  const parts = listParts({ version, rootHash, epochSeconds: epoch, debs, npm });
  const partsFile = join(out, `${name}.spdx.json`);
  writeFileSync(partsFile, `${JSON.stringify(parts, undefined, 1)}\n`);

  const hashes = {
    disk: await sha256Of(disk),
    root: await sha256Of(join(of('root'), 'root.img')),
    verity: await sha256Of(join(of('root'), 'verity.img')),
    boot: await sha256Of(join(of('slot'), 'boot.img')),
    image: await sha256Of(image),
  };
  const manifest = {
    os_list: [
      {
        name: `Shoebox ${version}`,
        description: "A safe place for a family's photos and videos",
        url: `${downloadUrl}${basename(image)}`,
        extract_size: statSync(disk).size,
        extract_sha256: hashes.disk,
        image_download_size: statSync(image).size,
        image_download_sha256: hashes.image,
        release_date: new Date(epoch * 1000).toISOString().slice(0, 10),
        devices: IMAGER_DEVICES,
        init_format: 'rpi-preseed',
        architecture: 'armv8',
      },
    ],
  };
  const manifestFile = join(out, `${name}.rpi-imager-manifest`);
  writeFileSync(manifestFile, `${JSON.stringify(manifest, undefined, 2)}\n`);
  // Of the update only its contents can be compared with another build's, so these are listed too.
  const contents = { version, rootHash, sha256: { ...hashes, rockchipLoader: plan.rockchipLoader?.sha256 } };
  const contentsFile = join(out, `${name}.contents.json`);
  writeFileSync(contentsFile, `${JSON.stringify(contents, undefined, 2)}\n`);

  // What a box asks for when the address of this file is set as its address for updates.
  const latest = {
    version,
    file: basename(update),
    bytes: statSync(update).size,
    sha256: await sha256Of(update),
  };
  writeFileSync(join(out, 'latest.json'), `${JSON.stringify(latest, undefined, 2)}\n`);

  const sums = [];
  for (const file of [image, update, partsFile, manifestFile, contentsFile])
    sums.push(`${await sha256Of(file)}  ${basename(file)}\n`);
  rmSync(join(out, 'SHA256SUMS'), { force: true });
  writeFileSync(join(out, 'SHA256SUMS'), sums.join(''));
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
