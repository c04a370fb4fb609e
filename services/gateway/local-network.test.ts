import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLocalAddress, senderOf } from './local-network.ts';

test('private, link-local and own addresses are local, also IPv4 written as IPv6', () => {
  const inside = [
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.178.20',
    '169.254.9.9',
    '127.0.0.1',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fd12:3456::1',
    '::ffff:192.168.1.2',
    '::FFFF:10.0.0.1',
  ];
  for (const address of inside) assert.ok(isLocalAddress(address), address);
});

test('every other address is not local', () => {
  const outside = [
    '8.8.8.8',
    '172.32.0.1',
    '192.169.0.1',
    '100.64.0.1',
    '2a02:8108::1',
    '::ffff:8.8.8.8',
    '::',
    '',
    'unknown',
    '10.1',
    '192.168.1.1.evil',
    '::ffff:10.0.0.1.2',
  ];
  for (const address of outside) assert.ok(!isLocalAddress(address), address);
});

test('one IPv6 household is one sender, one IPv4 address is another', () => {
  assert.equal(senderOf('2a02:8108:1:2:aaaa:bbbb:cccc:dddd'), '2a02:8108:1:2::/64');
  assert.equal(senderOf('2a02:8108:1:2::1'), '2a02:8108:1:2::/64');
  assert.equal(senderOf('2a02:8108::1'), '2a02:8108:0:0::/64');
  assert.equal(senderOf('::1'), '0:0:0:0::/64');
  assert.equal(senderOf('::ffff:9.9.9.9'), '9.9.9.9');
});
