import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { RouteOptions } from 'fastify';
import { createLog, type Logger } from '#runtime/log';
import type { GatewayApp } from '../../services/gateway/app.ts';
import type { GatewayConfig } from '../../services/gateway/config.ts';
import { openGateway } from '../../services/gateway/open-gateway.ts';
import type { GatewayParts } from '../../services/gateway/parts.ts';

/** How requests of one caller are signed. */
export interface Credential {
  headers: Record<string, string>;
}

export interface TestUser extends Credential {
  id: string;
  email: string;
  password: string;
  token: string;
}

export interface TestGateway {
  url: string;
  poolDir: string;
  app: GatewayApp;
  parts: GatewayParts;
  /** Every route as it was registered. */
  routes: RouteOptions[];
  /** A request below the box's address, as `caller` or as nobody; `json` becomes the body. */
  request(
    method: string,
    path: string,
    options?: { as?: Credential | undefined; json?: unknown; headers?: Record<string, string> },
  ): Promise<Response>;
  /** The same, and its JSON; throws unless the answer is 2xx. `null` for an empty answer. */
  ask<Answer = unknown>(
    method: string,
    path: string,
    options?: { as?: Credential | undefined; json?: unknown; headers?: Record<string, string> },
  ): Promise<Answer>;
  /** Makes the account that the box belongs to, and signs it in. */
  signUp(): Promise<TestUser>;
  /** Signs in on one more device. */
  login(user: { email: string; password: string }): Promise<TestUser>;
  /** An ordinary account, signed in. `admin` makes it. */
  createUser(admin: Credential, fields?: Record<string, unknown>): Promise<TestUser>;
  /** An API key of a user. */
  createKey(user: Credential, permissions: string[]): Promise<Credential & { id: string; secret: string }>;
  /** Ends the gateway before the test does, to start another one on its pool. */
  stop(): Promise<void>;
}

/** Long enough, and the same for everybody. */
export const PASSWORD = 'a long test password';

/**
 * A gateway in this process, on a new pool in a temporary folder (or on `poolDir`, which then stays), that compares
 * every answer with its schema. It has no ingest: previews never come. Stopped and removed with the test.
 */
export async function startGateway(
  t: TestContext,
  options: { poolDir?: string; now?: () => number; config?: Partial<GatewayConfig>; log?: Logger } = {},
): Promise<TestGateway> {
  const scratch = await mkdtemp(join(tmpdir(), 'shoebox-'));
  const poolDir = options.poolDir ?? join(scratch, 'pool');
  const uiDir = join(scratch, 'ui');
  await mkdir(uiDir);
  await writeFile(join(uiDir, 'index.html'), '<!doctype html><title>Shoebox</title>');
  const routes: RouteOptions[] = [];
  const gateway = await openGateway(
    {
      config: {
        poolDir,
        runDir: join(scratch, 'run'),
        uiDir,
        host: '127.0.0.1',
        port: 0,
        logLevel: 'silent',
        reservedBytes: 0,
        ...options.config,
      },
      log: options.log ?? createLog('gateway', 'silent'),
      ...(options.now && { now: options.now }),
    },
    { checkAnswers: true, onRoute: (route) => routes.push(route) },
  );
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= gateway.stop());
  t.after(async () => {
    await stop();
    // What else a test has started may end after this, and writes until then.
    await rm(scratch, { recursive: true, maxRetries: 50 });
  });

  const url = `http://127.0.0.1:${gateway.port}`;
  const request: TestGateway['request'] = (method, path, { as, json, headers } = {}) =>
    fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...as?.headers,
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
    });
  const ask = async <Answer>(...args: Parameters<TestGateway['request']>): Promise<Answer> => {
    const response = await request(...args);
    const text = await response.text();
    if (!response.ok) throw new Error(`${args[0]} ${args[1]} was answered ${response.status}: ${text}`);
    return (text === '' ? null : JSON.parse(text)) as Answer;
  };
  const login: TestGateway['login'] = async ({ email, password }) => {
    const { accessToken, userId } = await ask<{ accessToken: string; userId: string }>(
      'POST',
      '/api/auth/login',
      { json: { email, password } },
    );
    return {
      id: userId,
      email,
      password,
      token: accessToken,
      headers: { authorization: `Bearer ${accessToken}` },
    };
  };
  return {
    url,
    poolDir,
    app: gateway.app,
    parts: gateway.parts,
    routes,
    request,
    ask,
    login,
    stop,
    signUp: async () => {
      const account = { name: 'Ann', email: 'ann@example.org', password: PASSWORD };
      await ask('POST', '/api/auth/admin-sign-up', { json: account });
      return login(account);
    },
    createUser: async (admin, fields = {}) => {
      const account = { name: 'Bob', email: `${randomUUID()}@example.org`, password: PASSWORD, ...fields };
      await ask('POST', '/api/admin/users', { as: admin, json: { shouldChangePassword: false, ...account } });
      return login(account);
    },
    createKey: async (user, permissions) => {
      const { id, secret } = await ask<{ id: string; secret: string }>('POST', '/api/api-keys', {
        as: user,
        json: { name: 'test', permissions },
      });
      return { id, secret, headers: { 'x-api-key': secret } };
    },
  };
}
