import { describe, expect, it } from '@jest/globals';
import type { IncomingMessage } from 'node:http';
import { clientAddress, trusted } from './client-address.js';
import { isLoopback, networkOf, wideNetworkOf } from './network.js';

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    [undefined, 'unknown'],
    ['', 'unknown'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('is loopback of the machine only', () => {
    expect(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map((address) => isLoopback(networkOf(address)))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['203.0.113.7', '2001:db8::1', undefined].some((address) => isLoopback(networkOf(address)))).toBe(false);
  });
});

describe('the network around an address', () => {
  it.each([
    ['192.0.2.17', '192.0.2.0/24'],
    ['::ffff:192.0.2.17', '192.0.2.0/24'],
    ['2001:db8:1:2ff:3:4:5:6', '2001:db8:1:200::/56'],
    ['2001:db8::1', '2001:db8:0:0::/56'],
    ['2001:db8:1:2::', '2001:db8:1:0::/56'],
    ['::1', '0:0:0:0::/56'],
    ['fe80::1%eth0', 'fe80:0:0:0::/56'],
    ['64:ff9b::192.0.2.1', '64:ff9b:0:0::/56'],
    ['somewhere', 'unknown'],
    [undefined, 'unknown'],
  ])('of %s is %s', (address, network) => {
    expect(wideNetworkOf(address)).toBe(network);
  });
});

describe('the address of who asks', () => {
  /** Connects from 10.0.0.5 with what the proxies before have said. */
  const from = (forwarded: string | undefined, ...setting: string[]) => {
    const request = {
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      socket: { remoteAddress: '10.0.0.5' },
    };
    return clientAddress(request as object as IncomingMessage, trusted(setting));
  };

  it('is that of the connection, whatever the request says, when no proxy is believed', () => {
    expect(from('203.0.113.7', 'no')).toBe('10.0.0.5');
  });

  it('is the last that the believed proxy says: what stood there before, anybody can write', () => {
    expect(from('198.51.100.1, 203.0.113.7', 'yes')).toBe('203.0.113.7');
    expect(from(undefined, 'yes')).toBe('10.0.0.5');
  });

  it('is what the first proxy that is not listed has connected from', () => {
    expect(from('198.51.100.1, 203.0.113.7, 10.0.0.9', '10.0.0.0/8')).toBe('203.0.113.7');
    expect(from('203.0.113.7', '192.168.0.0/16')).toBe('10.0.0.5');
  });
});
