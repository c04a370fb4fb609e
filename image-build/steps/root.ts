import { createHash } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { uuidOf } from '../partitions.ts';
import { kernelVersion } from './packages.ts';
import type { StepContext } from './step.ts';

/** Where the app is on the device. */
const APP_DIR = 'usr/lib/shoebox';

/** In the packages, but not on the device: it is in the boot files, or belongs to building. */
const NOT_ON_DEVICE = [
  'usr/lib/modules/*/vmlinuz',
  'usr/lib/modules/*/dtb',
  'usr/lib/modules/*/System.map',
  // The kernel makes these anew.
  'dev/*',
  'etc/apt',
  'etc/kernel',
  'etc/machine-id',
  'etc/ssl/private/*',
  'usr/lib/apt',
  'var/lib/dpkg',
  'var/lib/apt',
  'var/lib/systemd/*',
];

/** Folders that other file systems are mounted on. Empty and closed: nobody writes to them when nothing is mounted. */
const MOUNT_POINTS = ['boot', 'state', 'data', 'var', 'etc', 'run', 'tmp', 'proc', 'sys', 'dev'];

/** The verified root: packages, our files, the app; a read-only file system; the hashes of its blocks. */
export async function makeRoot(context: StepContext): Promise<void> {
  const { plan, root, lock, commands, out, of, say } = context;
  const tree = join(out, 'tree');
  say('putting the root together');
  await commands.host('cp', ['-a', '--reflink=auto', join(of('packages'), 'root'), tree]);
  await commands.host('sh', [
    '-c',
    'cd "$1" && shift && for path in "$@"; do rm -rf $path; done',
    'sh',
    tree,
    ...NOT_ON_DEVICE,
  ]);
  await copyOver(context, join(root, plan.rootfsDir), tree);
  await copyOver(context, join(of('app'), 'app'), join(tree, APP_DIR));
  await commands.host('cp', [plan.keyringFile, join(tree, 'etc/rauc/keyring.pem')]);
  chmodSync(join(tree, 'etc/rauc/keyring.pem'), 0o644);
  for (const folder of MOUNT_POINTS) await commands.host('mkdir', ['-p', join(tree, folder)]);
  finish(tree, plan.version);

  // The tools' systemd reads and writes the device's files natively; nothing is emulated here.
  await commands.tool('systemd-sysusers', [`--root=${tree}`]);
  await commands.tool('systemctl', [`--root=${tree}`, 'preset-all']);
  await commands.host('sh', ['-c', 'rm -f "$1"/etc/*- "$1"/etc/.pwd.lock', 'sh', tree]);

  say('compressing the root');
  const image = join(out, 'root.img');
  await commands.tool('mkfs.erofs', [
    '--quiet',
    '-b4096',
    `-T${lock.epoch}`,
    `-U${uuidOf(`${plan.version} root`)}`,
    ...plan.erofsOptions,
    image,
    tree,
  ]);
  const hashFile = join(out, 'roothash');
  await commands.tool('veritysetup', [
    'format',
    `--uuid=${uuidOf(`${plan.version} verity`)}`,
    `--salt=${createHash('sha256').update(plan.version).digest('hex')}`,
    '--hash=sha256',
    `--root-hash-file=${hashFile}`,
    image,
    join(out, 'verity.img'),
  ]);
  if (!/^[0-9a-f]{64}$/.test(readFileSync(hashFile, 'utf8').trim()))
    throw new Error(`no root hash in ${hashFile}`);
  say(`kernel ${kernelVersion(tree)}`);
  rmSync(tree, { recursive: true });
}

/** Copies files as git has them: executable or not, owned by root, whatever this machine's umask was. */
async function copyOver({ commands }: StepContext, from: string, to: string): Promise<void> {
  const script = `
    mkdir -p "$2"
    cd "$1"
    find . -type d -exec install -d -m 755 "$2/{}" ';'
    find . -type f -perm -u+x -exec install -m 755 '{}' "$2/{}" ';'
    find . -type f ! -perm -u+x -exec install -m 644 '{}' "$2/{}" ';'
    find . -type l -exec cp -P --remove-destination '{}' "$2/{}" ';'`;
  await commands.host('sh', ['-ec', script, 'sh', from, to]);
}

function finish(tree: string, version: string): void {
  // What systemd and the updater take for the name of this very image.
  appendFileSync(join(tree, 'usr/lib/os-release'), `IMAGE_ID=shoebox\nIMAGE_VERSION=${version}\n`);
  // Empty means: not yet known; filled in memory at each start.
  const machineId = join(tree, 'etc/machine-id');
  writeFileSync(machineId, '');
  // Whatever this machine's umask is.
  chmodSync(machineId, 0o644);
  for (const [path, target] of [
    ['etc/resolv.conf', '../run/systemd/resolve/stub-resolv.conf'],
    ['etc/mtab', '../proc/self/mounts'],
  ] as const) {
    rmSync(join(tree, path), { force: true });
    symlinkSync(target, join(tree, path));
  }
  const localtime = join(tree, 'etc/localtime');
  if (!existsSync(localtime)) symlinkSync('../usr/share/zoneinfo/UTC', localtime);
}
