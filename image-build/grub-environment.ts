/** GRUB's environment block is of this size, no more and no less. */
const BLOCK_BYTES = 1024;
const SIGNATURE = '# GRUB Environment Block\n';

/** What decides which slot starts; grub.cfg and the updater's backend read and write the same names. */
export const FRESH_ENVIRONMENT = { ORDER: 'A B', A_OK: '1', A_TRY: '0', B_OK: '0', B_TRY: '0' } as const;

/** Writes a block as grub-editenv does: lines of NAME=value, filled up with #. */
export function grubEnvironment(values: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
  const text = `${SIGNATURE}${lines.join('')}`;
  if (text.length > BLOCK_BYTES) throw new Error(`GRUB's environment has only ${BLOCK_BYTES} bytes`);
  return Buffer.from(text.padEnd(BLOCK_BYTES, '#'), 'latin1');
}

/** Reads a block. Throws when it is none: an empty or torn one must not pass for an environment without values. */
export function readGrubEnvironment(block: Buffer): Record<string, string> {
  const text = block.toString('latin1');
  if (block.length !== BLOCK_BYTES || !text.startsWith(SIGNATURE))
    throw new Error('not an environment block of GRUB');
  return Object.fromEntries([...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
}
