import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { test } from 'node:test';
import fastify, { type RouteOptions } from 'fastify';
import { type Access, anyone, type Scope } from '#contract/scopes';
import { authenticate } from '../../services/gateway/plugins/authenticate.ts';
import { type Credential, startGateway, type TestGateway, type TestUser } from './start-gateway.ts';

/** One method of one route. */
interface Door {
  method: string;
  /** With `:name` for parameters. */
  url: string;
  access: Access;
}

/** One kind of caller, and what a door must answer it. Undefined: it may come in. */
interface CallerKind {
  name: string;
  /** A new credential for each request: some doors end the session that knocks. */
  make: (door: Door) => Promise<Credential>;
  refusal: (access: Access) => 401 | 403 | undefined;
}

const doorsOf = (routes: readonly RouteOptions[]): Door[] =>
  routes.flatMap(({ method, url, config }) =>
    [method].flat().map((name) => ({ method: name, url, access: config!.access! })),
  );

/** A path of the door's shape, for things that do not exist. */
const pathOf = ({ url }: Door): string =>
  url.replace(/:\w+(\([^)]*\))?/g, () => randomUUID()).replace('*', 'some/page');

const hasBody = (method: string): boolean => method !== 'GET' && method !== 'HEAD';

const scopeOf = (access: Access): Scope => (access.who === 'scope' ? access.scope : 'user.read');

/** Another scope than the door's: what a key with the wrong one has. */
const otherScope = (access: Access): Scope =>
  scopeOf(access) === 'activity.create' ? 'activity.read' : 'activity.create';

async function callerKinds(gateway: TestGateway, owner: TestUser, bob: TestUser): Promise<CallerKind[]> {
  const { writer } = gateway.parts;
  const bearer = (token: string): Credential => ({ headers: { authorization: `Bearer ${token}` } });
  const hash = async (text: string) => {
    const { hashToken } = await import('../../services/gateway/caller.ts');
    return hashToken(text);
  };
  const startSession = async (userId: string, expiresAt: number | null = null) => {
    const token = randomUUID();
    const id = randomUUID();
    await writer.sessions.create({
      id,
      userId,
      parentId: null,
      tokenHash: await hash(token),
      deviceType: '',
      deviceOs: '',
      appVersion: null,
      expiresAt,
      now: gateway.parts.now(),
    });
    return { id, token };
  };
  const makeKey = async (userId: string, permissions: string[]): Promise<Credential> => {
    const secret = randomUUID();
    await writer.apiKeys.create({
      id: randomUUID(),
      userId,
      name: 'test',
      secretHash: await hash(secret),
      permissions,
      now: gateway.parts.now(),
    });
    return { headers: { 'x-api-key': secret } };
  };

  const stranger = (access: Access) => (access.who === 'anyone' ? undefined : 401);
  const session = (isAdmin: boolean) => (access: Access) =>
    access.who === 'scope' && access.admin && !isAdmin ? 403 : undefined;
  const key = (holds: 'scope' | 'another' | 'all', isAdmin: boolean) => (access: Access) => {
    if (access.who !== 'scope') return undefined;
    if (access.admin && !isAdmin) return 403;
    if (access.sessionOnly) return 403;
    if (holds === 'another') return 403;
    return undefined;
  };
  const share = (access: Access) => {
    if (access.who === 'anyone') return undefined;
    return access.who === 'scope' && access.share ? 401 : 403;
  };
  const guest = (access: Access) => {
    if (access.who === 'anyone') return undefined;
    return access.who === 'scope' && access.share ? undefined : 403;
  };
  const links = await makeLinks(gateway, owner);
  return [
    { name: 'a guest', make: async () => links.open, refusal: guest },
    { name: 'a guest by slug', make: async () => links.slug, refusal: guest },
    { name: 'a guest who gave the password', make: async () => links.opened, refusal: guest },
    { name: 'a guest who did not', make: async () => links.closed, refusal: share },
    { name: 'a guest with the token of another link', make: async () => links.misled, refusal: share },
    { name: 'a guest of a link that has expired', make: async () => links.expired, refusal: share },
    {
      name: 'a guest of a link that only shows',
      make: async () => links.bare,
      refusal: (access) =>
        access.who === 'scope' && access.scope === 'asset.upload' && access.share ? 401 : guest(access),
    },
    { name: 'nobody', make: async () => ({ headers: {} }), refusal: stranger },
    { name: 'a wrong session token', make: async () => bearer('wrong'), refusal: stranger },
    {
      name: 'an expired session',
      make: async () => bearer((await startSession(owner.id, gateway.parts.now() - 1)).token),
      refusal: stranger,
    },
    {
      name: 'a revoked session',
      make: async () => {
        const { id, token } = await startSession(owner.id);
        await writer.sessions.remove({ id });
        return bearer(token);
      },
      refusal: stranger,
    },
    {
      name: 'a wrong API key',
      make: async () => ({ headers: { 'x-api-key': 'wrong' } }),
      refusal: stranger,
    },
    {
      name: 'a share key',
      make: async () => ({ headers: { 'x-immich-share-key': 'wrong' } }),
      refusal: share,
    },
    {
      name: 'a share slug',
      make: async () => ({ headers: { 'x-immich-share-slug': 'wrong' } }),
      refusal: share,
    },
    {
      name: 'a key without the scope',
      make: ({ access }) => makeKey(owner.id, [otherScope(access)]),
      refusal: key('another', true),
    },
    {
      name: 'a key with the scope',
      make: ({ access }) => makeKey(owner.id, [scopeOf(access)]),
      refusal: key('scope', true),
    },
    { name: 'a key for all', make: () => makeKey(owner.id, ['all']), refusal: key('all', true) },
    {
      name: 'a key for all of an ordinary user',
      make: () => makeKey(bob.id, ['all']),
      refusal: key('all', false),
    },
    {
      name: 'an ordinary user',
      make: async () => bearer((await startSession(bob.id)).token),
      refusal: session(false),
    },
    {
      name: 'an administrator',
      make: async () => bearer((await startSession(owner.id)).token),
      refusal: session(true),
    },
  ];
}

