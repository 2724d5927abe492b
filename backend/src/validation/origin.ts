import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request may come from the page that it names: none (not a browser), the server's own, or one that the owner
 * listed. Browsers let any page open a WebSocket to any host with that host's cookies, so the server must ask. Where the request
 * came over TLS the page must have, too: one that anybody on the way may have written is not the server's own. Where it did not,
 * a proxy that is not believed may have ended the TLS.
 */
export function isOwnOrigin(
  { origin, host }: IncomingHttpHeaders,
  overTls: boolean,
  listed: readonly string[],
): boolean {
  if (origin === undefined || origin === `https://${host}` || listed.includes(origin)) return true;
  return !overTls && origin === `http://${host}`;
}
