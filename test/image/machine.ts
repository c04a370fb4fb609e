import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { firmwareDir } from './released-image.ts';

/** Which of the machines that the released file is started on. */
export type MachineKind = 'u-boot' | 'edk2' | 'raspi3b';

/** A machine that QEMU plays, with the released image on its card. */
export interface Machine {
  /** All that it has written to its serial line so far. */
  serial(): string;
  /** Resolves with the seconds since power-on once the serial line has shown `pattern`, `count` times in all. */
  waitForSerial(pattern: RegExp, limitMs: number, count?: number): Promise<number>;
  /** Runs a shell script inside as root, and resolves with what it wrote. Rejects when it fails. */
  run(script: string, limitMs?: number): Promise<string>;
  /** Resolves with the seconds since power-on once a shell inside answers. */
  waitForShell(limitMs: number): Promise<number>;
  /** Resolves with the seconds since power-on once `look` gives something. */
  waitFor(what: string, limitMs: number, look: () => Promise<unknown>): Promise<number>;
  /** The address on this machine at which port `port` of the machine answers; only 80 and 2283. */
  address(port: 80 | 2283): string;
  /** Resolves with the seconds since power-on once `path` answers with `status`. */
  waitForHttp(port: 80 | 2283, path: string, status: number, limitMs: number): Promise<number>;
  /** Pulls the plug. */
  cutPower(): Promise<void>;
}

export interface MachineRequest {
  kind: MachineKind;
  /** The card; written to. */
  disk: string;
  /** Files that become virtio drives. */
  drives?: readonly string[];
  /** Files that become USB sticks, in from the beginning. */
  sticks?: readonly string[];
  memoryMib?: number;
}

/**
 * A root shell over a virtio port, brought in from outside by QEMU as a credential of systemd: the image itself has
 * none. QEMU's names have at most 55 characters, hence the short name of the unit, and tmp.mount, which has room and is
 * part of every start, in its place to pull it in.
 */
const SHELL_UNIT = `[Unit]
Description=Shell for the test
DefaultDependencies=no
After=systemd-udevd.service
[Service]
ExecStart=/bin/sh -c 'while [ ! -e /dev/virtio-ports/probe ]; do sleep 0.2; done; exec /bin/sh 0<>/dev/virtio-ports/probe >&0 2>&1'
Restart=always
RestartSec=1
`;
const TMP_UNIT = `[Unit]
Description=/tmp, and the shell for the test
DefaultDependencies=no
Conflicts=umount.target
Before=local-fs.target umount.target
Wants=p.service
[Mount]
What=tmpfs
Where=/tmp
Type=tmpfs
Options=mode=1777,strictatime,nosuid,nodev,size=50%%
`;
const CREDENTIALS = {
  'systemd.extra-unit.p.service': SHELL_UNIT,
  'systemd.extra-unit.tmp.mount': TMP_UNIT,
};

/** Emulated on a busy machine, `systemd-analyze blame` alone took more than one minute. */
const RUN_MS = 5 * 60_000;

