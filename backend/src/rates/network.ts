import { isIPv4, isIPv6 } from 'node:net';

/** What an address is counted as: an IPv4 address itself, of IPv6 the first 64 bits, because whoever has one has them all. */
export function networkOf(address: string | undefined): string {
  const { v4, v6 } = parsed(address);
  return v4 ?? (v6 ? `${v6.slice(0, 4).join(':')}::/64` : 'unknown');
}

/**
 * The network around it, as far as one person commands it: of IPv4 the first 24 bits, of IPv6 the first 56, which is what a customer
 * usually gets. Limits for one address only are none for who has thousands.
 */
export function wideNetworkOf(address: string | undefined): string {
  const { v4, v6 } = parsed(address);
  if (v4) return `${v4.slice(0, v4.lastIndexOf('.'))}.0/24`;
  if (!v6) return 'unknown';
  const [a, b, c, last = '0'] = v6;
  return `${[a, b, c, (Number.parseInt(last, 16) & 0xff00).toString(16)].join(':')}::/56`;
}

/** An address as it is written out; neither for what is none. */
function parsed(address = ''): { readonly v4?: string; readonly v6?: readonly string[] } {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(plain)) return { v4: plain };
  return isIPv6(plain) ? { v6: groupsOf(plain) } : {};
}

/** The eight groups of an IPv6 address, in lower case, without leading zeros. */
function groupsOf(address: string): readonly string[] {
  const { hostname = '' } = URL.parse(`http://[${address}]`) ?? {};
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail?.split(':').filter(Boolean) ?? [];
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => '0'), ...right];
}

/** Whether the address is that of this machine itself. */
export function isLoopback(network: string): boolean {
  return network.startsWith('127.') || network === '0:0:0:0::/64';
}
