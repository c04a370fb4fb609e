import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StepContext } from './step.ts';

/** The name of the update in the step's folder. */
export const UPDATE_BUNDLE = 'update.raucb';

/**
 * The slot's three partitions in one signed file. Its bytes differ every time, since a signature says when it was
 * made; what is in it does not.
 */
export async function makeUpdate({ plan, keys, commands, out, of }: StepContext): Promise<void> {
  const content = join(out, 'content');
  const signing = join(out, 'signing');
  mkdirSync(content);
  mkdirSync(signing, { mode: 0o700 });
  const images = {
    boot: join(of('slot'), 'boot.img'),
    root: join(of('root'), 'root.img'),
    verity: join(of('root'), 'verity.img'),
  };
  const manifest = [
    '[update]',
    `compatible=${plan.compatible}`,
    `version=${plan.version}`,
    '',
    '[bundle]',
    'format=verity',
  ];
  for (const [name, file] of Object.entries(images)) {
    await commands.host('cp', ['--sparse=always', file, join(content, `${name}.img`)]);
    manifest.push('', `[image.${name}]`, `filename=${name}.img`);
  }
  writeFileSync(join(content, 'manifest.raucm'), `${manifest.join('\n')}\n`);
  try {
    copyFileSync(keys.certificateFile, join(signing, 'signer.pem'));
    copyFileSync(keys.privateKeyFile, join(signing, 'signer.key'));
    await commands.tool('rauc', [
      'bundle',
      `--cert=${join(signing, 'signer.pem')}`,
      `--key=${join(signing, 'signer.key')}`,
      // The root is compressed already; what shrinks is the room of the boot partition.
      '--mksquashfs-args=-comp zstd -Xcompression-level 3 -processors 2',
      content,
      join(out, UPDATE_BUNDLE),
    ]);
  } finally {
    rmSync(signing, { recursive: true });
    rmSync(content, { recursive: true });
  }
}