/** Links to an empty album, and what their guests present. */
async function makeLinks(gateway: TestGateway, owner: TestUser) {
  const { id: albumId } = await gateway.ask<{ id: string }>('POST', '/api/albums', {
    as: owner,
    json: { albumName: 'Shared' },
  });
  const make = async (body: object = {}) => {
    const json = { type: 'ALBUM', albumId, ...body };
    const { key } = await gateway.ask<{ key: string }>('POST', '/api/shared-links', { as: owner, json });
    return { headers: { 'x-immich-share-key': key } };
  };
  const open = async (link: Credential, password: string) => {
    const answer = await gateway.request('POST', '/api/shared-links/login', { as: link, json: { password } });
    return answer.headers.get('set-cookie')!.split(';')[0]!;
  };
  const closed = await make({ password: 'one' });
  const another = await make({ password: 'two' });
  await make({ slug: 'summer' });
  return {
    open: await make(),
    slug: { headers: { 'x-immich-share-slug': 'summer' } },
    closed,
    opened: { headers: { ...closed.headers, cookie: await open(closed, 'one') } },
    misled: { headers: { ...closed.headers, cookie: await open(another, 'two') } },
    expired: await make({ expiresAt: '2000-01-01T00:00:00.000Z' }),
    bare: await make({ allowUpload: false, allowDownload: false, showMetadata: false }),
  };
}

test('every route answers every kind of caller as it declares', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const bob = await gateway.createUser(owner);
  const doors = doorsOf(gateway.routes);
  assert.ok(doors.length > 100, `${doors.length} routes`);
  const wrong: string[] = [];
  for (const kind of await callerKinds(gateway, owner, bob)) {
    for (const door of doors) {
      // Signing in with a wrong password is refused by what was sent, and not by who sent it.
      const expected = kind.refusal(door.access);
      const answer = await gateway.request(door.method, pathOf(door), {
        as: await kind.make(door),
        ...(hasBody(door.method) && { json: {} }),
      });
      await answer.arrayBuffer();
      const isRight =
        expected === undefined ? ![401, 403, 500].includes(answer.status) : answer.status === expected;
      if (!isRight)
        wrong.push(
          `${door.method} ${door.url} for ${kind.name}: ${answer.status}, not ${expected ?? 'let in'}`,
        );
    }
  }
  assert.deepEqual(wrong, []);
});

test('the server does not start with a route that does not say who may call it', async (t) => {
  const { parts } = await startGateway(t);
  const app = fastify();
  authenticate(app, parts);
  assert.throws(() => app.get('/api/forgotten', async () => ''), /does not say who may call it/);
  app.get('/api/declared', { config: { access: anyone } }, async () => '');
});

test('who may not call is refused before the body is sent', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const key = await gateway.createKey(owner, ['activity.read']);
  const { port } = new URL(gateway.url);
  const knock = async (door: Door, credential: string): Promise<string> => {
    const socket = createConnection(Number(port), '127.0.0.1');
    t.after(() => socket.destroy());
    socket.write(
      `${door.method} ${pathOf(door)} HTTP/1.1\r\nHost: box\r\nContent-Type: application/json\r\n` +
        `Content-Length: 1000000\r\n${credential}\r\n`,
    );
    const [answer] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
    socket.destroy();
    return answer.slice(9, 12);
  };
  const closed = doorsOf(gateway.routes).filter(
    ({ method, access }) => hasBody(method) && access.who !== 'anyone',
  );
  for (const door of closed) {
    assert.equal(await knock(door, ''), '401', door.url);
    if (door.access.who === 'scope')
      assert.equal(await knock(door, `x-api-key: ${key.headers['x-api-key']}\r\n`), '403', door.url);
  }
});

