import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { makeHeic, makeJpeg } from '#test/fixtures/media';
import { makeVideo } from '#test/fixtures/moving-media';
import { ask, claim, type Owner, queuesEnded, upload } from '../appliance/own-appliance.ts';
import { ROOT } from '../structure/source-files.ts';
import { BOOT_MS, checkHealthy, memoryOf, waitForStart } from './healthy.ts';
import type { Machine } from './machine.ts';
import { listAssets, startWithPool, waitForAnswer } from './pool.ts';

/** A box with a pool of two drives, as a family has it: photos come in, and now and then the power goes. */

/** How often the power goes in the middle of an upload. SHOEBOX_TEST_CUTS for more. */
const CUTS = Number(process.env.SHOEBOX_TEST_CUTS ?? 10);

const PHOTOS = 50;

/** What a box with 1 GiB may have in use after the upload. */
const MOST_MIB = 512;

const sha1 = (bytes: Buffer) => createHash('sha1').update(bytes).digest('base64');

/** Photos of different bytes, among them an iPhone's and a video: what follows a JPEG's end is not part of the picture. */
async function makeFolder(t: TestContext): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-photos-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const model = join(folder, 'IMG_0.jpg');
  await makeJpeg(model, { widthPx: 2000, heightPx: 1500, seed: 1 });
  await makeHeic(join(folder, 'IMG_1.HEIC'), { widthPx: 1200, heightPx: 900, seed: 2 });
  await makeVideo(join(folder, 'IMG_2.mp4'), { seed: 3, seconds: 2 });
  const base = readFileSync(model);
  for (let number = 3; number < PHOTOS; number++)
    writeFileSync(join(folder, `IMG_${number}.jpg`), Buffer.concat([base, Buffer.from(`photo ${number}`)]));
  return folder;
}

test(`the command line client brings ${PHOTOS} photos and videos; all get previews, and the box stays small`, async (t) => {
  const { machine } = await startWithPool(t, 2);
  t.diagnostic(`before: ${await memoryOf(machine)}`);
  const owner = await claim(machine.address(80));
  const { secret } = await ask<{ secret: string }>(owner, 'POST', '/api-keys', {
    name: 'cli',
    permissions: ['all'],
  });
  const folder = await makeFolder(t);
  const began = Date.now();
  const cli = join(ROOT, 'node_modules/@immich/cli/bin/immich');
  const key = [
    '--url',
    `${machine.address(80)}/api`,
    `--key=${secret}`,
    '--config-directory',
    `${folder}.cli`,
  ];
  t.after(() => rmSync(`${folder}.cli`, { recursive: true, force: true }));
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...[cli, ...key, 'upload', '--recursive', '--no-progress', folder],
  ]);
  assert.match(stdout, new RegExp(`Successfully uploaded ${PHOTOS} new assets`));
  t.diagnostic(`uploaded in ${((Date.now() - began) / 1000).toFixed(0)} s`);
  await queuesEnded(owner);
  t.diagnostic(`previews after ${((Date.now() - began) / 1000).toFixed(0)} s`);

  const assets = await listAssets(owner);
  assert.equal(assets.size, PHOTOS);
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name));
    const asset = assets.get(sha1(bytes));
    assert.ok(asset, name);
    const original = await owner.get(`/assets/${asset.id}/original`);
    assert.ok(Buffer.from(await original.arrayBuffer()).equals(bytes), name);
    for (const size of ['thumbnail', 'preview']) {
      const picture = await owner.get(`/assets/${asset.id}/thumbnail?size=${size}`);
      assert.equal(picture.status, 200, `${size} of ${name}`);
      await picture.arrayBuffer();
    }
  }
  const memory = await memoryOf(machine);
  t.diagnostic(`after: ${memory}`);
  await heardAs(machine, 'shoebox');
  // The owner gives it another name and says where it stands.
  const box = { name: 'attic', timeZone: 'Pacific/Auckland' };
  await ask(owner, 'PUT', '/appliance/setup/box', box);
  await machine.waitFor('other name', BOOT_MS, async () =>
    (await machine.run('hostname')).trim() === box.name ? true : undefined,
  );
  await heardAs(machine, box.name);
  assert.match(await machine.run('readlink /etc/localtime'), /\/Pacific\/Auckland$/);
  const used = Number(/^Mem:\s+\d+\s+(\d+)/m.exec(memory)?.[1]);
  assert.ok(used <= MOST_MIB, `${used} MiB in use`);
  await checkHealthy(machine);
});

