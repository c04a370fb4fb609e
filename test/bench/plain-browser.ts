import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { BROWSER } from '#test/appliance/browser';

/** A page of a browser that nothing records: who drives pages for tests keeps every answer of the network in them. */
export interface PlainPage {
  /** A command of the DevTools protocol to the page. */
  send: <T>(method: string, params?: object) => Promise<T>;
  /** The value of an expression in the page; waits when it is a promise. */
  evaluate: <T>(expression: string) => Promise<T>;
  /** Memory of the largest of the browser's pages, its whole process, in MB. */
  residentMb: () => Promise<number>;
  close: () => Promise<void>;
}

/** Starts Chromium with an empty profile and opens one page, with nothing in it yet. */
export async function openPlainPage(): Promise<PlainPage> {
  const profile = mkdtempSync(join(tmpdir(), 'shoebox-browser-'));
  const child = spawn(
    BROWSER.executablePath,
    [...BROWSER.args, '--remote-debugging-port=0', `--user-data-dir=${profile}`, '--window-size=1440,900'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = once(child, 'exit');
  let address: string | undefined;
  for await (const line of createInterface({ input: child.stderr! })) {
    address = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (address) break;
  }
  if (!address) throw new Error('the browser did not say where it listens');
  child.stderr!.resume();
  const socket = new WebSocket(address);
  await once(socket, 'open');
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result, error } = JSON.parse(String(data));
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(error.message));
    else asked?.resolve(result);
  });
  socket.addEventListener('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser has ended'));
  });
  let last = 0;
  const command = <T>(method: string, params: object, sessionId?: string) =>
    new Promise<T>((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve: resolve as (result: unknown) => void, reject });
      socket.send(JSON.stringify({ id: last, method, params, ...(sessionId && { sessionId }) }));
    });
  const { targetId } = await command<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await command<{ sessionId: string }>('Target.attachToTarget', {
    targetId,
    flatten: true,
  });
  const send = <T>(method: string, params: object = {}) => command<T>(method, params, sessionId);
  return {
    send,
    evaluate: async <T>(expression: string) => {
      const { result, exceptionDetails } = await send<{ result: { value: T }; exceptionDetails?: object }>(
        'Runtime.evaluate',
        { expression, awaitPromise: true, returnByValue: true },
      );
      if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
      return result.value;
    },
    residentMb: async () => {
      const { processInfo } = await command<{ processInfo: { id: number; type: string }[] }>(
        'SystemInfo.getProcessInfo',
        {},
      );
      const kilobytes = processInfo
        .filter(({ type }) => type === 'renderer')
        .map(({ id }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]));
      return Math.max(...kilobytes) / 1e3;
    },
    close: async () => {
      socket.close();
      child.kill();
      await ended;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
