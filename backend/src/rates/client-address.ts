import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';

/** What Express calls `trust proxy fn`: whether the proxy at that address, so many hops away, is the owner's. */
export type Trust = (address: string, hops: number) => boolean;

/**
 * Whose proxies are believed, from the setting `TRUST_PROXY`: `no` one's, `yes` the one that connects, or those at the addresses
 * that are listed (`10.0.0.0/8`, `loopback`).
 */
export function trusted(setting: readonly string[]): Trust {
  if (setting.includes('no')) return () => false;
  return setting.includes('yes') ? (_, hops) => hops === 0 : proxyAddr.compile([...setting]);
}

/**
 * Whether the browser's request came over TLS: to the proxy that connects, as that says if it is believed. What Express calls
 * `request.secure`, for requests that it does not see; the server itself speaks no TLS.
 */
export function cameOverTls({ headers, socket }: IncomingMessage, trust: Trust): boolean {
  const said = String(headers['x-forwarded-proto'] ?? '').split(',')[0];
  return said?.trim() === 'https' && trust(socket.remoteAddress ?? '', 0);
}

/** The address of who asks: what the last proxy that is believed says, or the one that connects. */
export function clientAddress(request: IncomingMessage, trust: Trust): string {
  return proxyAddr(request, trust);
}
