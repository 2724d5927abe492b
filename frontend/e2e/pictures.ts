import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Background, and what is drawn on it in a square of 44. */
const DRAWINGS: Readonly<Record<string, readonly [string, string]>> = {
  escuadra: [
    '#dceefb',
    '<path d="M8 36 36 36 8 8zM14 30V21l9 9z" fill="#2f80c2" fill-rule="evenodd"/><path d="M8 14h3M8 19h3M8 24h3M8 29h3" stroke="#dceefb" stroke-width="1.5"/>',
  ],
  calculadora: [
    '#ece6f6',
    '<rect x="11" y="6" width="22" height="32" rx="3" fill="#4b3f72"/><rect x="14" y="9" width="16" height="7" rx="1" fill="#c8f0d2"/><g fill="#f2eefb"><circle cx="16.5" cy="21" r="2"/><circle cx="22" cy="21" r="2"/><circle cx="16.5" cy="27" r="2"/><circle cx="22" cy="27" r="2"/><circle cx="16.5" cy="33" r="2"/><circle cx="22" cy="33" r="2"/></g><rect x="25.500" y="19" width="4" height="16" rx="2" fill="#f2a541"/>',
  ],
  globo: [
    '#e0f3ea',
    '<circle cx="22" cy="19" r="12" fill="#3f9bd6"/><path d="M15 12c4-3 8 0 7 3s-5 2-5 5-5 0-5-3zM25 19c4-2 7 0 7 3s-5 6-7 5-2-6 0-8z" fill="#63b36a"/><path d="M32 8a15 15 0 0 1-8 26M22 34v4M15 38h14" fill="none" stroke="#8a5a2b" stroke-width="2.200" stroke-linecap="round"/>',
  ],
  cuaderno: [
    '#fde9e4',
    '<rect x="12" y="7" width="22" height="30" rx="2" fill="#d9573f"/><rect x="17" y="12" width="13" height="7" rx="1" fill="#fff4ef"/><g stroke="#7a2a1c" stroke-width="2" stroke-linecap="round"><path d="M9 12h6M9 19h6M9 26h6M9 33h6"/></g>',
  ],
  lapices: [
    '#fff4d6',
    '<g stroke-linejoin="round"><path d="M10 36 7 40l5-1 18-18-4-4z" fill="#e9b44c"/><path d="m26 17 4 4 4-4a2.800 2.800 0 0 0-4-4z" fill="#d9573f"/><path d="m12 7 5 1 17 17-4 4-17-17z" fill="#3f9bd6"/><path d="m30 29 4-4 4 4a2.800 2.800 0 0 1-4 4z" fill="#2d6e9e"/></g>',
  ],
  papel: [
    '#e9eef2',
    '<rect x="10" y="24" width="24" height="11" rx="1" fill="#b9885a"/><path d="M13 8h14l5 5v11H13z" fill="#ffffff" stroke="#9fb0bc"/><path d="M27 8v5h5" fill="#dbe4ea" stroke="#9fb0bc"/><path d="M16 15h9M16 19h12" stroke="#9fb0bc" stroke-width="1.500"/><rect x="17" y="27" width="10" height="4" rx="1" fill="#f4e3cf"/>',
  ],
  tijeras: [
    '#e3f1f1',
    '<g fill="none" stroke-linecap="round"><path d="M14 8 27 29M30 8 17 29" stroke="#7b8c96" stroke-width="3.200"/><circle cx="14" cy="33" r="4.500" stroke="#d9573f" stroke-width="3"/><circle cx="30" cy="33" r="4.500" stroke="#d9573f" stroke-width="3"/></g><circle cx="22" cy="21" r="1.500" fill="#42525c"/>',
  ],
  mochila: [
    '#e4ecfa',
    '<path d="M17 12V9a5 5 0 0 1 10 0v3" fill="none" stroke="#2b4c7e" stroke-width="2.500"/><rect x="10" y="11" width="24" height="27" rx="7" fill="#3d6cb4"/><rect x="14" y="24" width="16" height="10" rx="3" fill="#2b4c7e"/><path d="M14 28h16" stroke="#f2a541" stroke-width="1.800"/><rect x="18" y="16" width="8" height="3" rx="1.500" fill="#dbe6f8"/>',
  ],
};

/** Serves the drawings as `/name.svg`, because the form takes links to pictures and nothing else. */
export async function servePictures(): Promise<{ readonly server: Server; readonly link: (name: string) => string }> {
  const server = createServer((request, response) => {
    const [background = '#fff', drawing = ''] = DRAWINGS[/\w+/.exec(request.url ?? '')?.[0] ?? ''] ?? [];
    response.setHeader('Content-Type', 'image/svg+xml');
    response.end(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 44 44"><rect width="44" height="44" fill="${background}"/>${drawing}</svg>`,
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, link: (name) => `http://127.0.0.1:${port}/${name}.svg` };
}
