import { fileURLToPath } from 'node:url';

/** The arguments of Node: the built server, with faults of clock and disk that can be injected. */
export const PROGRAM: readonly string[] = [
  '--import',
  fileURLToPath(new URL('fault-injection.mjs', import.meta.url)),
  fileURLToPath(new URL('../../backend/dist/main.js', import.meta.url)),
];

/** Identifies over HTTP as the page does; returns the `Cookie` header. */
export async function identify(port: number, email: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email }),
  });
  return response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
