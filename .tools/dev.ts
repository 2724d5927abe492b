import { join } from 'node:path';
import concurrently from 'concurrently';
import { bringUpToDate } from './build.ts';
import { backend, frontend, root } from './sides.ts';

/**
 * Both sides in one terminal, each reloading when its sources change. The page is served by Angular's own server, which
 * passes everything else on to ours; Ctrl-C ends them all.
 */
await bringUpToDate([backend], (text) => process.stdout.write(text));

const watchBackend = 'tsc -p backend/tsconfig.build.json --watch --preserveWatchOutput';
// Both servers would take the PORT of the environment; the page's proxy knows ours by this one.
const ports = { server: { PORT: '3000' }, page: { PORT: '4200' } };

const { result } = concurrently(
  [
    { name: 'compiler', command: watchBackend, cwd: root },
    { name: 'server', command: `node --watch ${backend.output}/main.js`, cwd: root, env: ports.server },
    { name: 'page', command: 'ng serve', cwd: join(root, frontend.folder), env: ports.page },
  ],
  { prefixColors: ['gray', 'cyan', 'magenta'], killOthersOn: ['failure', 'success'] },
);
// Ended by Ctrl-C or with a complaint of its own, which has been printed.
await result.catch(() => (process.exitCode = 1));
