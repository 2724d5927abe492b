import { isIPv4, isIPv6 } from 'node:net';

/**
 * The network that a client's address belongs to, as far as one person commands it: of IPv4 the first 24 bits, of IPv6 the first 56,
 * which is what a customer usually gets. Limits for one address only are none for who has thousands.
 */
export function wideNetworkOf(address: string | undefined): string {
  const plain = (address ?? '').replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(plain)) return `${plain.slice(0, plain.lastIndexOf('.'))}.0/24`;
  if (!isIPv6(plain)) return 'unknown';
  const [head = '', tail] = plain.split('::');
  const [first, last] = [groupsOf(head), groupsOf(tail ?? '')];
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - first.length - last.length }, () => 0);
  const [a = 0, b = 0, c = 0, d = 0] = [...first, ...zeros, ...last];
  return `${[a, b, c, d & 0xff00].map((group) => group.toString(16)).join(':')}::/56`;
}

function groupsOf(text: string): number[] {
  // The last two groups may be written like an IPv4 address: they are behind the first 56 bits anyway.
  const groups = text.split(':').filter(Boolean);
  return groups.flatMap((group) => (group.includes('.') ? [0, 0] : [Number.parseInt(group, 16)]));
}
