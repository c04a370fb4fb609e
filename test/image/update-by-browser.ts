import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { chromium } from 'playwright-core';
import { BROWSER } from '../appliance/browser.ts';
import { openOwnersPage } from '../appliance/ui-household.ts';
import { ROOT } from '../structure/source-files.ts';
import { BOOT_MS, checkHealthy, runningSlot, waitForStart } from './healthy.ts';
import { startWithPool } from './pool.ts';
import { findRelease, type Release } from './released-image.ts';

/** Writing a slot, and a page that a busy emulated machine draws. */
const PATIENCE_MS = 15 * 60_000;

/** The same system as a version that is newer than the release; built when it is not there yet. */
const NEWER = '0.1.1';

function makeNewerRelease(): Release {
  const folder = join(ROOT, 'build/image/newer');
  execFileSync('npm', ['run', 'image', '--', '--version', NEWER, '--out', folder], { stdio: 'inherit' });
  return findRelease(folder);
}

/** An update of an older version, signed with the keys that the release was built with. */
function makeOlderUpdate(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-older-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const content = join(folder, 'content');
  mkdirSync(content);
  const parts = ['boot', 'root', 'verity'];
  // Random, so that it stays as large as it is.
  for (const part of parts) writeFileSync(join(content, `${part}.img`), randomBytes(70_000));
  writeFileSync(
    join(content, 'manifest.raucm'),
    '[update]\ncompatible=shoebox-arm64\nversion=0.0.1\n\n[bundle]\nformat=verity\n' +
      parts.map((part) => `\n[image.${part}]\nfilename=${part}.img\n`).join(''),
  );
  const file = join(folder, 'older.raucb');
  const key = (name: string) => join(ROOT, 'build/image-keys', name);
  execFileSync('rauc', [
    ...['bundle', `--cert=${key('signer.pem')}`, `--key=${key('signer.key')}`],
    ...[content, file],
  ]);
  return file;
}

test('the owner sends an update in a browser; it is kept, names and settings stay, and an older one is refused', async (t) => {
  const { version } = findRelease();
  const newer = makeNewerRelease();
  const older = makeOlderUpdate(t);
  const { machine } = await startWithPool(t, 1);
  const browser = await chromium.launch(BROWSER);
  t.after(() => browser.close());
  const page = await openOwnersPage(
    {
      url: machine.address(80),
      newBrowser: async () => {
        const context = await browser.newContext({ locale: 'en-GB' });
        context.setDefaultTimeout(PATIENCE_MS);
        return context;
      },
    },
    '/updates',
  );
  const put = async (step: string, data: object) =>
    assert.ok((await page.request.put(`${machine.address(80)}/api/appliance/setup/${step}`, { data })).ok());
  await put('box', { name: 'attic', timeZone: 'Pacific/Auckland' });

  await page.getByRole('heading', { name: `Version ${version}` }).waitFor();
  const choose = page.locator('input[accept=".raucb"]');
  const began = Date.now();
  const seconds = () => ((Date.now() - began) / 1000).toFixed(0);
  await choose.setInputFiles(newer.updateFile);
  await page.getByRole('heading', { name: `Version ${NEWER} is ready` }).waitFor();
  t.diagnostic(`sent, checked and written in ${seconds()} s`);
  await page.getByRole('button', { name: 'Start again now' }).click();
  await machine.waitForSerial(/slot B, try 1/, BOOT_MS);
  // The page goes on by itself when the box is there again.
  await page.getByText(`Updated to version ${NEWER}`).waitFor();
  t.diagnostic(`kept after ${seconds()} s`);
  await page.getByText(`Versions older than ${NEWER} are refused`).waitFor();

  await choose.setInputFiles(older);
  await page.getByText('Version 0.0.1 is older').waitFor();
  await waitForStart(machine);
  assert.equal(await runningSlot(machine), 'B');
  assert.equal((await machine.run('hostname')).trim(), 'attic');
  assert.equal((await machine.run('readlink /etc/localtime')).trim(), '/usr/share/zoneinfo/Pacific/Auckland');
  await checkHealthy(machine, newer);
});