/** Starts a machine; it is ended with the test. */
export async function startMachine(t: TestContext, request: MachineRequest): Promise<Machine> {
  const { kind, disk, drives = [], sticks = [], memoryMib = 1024 } = request;
  const folder = mkdtempSync(join(tmpdir(), 'shoebox-machine-'));
  const serialFile = join(folder, 'serial');
  const shellSocket = join(folder, 'shell');
  const ports = { 80: await freePort(), 2283: await freePort() };
  const forward = Object.entries(ports).map(([inner, outer]) => `hostfwd=tcp:127.0.0.1:${outer}-:${inner}`);
  const user = ['user', 'id=net', ...forward].join(',');

  const virtio = [
    ...['-cpu', 'cortex-a57', '-smp', '2', '-m', String(memoryMib)],
    ...[
      '-drive',
      `if=none,id=card,format=raw,file=${disk}`,
      '-device',
      'virtio-blk-pci,drive=card,bootindex=0',
    ],
    ...drives.flatMap((file, index) => [
      '-drive',
      `if=none,id=drive${index},format=raw,file=${file}`,
      '-device',
      `virtio-blk-pci,drive=drive${index},serial=TEST-DRIVE-${index}`,
    ]),
    ...(sticks.length > 0 ? ['-device', 'qemu-xhci,id=usb'] : []),
    ...sticks.flatMap((file, index) => [
      ...['-drive', `if=none,id=stick${index},format=raw,file=${file}`],
      ...['-device', `usb-storage,bus=usb.0,drive=stick${index},removable=on`],
    ]),
    ...['-netdev', user, '-device', 'virtio-net-pci,netdev=net,romfile='],
    ...['-device', 'virtio-rng-pci', '-device', 'virtio-serial-pci'],
    ...['-chardev', `socket,id=shell,path=${shellSocket},server=on,wait=off`],
    ...['-device', 'virtserialport,chardev=shell,name=probe'],
    ...Object.entries(CREDENTIALS).flatMap(([name, text]) => {
      const file = join(folder, name);
      writeFileSync(file, text);
      return ['-fw_cfg', `name=opt/io.systemd.credentials/${name},file=${file}`];
    }),
  ];
  const firmware = firmwareDir();
  const lines: Record<MachineKind, string[]> = {
    'u-boot': [
      '-machine',
      'virt',
      '-bios',
      join(firmware, 'u-boot-qemu/usr/lib/u-boot/qemu_arm64/u-boot.bin'),
      ...virtio,
    ],
    edk2: [
      '-machine',
      'virt',
      '-bios',
      join(firmware, 'qemu-efi-aarch64/usr/share/qemu-efi-aarch64/QEMU_EFI.fd'),
      ...virtio,
    ],
    raspi3b: [
      ...['-machine', 'raspi3b', '-kernel', join(firmware, 'u-boot-rpi/usr/lib/u-boot/rpi_arm64/u-boot.bin')],
      ...['-dtb', join(firmware, 'bcm2837-rpi-3-b.dtb'), '-drive', `if=sd,format=raw,file=${disk}`],
      ...['-netdev', user, '-device', 'usb-net,netdev=net', '-serial', 'null'],
      ...sticks.flatMap((file, index) => [
        ...['-drive', `if=none,id=stick${index},format=raw,file=${file}`],
        ...['-device', `usb-storage,drive=stick${index}`],
      ]),
    ],
  };
  const args = [...lines[kind], '-display', 'none', '-serial', `file:${serialFile}`];
  const child = spawn('qemu-system-aarch64', args, {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const began = Date.now();
  const seconds = () => (Date.now() - began) / 1000;
  const serial = () => (existsSync(serialFile) ? readFileSync(serialFile, 'latin1') : '');

  /** Waits until `look` gives something; explains what was last seen when that takes too long. */
  const waitFor = async <T>(
    what: string,
    limitMs: number,
    look: () => Promise<T | undefined>,
  ): Promise<T> => {
    for (const until = Date.now() + limitMs; Date.now() < until; await sleep(200)) {
      if (child.exitCode !== null) throw new Error(`QEMU ended while waiting for ${what}: ${complaints}`);
      const found = await look();
      if (found !== undefined) return found;
    }
    const tail = serial().split('\n').slice(-25).join('\n');
    throw new Error(`no ${what} within ${limitMs / 1000} s; the serial line ended with:\n${tail}`);
  };

  let shell: Shell | undefined;
  const cutPower = async () => {
    shell?.close();
    child.kill('SIGKILL');
    await ended;
  };
  t.after(async () => {
    await cutPower();
    rmSync(folder, { recursive: true, force: true });
  });
  if (kind !== 'raspi3b')
    shell = openShell(
      await waitFor('socket', 10_000, async () => (existsSync(shellSocket) ? shellSocket : undefined)),
    );
  const run = (script: string, limitMs = RUN_MS): Promise<string> => {
    if (!shell) throw new Error(`${kind} has no shell`);
    return shell.run(script, limitMs);
  };

  return {
    serial,
    waitForSerial: (pattern, limitMs, count = 1) =>
      waitFor(`${pattern} on the serial line`, limitMs, async () => {
        const all = new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`);
        return (serial().match(all)?.length ?? 0) >= count ? seconds() : undefined;
      }),
    run,
    waitForShell: (limitMs) =>
      waitFor('shell', limitMs, () =>
        run('true', 2000).then(
          () => seconds(),
          () => undefined,
        ),
      ),
    waitFor: async (what, limitMs, look) => {
      await waitFor(what, limitMs, look);
      return seconds();
    },
    address: (port) => `http://127.0.0.1:${ports[port]}`,
    waitForHttp: (port, path, status, limitMs) =>
      waitFor(`${status} from ${path}`, limitMs, async () => {
        try {
          const response = await fetch(`http://127.0.0.1:${ports[port]}${path}`, {
            // Emulated, an answer takes its time; asking again and again would only add to it.
            signal: AbortSignal.timeout(20_000),
          });
          await response.arrayBuffer();
          return response.status === status ? seconds() : undefined;
        } catch {
          return undefined;
        }
      }),
    cutPower,
  };
}

interface Shell {
  run(script: string, limitMs: number): Promise<string>;
  close(): void;
}

/** Speaks with the shell inside: one script at a time, each ended by a line that nothing else writes. */
function openShell(path: string): Shell {
  const socket: Socket = connect(path);
  socket.on('error', () => {}); // The machine has ended; whoever waits for an answer hears of it by its limit.
  let received = '';
  let isClosed = false;
  socket.on('close', () => (isClosed = true));
  let calls = 0;
  socket.setEncoding('utf8').on('data', (text: string) => (received += text));
  let last: Promise<unknown> = Promise.resolve();
  const runOne = async (script: string, limitMs: number): Promise<string> => {
    const mark = `@@${process.pid}.${calls++}@@`;
    // Whatever an earlier script left behind comes before this mark.
    socket.write(`echo '${mark}'; (\n${script}\n) 2>&1; echo "${mark} $?"\n`);
    const answer = new RegExp(`${mark}\\n([\\s\\S]*?)${mark} (\\d+)\\n`);
    for (const until = Date.now() + limitMs; Date.now() < until; await sleep(50)) {
      const [whole, output, code] = answer.exec(received) ?? [];
      if (whole === undefined && isClosed) throw new Error(`the machine went while this ran: ${script}`);
      if (whole === undefined) continue;
      received = '';
      if (code !== '0') throw new Error(`inside, this failed with ${code}: ${script}\n${output}`);
      return output!;
    }
    throw new Error(
      `inside, this did not end within ${limitMs / 1000} s: ${script}\n${received.slice(-2000)}`,
    );
  };
  return {
    run: (script, limitMs) => {
      const next = last.then(
        () => runOne(script, limitMs),
        () => runOne(script, limitMs),
      );
      last = next;
      return next;
    },
    close: () => socket.destroy(),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** A file of zeros that takes no room, for a drive. */
export function makeDrive(folder: string, name: string, bytes: number): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  execFileSync('truncate', ['-s', String(bytes), file]);
  return file;
}
