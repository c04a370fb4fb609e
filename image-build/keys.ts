import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '#runtime/command';

/** What a folder of keys holds. `ca.pem` goes into the image; the private key of the release signs updates. */
export interface SigningKeys {
  /** Who may sign: certificates, PEM. */
  keyringFile: string;
  certificateFile: string;
  privateKeyFile: string;
}

/** A box that was not updated for years must still accept an update. */
const CA_DAYS = 7300;
const SIGNER_DAYS = 730;

/** The files of a folder of keys, whether or not they are there. */
export function keysIn(folder: string): SigningKeys {
  return {
    keyringFile: join(folder, 'ca.pem'),
    certificateFile: join(folder, 'signer.pem'),
    privateKeyFile: join(folder, 'signer.key'),
  };
}

/** Throws, naming the command, when the keys are not all there. */
export function checkKeys(folder: string): SigningKeys {
  const keys = keysIn(folder);
  for (const file of Object.values(keys))
    if (!existsSync(file))
      throw new Error(
        `${file} is missing: updates have to be signed. Run npm run image:keys, or name --keys FOLDER`,
      );
  return keys;
}

/**
 * Makes a set of keys for development: an authority of its own and one signer. The authority's private key is thrown
 * away, so nobody can ever make a second signer for it. Throws when there are keys already.
 */
export async function makeDevelopmentKeys(folder: string): Promise<SigningKeys> {
  if (existsSync(folder))
    throw new Error(`${folder} is there already; a box accepts only updates of the keys it came with`);
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true, mode: 0o700 });
  const config = join(part, 'openssl.cnf');
  writeFileSync(
    config,
    [
      '[req]\ndistinguished_name=name\n[name]',
      '[ca]\nbasicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash',
      '[signer]\nbasicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,codeSigning',
      'subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n',
    ].join('\n'),
  );
  const openssl = (...args: string[]) => runCommand('openssl', args, { cwd: part });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-config', config];
  await openssl(
    ...[
      'req',
      '-x509',
      ...key,
      '-extensions',
      'ca',
      '-days',
      String(CA_DAYS),
      '-subj',
      '/CN=Shoebox development',
    ],
    ...['-keyout', 'ca.key', '-out', 'ca.pem'],
  );
  await openssl(
    ...[
      'req',
      '-x509',
      ...key,
      '-extensions',
      'signer',
      '-days',
      String(SIGNER_DAYS),
      '-subj',
      '/CN=Shoebox signer',
    ],
    ...['-CA', 'ca.pem', '-CAkey', 'ca.key', '-keyout', 'signer.key', '-out', 'signer.pem'],
  );
  for (const name of ['ca.key', 'openssl.cnf']) rmSync(join(part, name));
  chmodSync(join(part, 'signer.key'), 0o600);
  renameSync(part, folder);
  return keysIn(folder);
}
