import { Agent, request } from 'node:http';
import { treeCpuMs } from './process-tree.ts';
import { percentile, report } from './report.ts';
import type { MeasuredGateway } from './run-gateway.ts';

/** Requests per block; enough for a 95th percentile that is not one outlier. */
const ROUNDS = 40;
/**
 * Blocks of requests per measurement. The machine may have others to serve meanwhile: the best block is the
 * nearest to what the appliance alone would take, and CPU time does not depend on them.
 */
const BLOCKS = 3;

export interface Answered {
  tookMs: number;
  /** Until the first piece of the answer's body. */
  firstMs: number;
  body: Buffer;
}

/** Asks a gateway as one signed-in client with some connections that stay open, and measures. */
export function openAsker(gateway: MeasuredGateway, token: string, connections: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const ask = (method: string, path: string, body?: object): Promise<Answered> =>
    send(agent, `${gateway.url}/api${path}`, method, token, body);
  /** Prints the median of all, the 95th percentile of the best block with its goal, and the gateway's CPU time. */
  const measure = async (
    name: string,
    goalMs: number,
    once: (round: number) => Promise<Answered>,
    value: (answer: Answered) => number = ({ tookMs }) => tookMs,
    rounds = ROUNDS,
  ): Promise<void> => {
    for (let round = 0; round < 5; round++) await once(round);
    const cpu = () => treeCpuMs(gateway.pid).get('gateway') ?? 0;
    const before = cpu();
    const blocks: number[][] = [];
    for (let block = 0; block < BLOCKS; block++) {
      const times: number[] = [];
      for (let round = 0; round < rounds; round++) times.push(value(await once(block * rounds + round)));
      blocks.push(times);
    }
    const used = (cpu() - before) / (BLOCKS * rounds);
    report(`${name}, p50`, percentile(blocks.flat(), 0.5), 'ms');
    report(`${name}, p95`, Math.min(...blocks.map((times) => percentile(times, 0.95))), 'ms', goalMs);
    report(`${name}, CPU of the gateway`, used, 'ms');
  };
  return { ask, measure, close: () => agent.destroy() };
}

function send(agent: Agent, url: string, method: string, token: string, body?: object): Promise<Answered> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        agent,
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body ? { 'content-type': 'application/json' } : {}),
        },
      },
      (response) => {
        const parts: Buffer[] = [];
        let firstMs = Number.NaN;
        response.on('data', (part: Buffer) => {
          if (parts.length === 0) firstMs = performance.now() - startedAt;
          parts.push(part);
        });
        response.on('end', () => {
          // Before the pieces of a large answer are put together, which is the client's own time.
          const tookMs = performance.now() - startedAt;
          const content = Buffer.concat(parts);
          if (response.statusCode! < 300) resolve({ tookMs, firstMs, body: content });
          else reject(new Error(`${method} ${url}: ${response.statusCode} ${content}`));
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body ? JSON.stringify(body) : undefined);
  });
}
