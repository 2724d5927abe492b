import type { ServeStaticModuleOptions } from '@nestjs/serve-static';
import type { ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';

/** Where `npm run build` puts the page; the same place seen from `src` and from `dist`. */
export const pageFolder = fileURLToPath(new URL('../../frontend/dist/browser', import.meta.url));

/** The page, from the same port as the socket (B16). */
export const pageOptions: ServeStaticModuleOptions = {
  rootPath: pageFolder,
  // What has an extension is a file, and there is none of that name: not the page for whoever asks for a robots.txt or a script.
  renderPath: /\/[^./]*$/,
  exclude: ['/api/{*path}', '/health/{*path}', '/pictures/{*path}', '/socket.io/{*path}'],
  serveStaticOptions: {
    setHeaders(response: ServerResponse, path: string) {
      // The build puts a hash of the content into every name but that of the page itself.
      const hashed = /-[A-Z0-9]{8}\.\w+(?:\.(?:br|gz))?$/.test(path);
      response.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  },
};
