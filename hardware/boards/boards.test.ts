import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { chooseLed } from '../choose-led.ts';
import { readCompatible } from '../read-compatible.ts';
import { boards, findBoard, findBoardByCompatible } from '../registry.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'hardware/README.md'), 'utf8');

/** Parts of rows of a table in Markdown, without spaces around them. */
const rows = readme
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()));

test('every file in boards/ is in the registry, under its own name', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => !name.includes('.test.'));
  assert.deepEqual(
    files.map((name) => basename(name, '.ts')).toSorted(),
    boards.map(({ id }) => id).toSorted(),
  );
});

test('no two boards answer to the same name', () => {
  for (const facts of [boards.map(({ id }) => [id]), boards.map(({ compatible }) => compatible)]) {
    const names = facts.flat();
    assert.equal(new Set(names).size, names.length, names.join());
  }
});

for (const board of boards) {
  test(`${board.name}: its facts fit together, and each says where it comes from`, () => {
    assert.match(board.id, /^[a-z0-9]+(-[a-z0-9]+)*$/);
    assert.ok(board.compatible.length > 0);
    for (const name of board.compatible) assert.match(name, /^[a-z0-9]+,[a-z0-9-]+$/);
    for (const [fact, source] of Object.entries(board.sources)) assert.ok(source.length > 5, fact);

    const { file, from, overlays = [] } = board.deviceTree;
    // Only a firmware that writes into it may need a file outside the slot.
    if (from === 'machine') assert.equal(file, null);
    else assert.match(file ?? '', /^(broadcom|rockchip)\/[\w-]+\.dtb$/);
    assert.equal(from === 'firmware', board.boot === 'raspberry-pi-firmware');
    if (board.soc.startsWith('rk')) assert.equal(from, 'kernel-image');
    for (const overlay of overlays)
      assert.ok(existsSync(join(root, 'os/boot/overlays', overlay.replace(/\.dtbo$/, '.dtso'))), overlay);

    // What cannot start by itself says what it needs.
    if (board.boot === 'owners-u-boot') assert.match(board.needs.join(), /U-Boot/);
    assert.deepEqual(
      board.memoryMib,
      board.memoryMib.toSorted((one, other) => one - other),
    );
    assert.ok(board.memoryMib.every((mib) => mib >= 1024 && mib % 1024 === 0));
    // rocket knows no other than this; see sources of the NPU in os.
    if (board.npuDriver) assert.match(board.soc, /^rk3588s?$/);
  });

  test(`${board.name} is found by its device tree, also behind the name of a carrier board`, () => {
    for (const name of board.compatible) {
      assert.equal(findBoardByCompatible([name, 'some,chip']), board);
      assert.equal(findBoardByCompatible(['some,carrier', name]), board);
    }
    assert.equal(findBoard(board.id), board);
  });

  test(`${board.name}: its light is chosen before any other, and blinks from the start`, () => {
    const others = ['aaa:status', 'enp1s0-0::lan', 'input3::capslock', 'mmc0::'];
    const [first] = board.leds;
    assert.equal(chooseLed(board, [...others, ...board.leds]), first ?? 'aaa:status');
    if (first === undefined) return;
    // The board of today, with a kernel that names the light otherwise.
    assert.equal(chooseLed(board, others), 'aaa:status');
    const rules = readFileSync(join(root, 'os/rootfs/usr/lib/udev/rules.d/60-shoebox-led.rules'), 'utf8');
    const patterns = [...rules.matchAll(/KERNEL=="([^"]+)"/g)].flatMap(([, list]) => list!.split('|'));
    const matching = patterns.filter((pattern) => RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(first));
    assert.ok(matching.length > 0, first);
  });

  test(`${board.name} has its row in README.md`, () => {
    const row = rows.find(([, name]) => name === board.name);
    assert.ok(row, 'no row');
    // The longest need is written once, below the table.
    const [, legend = ''] = /^U: (.*)\.$/m.exec(readme) ?? [];
    const words = row.map((cell) => cell.replace(/^U(?=;|$)/, legend)).join(' ');
    for (const word of [...board.needs, ...board.lacks]) assert.ok(words.includes(word), word);
    assert.ok(words.includes(board.proof));
  });
}

test('a board that is not known is none of ours, and still gets a light', () => {
  assert.equal(findBoardByCompatible(['acme,board', 'rockchip,rk3588']), undefined);
  assert.equal(findBoardByCompatible([]), undefined);
  assert.equal(findBoard('toaster'), undefined);
  assert.equal(chooseLed(undefined, ['mmc0::', 'red:status', 'green:heartbeat']), 'red:status');
  assert.equal(chooseLed(undefined, ['green:indicator-2', 'green:heartbeat']), 'green:heartbeat');
  assert.equal(chooseLed(undefined, ['mmc0::', 'r8169-0-100:00:link']), undefined);
  assert.equal(chooseLed(undefined, []), undefined);
});

test('names are read from the kernel as it gives them, and a PC has none', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'device-tree-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'compatible');
  assert.deepEqual(readCompatible(file), []);
  writeFileSync(file, 'raspberrypi,4-model-b\0brcm,bcm2711\0');
  assert.deepEqual(readCompatible(file), ['raspberrypi,4-model-b', 'brcm,bcm2711']);
  assert.equal(findBoardByCompatible(readCompatible(file))?.id, 'raspberry-pi-4');
});
