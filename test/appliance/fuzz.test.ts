import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RouteOptions } from 'fastify';
import { randomNumbers } from '#test/fixtures/media';
import { startGateway } from './start-gateway.ts';

/** Requests in all; every route gets its share. */
const REQUESTS = 20_000;
const CONNECTIONS = 8;

/** What a schema of ours can be made of; the rest of JSON Schema is not used. */
interface Schema {
  type?: string;
  const?: unknown;
  anyOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  pattern?: string;
  format?: string;
}

/** Values that have broken servers before, and some that only look as if they could. */
const NASTY: readonly unknown[] = [
  null,
  '',
  ' ',
  '0',
  '-1',
  'true',
  'null',
  '\u0000',
  '\ud800',
  '../../etc/passwd',
  "'; DROP TABLE asset; --",
  '%00%ff',
  '{{7*7}}',
  '🖼️'.repeat(50),
  'x'.repeat(20_000),
  '0000-00-00T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
  '+275760-09-13T00:00:00Z',
  '2024-02-30T10:00:00Z',
  -1,
  0,
  0.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  -(2 ** 31) - 1,
  true,
  [],
  [null],
  [[]],
  {},
  { __proto__: null, constructor: 1 },
  { $gt: '' },
  Array.from({ length: 1500 }, () => 'a0000000-0000-4000-8000-000000000001'),
];

interface Fuzz {
  /** In [0, 1). */
  random: () => number;
  pick<Item>(items: readonly Item[]): Item;
  /** Ids that exist. */
  ids: readonly string[];
}

/** A value that fits `schema`, more or less; now and then one that does not at all. */
function valueFor(schema: Schema | undefined, fuzz: Fuzz, depth = 0): unknown {
  if (!schema || fuzz.random() < 0.12) return fuzz.pick(NASTY);
  if ('const' in schema) return schema.const;
  if (schema.anyOf) return valueFor(fuzz.pick(schema.anyOf), fuzz, depth);
  switch (schema.type) {
    case 'object': {
      const value: Record<string, unknown> = {};
      for (const [name, property] of Object.entries(schema.properties ?? {}))
        if (fuzz.random() < 0.6) value[name] = valueFor(property, fuzz, depth + 1);
      if (fuzz.random() < 0.05) value['unknown'] = fuzz.pick(NASTY);
      return value;
    }
    case 'array':
      return Array.from({ length: Math.floor(fuzz.random() * 4) }, () =>
        valueFor(schema.items, fuzz, depth + 1),
      );
    case 'boolean':
      return fuzz.random() < 0.5;
    case 'integer':
      return Math.floor(fuzz.random() * 2000) - 3;
    case 'number':
      return fuzz.random() * 400 - 200;
    case 'null':
      return null;
    default:
      if (schema.pattern) return fuzz.pick(fuzz.ids);
      if (schema.format === 'date-time') return new Date(fuzz.random() * 4e12 - 1e12).toISOString();
      return fuzz.pick(['photo.jpg', '2024-05-01', 'a/b/c', '123456', 'asc', fuzz.pick(fuzz.ids)]);
  }
}

/** Query and path values are text; lists repeat their name. */
function queryFor(schema: Schema | undefined, fuzz: Fuzz): string {
  const query = new URLSearchParams();
  const value = valueFor(schema ?? { type: 'object' }, fuzz);
  if (typeof value !== 'object' || value === null) return '';
  for (const [name, entry] of Object.entries(value))
    for (const one of Array.isArray(entry) ? entry.slice(0, 20) : [entry])
      query.append(
        name,
        typeof one === 'string' ? one.slice(0, 2000).toWellFormed() : (JSON.stringify(one) ?? ''),
      );
  return query.size === 0 ? '' : `?${query}`;
}

function pathFor(url: string, fuzz: Fuzz): string {
  return url.replace(/:\w+|\*/g, () => {
    const value = fuzz.random() < 0.7 ? fuzz.pick(fuzz.ids) : fuzz.pick(NASTY);
    const text =
      typeof value === 'string' ? value.slice(0, 150).toWellFormed() : JSON.stringify(value).slice(0, 150);
    return encodeURIComponent(text) || '%20';
  });
}

/** Ending the session that asks would make every later answer 401, and prove nothing. */
const ENDS_SESSION =
  /^\/api\/(?:auth\/(?:logout|login|admin-sign-up|change-password|pin-code|session)|sessions|users\/me$|admin\/users\/:id$)/;

test('20,000 mutated requests built from the schemas of the routes never make the box fail', {
  timeout: 300_000,
}, async (t) => {
  const seed = Date.now() % 2 ** 31;
  t.diagnostic(`seed ${seed}`);
  const random = randomNumbers(seed);
  const gateway = await startGateway(t);
  const admin = await gateway.signUp();
  const album = await gateway.ask<{ id: string }>('POST', '/api/albums', {
    as: admin,
    json: { albumName: 'Fuzz' },
  });
  const tag = await gateway.ask<{ id: string }[]>('PUT', '/api/tags', { as: admin, json: { tags: ['a/b'] } });
  const fuzz: Fuzz = {
    random,
    pick: (items) => items[Math.floor(random() * items.length)]!,
    ids: [admin.id, album.id, tag[0]!.id, 'a0000000-0000-4000-8000-000000000001'],
  };
  const routes = gateway.routes.filter(
    ({ url, method }) => url.startsWith('/api/') && method !== 'HEAD' && !ENDS_SESSION.test(url),
  );
  assert.ok(routes.length > 80, 'the routes were found');

  const statuses = new Map<number, number>();
  const failures = new Map<string, string>();
  const send = async (route: RouteOptions) => {
    const method = fuzz.pick([route.method].flat().filter((name) => name !== 'HEAD'));
    const schema = (route.schema ?? {}) as { body?: Schema; querystring?: Schema };
    const path = `${pathFor(route.url, fuzz)}${queryFor(schema.querystring, fuzz)}`;
    const hasBody = method !== 'GET';
    const body = hasBody ? JSON.stringify(valueFor(schema.body, fuzz)) : undefined;
    const cut =
      body !== undefined && random() < 0.03 ? body.slice(0, Math.floor(random() * body.length)) : body;
    const response = await fetch(gateway.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...admin.headers,
        ...(hasBody && { 'content-type': random() < 0.97 ? 'application/json' : 'text/weird' }),
      },
      ...(cut !== undefined && { body: cut }),
    });
    const text = await response.text();
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    if (response.status === 500)
      failures.set(
        `${method} ${route.url}`,
        `${path.slice(0, 400)} ${cut?.slice(0, 400)}: ${text.slice(0, 120)}`,
      );
    if (response.status >= 400)
      assert.equal(typeof JSON.parse(text).message, 'string', `${method} ${path.slice(0, 200)}`);
  };
  let sent = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (sent < REQUESTS) await send(routes[sent++ % routes.length]!);
    }),
  );
  t.diagnostic(JSON.stringify(Object.fromEntries(statuses)));
  assert.deepEqual(Object.fromEntries(failures), {});
  assert.ok((statuses.get(200) ?? 0) > 500, 'some of it was right, so the handlers were reached');
  assert.equal((await fetch(`${gateway.url}/api/server/ping`)).status, 200);
});
