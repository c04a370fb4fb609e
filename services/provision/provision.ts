import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BoxChoice } from '#contract/local-names';
import type { Logger } from '#runtime/log';
import { replaceFile } from '#storage/atomic-write';
import { syncFolder } from '#storage/durable';
import {
  type BoxSettings,
  checkHostName,
  checkTimeZone,
  readSettings,
  SettingsFault,
  writeSettings,
} from './box-settings.ts';
import { type Preseed, PreseedRefused, readPreseed } from './read-preseed.ts';
import { OPTIONAL_FILES, renderEtc, WIFI_DIR } from './render-etc.ts';

export interface ProvisionRequest {
  /** Where a preseed file may lie: the card's first partition, or a stick. */
  preseedDir: string;
  /** The state partition. */
  stateDir: string;
  /** /etc, filled anew at every start. */
  etcDir: string;
  /** The files of the tz database. */
  zoneDir: string;
  /** Where the gateway says what its owner calls the box. Nothing but the name and the time zone is read of it. */
  choiceFile?: string | undefined;
  log: Logger;
}

/** What may bring settings, in this order; only the first that is there is read. */
const PRESEED_NAMES = ['rpi-preseed.toml', 'custom.toml'];

/** Imager's files have less than a kilobyte. */
const MOST_BYTES = 64 * 1024;

/** What is said of a stick with its switch at "lock". */
const CANNOT_WRITE = ['EROFS', 'EACCES', 'EPERM'];

/** Written beside a file that is not taken; nobody sees the log of a box that is not on the network. */
const REFUSED_FILE = 'shoebox-says.txt';

/**
 * Applies what the owner chose in the browser and the settings of a preseed file, each once, then fills /etc from all
 * settings. A preseed file that cannot be taken is left as it is, with the reason in a text file beside it, and the box
 * starts with what it has. Nothing of a file is ever executed. A power cut in between leaves a preseed file that is
 * applied again, with the same result; of a choice that was not kept yet, the box goes on with the name before.
 */
export async function provision(request: ProvisionRequest): Promise<void> {
  const { preseedDir, stateDir, log } = request;
  const { settings: before, damage } = await readSettings(stateDir);
  if (damage) log.error({ damage }, 'settings could not be read, starting with defaults');
  let settings = before;
  try {
    const choice = await takeChoice(request);
    if (choice) {
      settings = { ...settings, ...choice };
      await writeSettings(stateDir, settings);
      log.info('name and time zone taken over');
    }
    const file = await findPreseed(preseedDir);
    if (file) {
      const preseed = readPreseed(await readLimited(file));
      await checkZone(preseed.settings.timeZone, request.zoneDir);
      settings = merge(settings, preseed);
      await writeSettings(stateDir, settings);
      await wipe(file, preseed, log);
      await rm(join(preseedDir, REFUSED_FILE), { force: true });
      log.info({ keys: Object.keys(preseed.settings), remarks: preseed.remarks }, 'settings taken over');
    }
  } catch (error) {
    if (!(error instanceof PreseedRefused)) throw error;
    const reasons = error.message.split('\n');
    log.warn({ reasons }, 'settings refused');
    await explain(join(preseedDir, REFUSED_FILE), reasons);
  } finally {
    // Also when the card fails: what is known now is enough to be reached.
    await fillEtc(settings, request.etcDir);
  }
}

/**
 * What the owner called the box in the browser since the last time. Taken away before it is read, so that it is heard
 * once and one that cannot be understood does not come back; the gateway, which wrote it, is not trusted with more.
 */
async function takeChoice({ choiceFile, zoneDir, log }: ProvisionRequest) {
  if (choiceFile === undefined) return undefined;
  const taken = `${choiceFile}.taken`;
  // Whatever lies there.
  await rm(taken, { recursive: true, force: true });
  try {
    await rename(choiceFile, taken);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { name, timeZone } = Object(
      JSON.parse((await readLimited(taken)).toString()),
    ) as Partial<BoxChoice>;
    const choice = { hostName: checkHostName(name), timeZone: checkTimeZone(timeZone) };
    await checkZone(choice.timeZone, zoneDir);
    return choice;
  } catch (error) {
    const isRefused = [SyntaxError, SettingsFault, PreseedRefused].some((kind) => error instanceof kind);
    if (!isRefused) throw error;
    log.warn('the name that was chosen could not be taken over');
    return undefined;
  } finally {
    await rm(taken, { recursive: true, force: true });
  }
}

