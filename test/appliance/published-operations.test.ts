import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startGateway } from './start-gateway.ts';

/**
 * What the published client can ask and this box does not offer: whole areas that the contract (§6.1) leaves to
 * larger servers, none of them called by the phone app, the command line or immich-go.
 */
const NOT_OFFERED = [
  // A licence is neither sold nor needed.
  /^(PUT|DELETE) \/server\/license$/,
  /^(PUT|DELETE) \/users\/me\/license$/,
  // Single files of an asset, and live conversion of videos (`features.realtimeTranscoding` is off).
  /^\w+ \/asset-files/,
  /^\w+ \/assets\/:\/video\/stream/,
  // Maintenance by a web page; the box looks after its catalog by itself.
  /^\w+ \/admin\/(auth|database-backups|integrity|maintenance)/,
  /^POST \/admin\/notifications\/(templates|test-email)/,
  /^GET \/system-metadata\/(reverse-geocoding|version-check)-state$/,
  // Several servers with the same people, programs of others inside, and rules that start them.
  /^\w+ \/(cluster-groups|plugins|workflows)/,
  // Folders that are read where they are, single jobs in a queue.
  /^\w+ \/libraries/,
  /^GET \/queues\/:\/jobs$/,
  /^GET \/map\/reverse-geocode$/,
];

/** Every operation of the published client, `GET /assets/:`, from its own source. */
function publishedOperations(): string[] {
  const source = readFileSync(
    fileURLToPath(import.meta.resolve('@immich/sdk')).replace(/index\.js$/, 'fetch-client.js'),
    'utf8',
  );
  const calls = source.split(/oazapfts\.fetch(?:Json|Text|Blob)\(/).slice(1);
  return calls.map((call) => {
    const [, path] = /^[`"](\/.*?)(?:\$\{QS|[`"],)/.exec(call)!;
    const end = call.indexOf('\n}');
    const method = /method: "([A-Z]+)"/.exec(call.slice(0, end))?.[1] ?? 'GET';
    return `${method} ${path!.replace(/\$\{encodeURIComponent\(\w+\)\}/g, ':')}`;
  });
}

test('every operation of the published client is served, or is one of those that this box does without', async (t) => {
  const { routes } = await startGateway(t);
  const served = new Set(
    routes.flatMap(({ method, url }) =>
      [method].flat().map((name) => `${name} ${url.replace(/^\/api/, '').replace(/:\w+(\([^)]*\))?/g, ':')}`),
    ),
  );
  const operations = publishedOperations();
  assert.equal(operations.length, 276);
  const missing = operations.filter((operation) => !served.has(operation));
  assert.deepEqual(
    missing.filter((operation) => !NOT_OFFERED.some((pattern) => pattern.test(operation))),
    [],
  );
});

test('a client that wants to sign in through another provider is told that it cannot', async (t) => {
  const gateway = await startGateway(t);
  const features = await gateway.ask<{ oauth: boolean }>('GET', '/api/server/features');
  assert.equal(features.oauth, false);
  for (const path of ['authorize', 'callback']) {
    const answer = await gateway.request('POST', `/api/oauth/${path}`, { json: { url: 'x' } });
    assert.equal(answer.status, 400);
    assert.match(((await answer.json()) as { message: string }).message, /password/);
  }
  assert.equal((await gateway.request('GET', '/api/oauth/mobile-redirect?code=1')).status, 400);
});
