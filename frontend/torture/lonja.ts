import { fileURLToPath } from 'node:url';

/** What Node runs: the built server, on a machine that can be told to lie about clock and disk. */
export const PROGRAM: readonly string[] = [
  '--import',
  fileURLToPath(new URL('mischief.mjs', import.meta.url)),
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