test('what cannot be read is refused in the words of the contract, on every route', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const token = { authorization: `Bearer ${owner.token}` };
  const send = (door: Door, path: string, body: string | undefined, headers: object = {}) =>
    fetch(gateway.url + path, {
      method: door.method,
      redirect: 'manual',
      headers: { ...token, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body }),
    });
  const requireProblem = async (response: Response, name: string) => {
    const text = await response.text();
    assert.ok(response.status >= 400 && response.status < 500, `${name}: ${response.status} ${text}`);
    assert.match(response.headers.get('content-type') ?? '', /^application\/json/, name);
    const { message, error, statusCode, correlationId } = JSON.parse(text) as Record<string, unknown>;
    assert.ok(typeof message === 'string' && message !== '', name);
    assert.equal(typeof error, 'string', name);
    assert.equal(statusCode, response.status, name);
    assert.equal(correlationId, response.headers.get('x-correlation-id'), name);
  };

  const doors = doorsOf(gateway.routes).filter(({ url }) => url.startsWith('/api/'));
  const isSignOut = ({ url }: Door) => /logout$/.test(url);
  for (const door of doors) {
    const name = `${door.method} ${door.url}`;
    if (door.method === 'HEAD' || isSignOut(door)) continue;
    if (hasBody(door.method)) {
      for (const body of ['{', '{"a":1,}', 'null,', '\u0000', '{"__proto__":{"a":1}}'])
        await requireProblem(await send(door, pathOf(door), body), `${name} with ${body}`);
    }
    if (/:(id|key|userId|assetId)\b/.test(door.url))
      for (const id of ['x', '%00', '%2e%2e%2f', 'a'.repeat(150), '1 OR 1=1'])
        await requireProblem(
          await send(
            door,
            door.url.replace(/:\w+/g, encodeURI(decodeURIComponent(id))),
            hasBody(door.method) ? '{}' : undefined,
          ),
          `${name} for ${id}`,
        );
  }
});

test('bodies that are too large, of another kind, or no HTTP at all are refused in words', async (t) => {
  const gateway = await startGateway(t);
  const owner = await gateway.signUp();
  const statusOf = async (init: RequestInit) => {
    const response = await fetch(`${gateway.url}/api/auth/login`, { method: 'POST', ...init });
    const { statusCode } = (await response.json()) as { statusCode: number };
    assert.equal(statusCode, response.status);
    return response.status;
  };
  const json = { 'content-type': 'application/json' };
  assert.equal(await statusOf({ headers: json, body: `"${'x'.repeat(17 * 1024 ** 2)}"` }), 413);
  assert.equal(await statusOf({ headers: { 'content-type': 'text/plain' }, body: 'x' }), 400);
  assert.equal(
    await statusOf({ headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: 'x' }),
    400,
  );
  assert.equal(await statusOf({ headers: json, body: '[]' }), 400);
  assert.equal(await statusOf({ headers: json }), 400);

  const raw = async (text: string): Promise<string> => {
    const socket = createConnection(Number(new URL(gateway.url).port), '127.0.0.1');
    t.after(() => socket.destroy());
    socket.write(text);
    const [answer] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
    return answer;
  };
  const malformed = await raw('GET /api/users/%E0%A4%A HTTP/1.1\r\nHost: x\r\n\r\n');
  assert.match(malformed, /^HTTP\/1.1 400/);
  assert.match(malformed, /"correlationId":/);
  assert.match(await raw('nonsense\r\n\r\n'), /^HTTP\/1.1 400/);
  assert.match(await raw(`GET / HTTP/1.1\r\nHost: x\r\nx: ${'y'.repeat(17_000)}\r\n\r\n`), /^HTTP\/1.1 431/);
  assert.equal((await gateway.request('GET', '/api/users/me', { as: owner })).status, 200);
});

test('an unknown address below /api is told in JSON, any other is the page', async (t) => {
  const gateway = await startGateway(t);
  for (const [method, path] of [
    ['GET', '/api'],
    ['GET', '/api/nothing'],
    ['POST', '/api/nothing'],
    ['GET', '/.well-known/other'],
  ]) {
    const response = await gateway.request(method!, path!);
    assert.equal(response.status, 404, path);
    assert.equal(((await response.json()) as { code: string }).code, 'route_unknown');
  }
  for (const path of ['/', '/photos/some-id', '/auth/login', '/%E0%A4%A0']) {
    const response = await gateway.request('GET', path);
    assert.equal(response.status, 200, path);
    assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
    assert.equal(response.headers.get('cache-control'), 'no-store');
  }
});
