import { BlockList, isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';

const LOOPBACK = addresses(['127.0.0.0', 8, 'ipv4'], ['::1', 128, 'ipv6']);
/** RFC 1918, RFC 4193 and link-local: of a network that the owner has around. */
const PRIVATE = addresses(
  ['10.0.0.0', 8, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
);

/** How many hosts that were refused are remembered, so that each is logged once and nobody can fill the log. */
const REPORTED = 100;

/**
 * The names by which browsers may reach this server. A page of another site can make its own name lead to this server's
 * address (DNS rebinding): then the browser takes both for one site, and only the `Host` header says otherwise.
 */
export class HostNames {
  private readonly listed: ReadonlySet<string>;
  private readonly reported = new Set<string>();

  /**
   * @param names which count, besides loopback; if there are none, private addresses and the machine's own names and addresses
   * @param report takes each name that was refused, once
   */
  constructor(
    names: readonly string[],
    private readonly report: (name: string) => void,
  ) {
    this.listed = new Set(names);
  }

  /** Whether a request with this `Host` header is for this server. */
  include(header: string | undefined): boolean {
    const name = header === undefined ? undefined : hostNameOf(header);
    if (name !== undefined && this.counts(name)) return true;
    this.reportOnce(name ?? JSON.stringify(header ?? ''));
    return false;
  }

  private counts(name: string): boolean {
    if (name === 'localhost' || isAmong(LOOPBACK, name) || this.listed.has(name)) return true;
    return this.listed.size === 0 && (isAmong(PRIVATE, name) || ownNames().has(name) || ownAddresses().has(name));
  }

  private reportOnce(name: string): void {
    if (this.reported.has(name) || this.reported.size >= REPORTED) return;
    this.reported.add(name);
    this.report(name);
  }
}

/** The host of `host` or `host:port`, as a browser writes it: in lower case, IPv6 in brackets. Undefined if it is none. */
export function hostNameOf(host: string): string | undefined {
  const url = URL.parse(`http://${host}`);
  if (!url || url.username || url.password || url.pathname !== '/' || url.search || url.hash) return undefined;
  return url.hostname.replace(/\.$/, '');
}

function ownNames(): ReadonlySet<string> {
  const name = hostname().toLowerCase();
  const [short = name] = name.split('.');
  return new Set([name, short, `${short}.local`]);
}

/** They change, as networks come and go. */
function ownAddresses(): ReadonlySet<string> {
  const all = Object.values(networkInterfaces()).flatMap((addressesOfOne = []) => addressesOfOne);
  return new Set(all.map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address)));
}

function isAmong(list: BlockList, name: string): boolean {
  const address = name.replace(/^\[|\]$/g, '');
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

function addresses(...networks: readonly (readonly [string, number, 'ipv4' | 'ipv6'])[]): BlockList {
  const list = new BlockList();
  for (const [network, prefix, version] of networks) list.addSubnet(network, prefix, version);
  return list;
}
