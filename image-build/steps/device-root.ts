import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Commands } from '../commands.ts';
import { findBase, PACKAGE_FORMAT, readPackages } from '../debian/base-packages.ts';
import type { DebianArch, LockedDeb } from '../debian/lock.ts';
import { poolFile } from '../debian/pool.ts';
import { cleanRoot, readLeftOut } from './package-root.ts';

/**
 * Installs the arm64 packages `debs`, and nothing else, into a root of their own at `rootDir`, with the dpkg of the
 * tools' root: only the packages' own scripts are emulated (by the kernel's binfmt_misc), not the unpacking.
 *
 * First the packages that every script may count on are laid out by hand; then dpkg unpacks all of them, in whatever
 * order, and sets them up in the order of their needs.
 */
export async function installDevicePackages(request: {
  commands: Commands;
  debs: readonly LockedDeb[];
  hostArch: DebianArch;
  /** The root with the tools. */
  toolsDir: string;
  poolDir: string;
  /** Taken for what is only needed meanwhile; removed afterwards. */
  workDir: string;
  rootDir: string;
  leftOutFile: string;
}): Promise<void> {
  const { commands, debs, hostArch, toolsDir, poolDir, workDir, rootDir, leftOutFile } = request;
  for (const folder of [workDir, rootDir]) rmSync(folder, { recursive: true, force: true });
  const archive = join(workDir, 'archive');
  mkdirSync(archive, { recursive: true });
  mkdirSync(rootDir);
  for (const deb of debs)
    await commands.host('cp', ['--reflink=auto', poolFile(poolDir, deb), join(archive, nameOf(deb))]);

  // dpkg's own processor is a constant in it, and packages of another one would be strangers to it.
  const dpkg = join(workDir, 'dpkg');
  const from = join(toolsDir, 'usr/bin/dpkg');
  await commands.host('sh', [
    ...['-ec', 'sed "s/$3/arm64/g" "$1" >"$2"; chmod 755 "$2"', 'sh'],
    ...[from, dpkg, hostArch],
  ]);

  const files = debs.map((deb) => join(archive, nameOf(deb)));
  const show = `for file; do dpkg-deb --show --showformat='${PACKAGE_FORMAT}' "$file"; done`;
  const base = new Set(findBase(readPackages(await commands.read('sh', ['-ec', show, 'sh', ...files]))));
  const leftOut = readLeftOut(leftOutFile);
  const options = ['--log=/dev/null', '--force-unsafe-io', ...leftOut.map((option) => `--${option}`)];
  await commands.tool('sh', [
    ...['-ec', INSTALL, 'sh', workDir, rootDir],
    ...leftOut
      .filter((option) => option.startsWith('path-exclude=/usr/share/'))
      .map((option) => option.slice(13)),
    '--',
    ...debs.filter(({ name }) => base.has(name)).map(nameOf),
    '--',
    ...options,
  ]);
  rmSync(workDir, { recursive: true, force: true });
  await cleanRoot(commands, rootDir);
}

const nameOf = (deb: LockedDeb): string => basename(deb.path);

/** Called with the work folder, the root, the paths to leave out, `--`, files of the base, `--`, options of dpkg. */
const INSTALL = `
  work="$1"; root="$2"; shift 2
  [ "$("$work/dpkg" --print-architecture)" = arm64 ]
  mkdir -p "$root/usr/bin" "$root/usr/sbin" "$root/usr/lib" "$root/proc" "$root/dev" "$root/tmp" "$root/etc"
  for folder in bin sbin lib; do ln -s "usr/$folder" "$root/$folder"; done
  left="$work/left-out"; : >"$left"
  while [ "$1" != -- ]; do echo "$1" >>"$left"; shift; done; shift
  while [ "$1" != -- ]; do dpkg-deb --extract "$work/archive/$1" "$root"; shift; done; shift
  # dpkg brings back what is wanted of these.
  while read -r pattern; do rm -rf "$root"$pattern; done <"$left"
  mkdir -p "$root/var/lib/dpkg/info" "$root/var/lib/dpkg/updates" "$root/var/lib/dpkg/triggers"
  : >"$root/var/lib/dpkg/status"
  echo arm64 >"$root/var/lib/dpkg/arch"
  chmod 1777 "$root/tmp"
  mount -t proc proc "$root/proc"
  mount -t tmpfs tmpfs "$root/dev"
  for node in null zero full random urandom; do
    [ -c "/dev/$node" ]
    touch "$root/dev/$node"
    mount --bind "/dev/$node" "$root/dev/$node"
  done
  ln -s /proc/self/fd "$root/dev/fd"
  # No service is started here.
  printf '#!/bin/sh\\nexit 101\\n' >"$root/usr/sbin/policy-rc.d"
  chmod 755 "$root/usr/sbin/policy-rc.d"
  "$work/dpkg" "$@" --root="$root" --force-depends --unpack "$work"/archive/*.deb
  "$work/dpkg" "$@" --root="$root" --configure -a
  rm "$root/usr/sbin/policy-rc.d"`;
