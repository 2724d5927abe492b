import { describe, expect, it } from '@jest/globals';
import { hostname, networkInterfaces } from 'node:os';
import { HostNames } from './host-names.js';

const LOOPBACK = ['localhost', 'LOCALHOST:3000', '127.0.0.1', '127.1.2.3:80', '[::1]:3000', 'localhost.'];
const PRIVATE = [
  '10.1.2.3',
  '172.16.0.1:3000',
  '172.31.255.255',
  '192.168.0.1',
  '169.254.1.1',
  '[fd12::1]',
  '[fe80::1]:3000',
  '[::ffff:192.168.0.1]',
];
const FOREIGN = [
  'evil.example',
  'evil.example:3000',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  '172.32.0.1',
  '8.8.8.8',
  '[2001:db8::1]',
  'evil@localhost',
  'localhost/x',
  'local host',
  '',
];

function names(...listed: string[]) {
  const reported: string[] = [];
  return { names: new HostNames(listed, (name) => reported.push(name)), reported };
}

describe('the names of this server', () => {
  it.each([...LOOPBACK, ...PRIVATE])('include %s, when none are listed', (host) => {
    expect(names().names.include(host)).toBe(true);
  });

  it('include those of the machine and its addresses, when none are listed', () => {
    const [short] = hostname().split('.');
    const addresses = Object.values(networkInterfaces()).flatMap((all = []) => all);
    const hosts = addresses.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));
    for (const host of [hostname(), short!, `${short}.local`, ...hosts]) expect(names().names.include(host)).toBe(true);
    expect(names().names.include(`${short}.evil.example`)).toBe(false);
  });

  it.each(FOREIGN)('do not include %j', (host) => {
    expect(names().names.include(host)).toBe(false);
    expect(names('lonja.acme.com').names.include(host)).toBe(false);
  });

  it('do not include none', () => {
    expect(names().names.include(undefined)).toBe(false);
  });

  it('are those that are listed, and loopback, when some are', () => {
    const { names: listed } = names('lonja.acme.com', '203.0.113.7', '[2001:db8::1]');

    for (const host of ['Lonja.acme.com:8443', '203.0.113.7', '[2001:DB8::1]:80', ...LOOPBACK])
      expect(listed.include(host)).toBe(true);
    for (const host of [...PRIVATE, hostname(), 'x.lonja.acme.com']) expect(listed.include(host)).toBe(false);
  });

  it('are missed aloud: each name once, and not without end', () => {
    const { names: none, reported } = names();

    for (const host of ['evil.example', 'EVIL.example:3000', 'a b\n', undefined]) none.include(host);
    expect(reported).toEqual(['evil.example', '"a b\\n"', '""']);

    for (let count = 0; count < 1_000; count++) none.include(`${count}.example`);
    expect(reported).toHaveLength(100);
  });
});
