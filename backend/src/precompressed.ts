import type { NextFunction, Request, Response } from 'express';
import { readdirSync } from 'node:fs';
import { extname, relative, resolve, sep } from 'node:path';

/** How a file may be sent, best first, and how the build names the variant. A browser says in another order what it takes. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/**
 * Lets whoever serves the files of a folder send the compressed variants that the build has put beside them, to browsers
 * that take these. Caching and ETag stay the matter of who serves them; each variant is a file with an ETag of its own.
 */
export function precompressed(folder: string) {
  const files = new Set(filesIn(folder));
  return (request: Request, response: Response, next: NextFunction): void => {
    const path = request.path === '/' ? '/index.html' : request.path;
    const variants = ENCODINGS.filter(([, extension]) => files.has(path + extension));
    if (variants.length > 0 && ['GET', 'HEAD'].includes(request.method)) {
      response.vary('Accept-Encoding');
      const [encoding, extension] = variants.find(([name]) => request.acceptsEncodings(name)) ?? [];
      if (encoding) {
        response.type(extname(path));
        response.setHeader('Content-Encoding', encoding);
        request.url = path + extension;
      }
    }
    next();
  };
}

/** As they stand in an address; none where the page has not been built. */
function filesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => `/${relative(folder, resolve(entry.parentPath, entry.name)).replaceAll(sep, '/')}`);
  } catch {
    // A server without a page runs in the tests.
    return [];
  }
}
