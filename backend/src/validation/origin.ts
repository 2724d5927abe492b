/**
 * Whether a request may come from the page that it names: none (not a browser), the server's own, or one that the owner
 * listed. Browsers let any page open a WebSocket to any host with that host's cookies, so the server must ask.
 */
export function isOwnOrigin(origin: string | undefined, host: string | undefined, listed: readonly string[]): boolean {
  if (origin === undefined) return true;
  return origin === `http://${host}` || origin === `https://${host}` || listed.includes(origin);
}
