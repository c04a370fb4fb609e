import { BlockList, isIP } from 'node:net';

/** Addresses that no router passes on to the Internet, and this machine itself. */
const local = new BlockList();
// RFC 1918: private networks.
local.addSubnet('10.0.0.0', 8, 'ipv4');
local.addSubnet('172.16.0.0', 12, 'ipv4');
local.addSubnet('192.168.0.0', 16, 'ipv4');
// RFC 3927: link-local, where no router gives addresses.
local.addSubnet('169.254.0.0', 16, 'ipv4');
// RFC 1122: this machine.
local.addSubnet('127.0.0.0', 8, 'ipv4');
// RFC 4193, RFC 4291: unique local, link-local, this machine.
local.addSubnet('fc00::', 7, 'ipv6');
local.addSubnet('fe80::', 10, 'ipv6');
local.addAddress('::1', 'ipv6');

/** Whether an address is in the box's own networks. What is no address is not. */
export function isLocalAddress(address: string): boolean {
  const plain = plainAddress(address);
  const version = isIP(plain);
  return version !== 0 && local.check(plain, version === 6 ? 'ipv6' : 'ipv4');
}

/**
 * What stands for a sender when attempts are counted: an IPv4 address, or the /64 network of an IPv6 address,
 * since one household has all of the addresses in it.
 */
export function senderOf(address: string): string {
  const plain = plainAddress(address);
  if (isIP(plain) !== 6) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const behind = tail === '' ? 0 : tail.split(':').length;
    while (groups.length < 8 - behind) groups.push('0');
  }
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}

/** Without an IPv6 zone (`%eth0`), and as IPv4 when it is IPv4 written as IPv6, as a socket on `::` reports it. */
const plainAddress = (address: string): string =>
  address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
