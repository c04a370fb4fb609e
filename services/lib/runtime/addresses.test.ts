import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { test } from 'node:test';
import { listAddresses } from './addresses.ts';

test('one that listens everywhere is reached by each address of the local network, and by itself', () => {
  const addresses = listAddresses({ host: '::', port: 2283 });
  assert.deepEqual(addresses.at(-1), { url: 'http://localhost:2283', kind: 'own' });
  const outside = Object.entries(networkInterfaces())
    .filter(([name]) => !/^(docker|br-|veth)/.test(name))
    .flatMap(([, list]) => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal);
  for (const { address } of outside)
    assert.ok(addresses.some(({ url, kind }) => url === `http://${address}:2283` && kind === 'ip'));
  assert.ok(addresses.every(({ url }) => !url.includes('127.0.0.1')));
});

test('one that listens in one place is reached there, and no phone reaches what listens to this machine', () => {
  assert.deepEqual(listAddresses({ host: '192.168.1.2', port: 80 }), [
    { url: 'http://192.168.1.2:80', kind: 'ip' },
  ]);
  assert.deepEqual(listAddresses({ host: '::1', port: 80 }), [{ url: 'http://[::1]:80', kind: 'own' }]);
});

test('a name that is answered for comes after the addresses, which work without anybody to ask', () => {
  const addresses = listAddresses({ host: '0.0.0.0', port: 2283, name: 'attic' });
  assert.deepEqual(addresses.slice(-2), [
    { url: 'http://attic.local:2283', kind: 'name' },
    { url: 'http://localhost:2283', kind: 'own' },
  ]);
});