/** Undefined when there is none, or no such folder, as when a stick has been pulled out again. */
async function findPreseed(folder: string): Promise<string | undefined> {
  for (const name of PRESEED_NAMES) {
    try {
      await lstat(join(folder, name));
      return join(folder, name);
    } catch (error) {
      if (!['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
  return undefined;
}

async function readLimited(file: string): Promise<Buffer> {
  // Never through a link, and without waiting for one who writes into a pipe.
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ELOOP') throw new PreseedRefused('it is a link and not a file');
      throw error;
    },
  );
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new PreseedRefused('it is not a file');
    if (stats.size > MOST_BYTES) throw new PreseedRefused(`it is larger than ${MOST_BYTES / 1024} KiB`);
    const buffer = Buffer.alloc(stats.size);
    const { bytesRead } = await handle.read(buffer, 0, stats.size, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Settings that a file does not name stay. Its network is added to those known, and its keys replace those known. */
function merge(before: BoxSettings, { settings }: Preseed): BoxSettings {
  const { wifi, ...others } = settings;
  const known = before.wifi.filter(({ ssidHex }) => ssidHex !== wifi?.ssidHex);
  // The oldest goes when there are too many.
  return { ...before, ...others, wifi: wifi ? [...known.slice(-15), wifi] : known };
}

async function checkZone(timeZone: string | null | undefined, zoneDir: string): Promise<void> {
  if (!timeZone) return;
  const stats = await lstat(join(zoneDir, timeZone)).catch(() => undefined);
  if (!stats?.isFile() && !stats?.isSymbolicLink())
    throw new PreseedRefused('locale.timezone: there is no such time zone');
}

/**
 * Overwrites the file where it lies, so that the password is not on the card any more (a card may keep old blocks
 * inside, where only its maker gets at them), and gives it another name, so that it is not applied again.
 */
async function wipe(file: string, { settings, remarks }: Preseed, log: Logger): Promise<void> {
  const handle = await open(file, constants.O_RDWR | constants.O_NOFOLLOW).catch(
    (error: NodeJS.ErrnoException) => {
      if (!CANNOT_WRITE.includes(error.code ?? '')) throw error;
      return undefined;
    },
  );
  if (!handle) return log.warn('the stick is write-protected: the settings, and a password, are still on it');
  try {
    const { size } = await handle.stat();
    await handle.write(Buffer.alloc(size, '#'), 0, size, 0);
    await handle.sync();
    const words = ['# Shoebox has taken over:', ...Object.keys(settings).map((key) => `#   ${key}`)];
    const left = remarks.length > 0 ? ['# and not:', ...remarks.map((remark) => `#   ${remark}`)] : [];
    const text = Buffer.from(`${[...words, ...left].join('\n')}\n`);
    await handle.truncate(0);
    await handle.write(text, 0, text.length, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(file, `${file}.applied`);
  await syncFolder(dirname(file));
}

/** A stick may be write-protected or full: then only the log knows. */
async function explain(path: string, reasons: readonly string[]): Promise<void> {
  const content = [
    'Shoebox could not take the settings beside this file:',
    '',
    ...reasons.map((reason) => `- ${reason}`),
    '',
    'Nothing of them was changed. Correct the file and start Shoebox again.',
    '',
  ].join('\r\n');
  try {
    await replaceFile({ path, content });
  } catch (error) {
    if (![...CANNOT_WRITE, 'ENOSPC'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

async function fillEtc(settings: BoxSettings, etcDir: string): Promise<void> {
  const files = renderEtc(settings);
  for (const path of [...OPTIONAL_FILES, ...(await listWifi(etcDir))])
    if (!files.has(path)) await rm(join(etcDir, path), { force: true });
  for (const [path, file] of files) {
    const target = join(etcDir, path);
    await mkdir(dirname(target), { recursive: true, mode: 0o755 });
    if ('linkTo' in file) await replaceLink(target, file.linkTo);
    else {
      await replaceFile({ path: target, content: file.content }, file.mode);
      // Others read it, whatever may be taken away from what this process makes.
      await chmod(target, file.mode);
    }
  }
}

async function listWifi(etcDir: string): Promise<string[]> {
  try {
    const names = await readdir(join(etcDir, WIFI_DIR));
    return names.filter((name) => name.startsWith('shoebox-')).map((name) => `${WIFI_DIR}/${name}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function replaceLink(path: string, linkTo: string): Promise<void> {
  const now = await readlink(path).catch(() => undefined);
  if (now === linkTo) return;
  const beside = `${path}.new`;
  await rm(beside, { force: true });
  await symlink(linkTo, beside);
  await rename(beside, path);
}