/** Whether the local network knows the machine by this name. */
async function heardAs(machine: Machine, name: string): Promise<void> {
  assert.equal((await machine.run(askName(name))).trim(), '10.0.2.15', await machine.run(SAY_NAME));
}

/** Asks the local network from inside who `name`.local is, by a port of its own, and prints the first address. */
const askName = (name: string) => `timeout 120 /usr/lib/shoebox/bin/node -e '
  const socket = require("node:dgram").createSocket("udp4");
  const query = Buffer.from("000100000001000000000000" + "${lengthAndText(name)}" + "${lengthAndText('local')}" + "00" + "00010001", "hex");
  socket.on("message", (message) => { console.log([...message.subarray(-4)].join(".")); process.exit(0); });
  socket.bind(0, () => setInterval(() => socket.send(query, 5353, "224.0.0.251"), 500));' || true`;

/** A label as DNS writes it (RFC 1035, 3.1), in hexadecimal. */
const lengthAndText = (label: string) =>
  Buffer.from(`${String.fromCharCode(label.length)}${label}`).toString('hex');

/** What there is to know when nobody answers. */
const SAY_NAME = 'hostname; ss -Hlun sport = 5353; journalctl -b -u avahi-daemon --no-pager | tail -20';

test(`the power goes ${CUTS} times while photos arrive: whatever was acknowledged is there and equal`, async (t) => {
  let { machine, start } = await startWithPool(t, 2);
  let owner = await claim(machine.address(80));
  const acknowledged = new Map<string, { id: string; name: string }>();
  const model = join(mkdtempSync(join(tmpdir(), 'shoebox-photos-')), 'photo.jpg');
  t.after(() => rmSync(dirname(model), { recursive: true }));
  await makeJpeg(model, { widthPx: 1200, heightPx: 900, seed: 1 });
  const base = readFileSync(model);

  for (let cut = 1; cut <= CUTS; cut++) {
    let isOn = true;
    const before = acknowledged.size;
    const sender = { ...owner };
    const sending = (async () => {
      for (let number = 0; isOn; number++) {
        const name = `IMG_${cut}_${number}.jpg`;
        const bytes = Buffer.concat([base, Buffer.from(name)]);
        // No answer is no promise.
        const answer = await upload(sender, name, bytes).catch(() => undefined);
        if (answer?.status === 201) acknowledged.set(sha1(bytes), { id: answer.id, name });
      }
    })();
    // Any moment will do, so it is chosen by chance and said.
    const afterMs = 2000 + Math.random() * 15_000;
    await sleep(afterMs);
    await machine.cutPower();
    isOn = false;
    await sending;

    machine = await start();
    const answersAt = await waitForAnswer(machine);
    owner = { ...owner, url: machine.address(80), get: (path) => getAt(machine, owner, path) };
    const assets = await listAssets(owner);
    for (const [checksum, { id, name }] of acknowledged) {
      assert.equal(assets.get(checksum)?.id, id, `${name} is lost after cut ${cut}`);
      const original = await owner.get(`/assets/${id}/original`);
      assert.equal(sha1(Buffer.from(await original.arrayBuffer())), checksum, name);
    }
    t.diagnostic(
      `cut ${cut} after ${(afterMs / 1000).toFixed(1)} s with ${acknowledged.size - before} photos: ` +
        `all ${acknowledged.size} are there; HTTP 200 after ${answersAt.toFixed(1)} s`,
    );
  }
  assert.ok(acknowledged.size >= CUTS, 'photos arrived between the cuts');
  await waitForStart(machine);
  await checkHealthy(machine);
});

const getAt = (machine: Machine, owner: Owner, path: string) =>
  fetch(`${machine.address(80)}/api${path}`, { headers: owner.headers });
