import { isIPv6 } from 'node:net';

/** Groups of an IPv6 address that a provider gives to one customer at least. */
const CUSTOMER_GROUPS = 4;

/** What an address is counted as: an IPv4 address itself, of IPv6 the first 64 bits, because whoever has one has them all. */
export function networkOf(address: string | undefined): string {
  if (!address) return 'unknown';
  const [plain = ''] = address.split('%');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped ?? !isIPv6(plain)) return mapped ?? plain;
  return `${groupsOf(plain).slice(0, CUSTOMER_GROUPS).join(':')}::/64`;
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
