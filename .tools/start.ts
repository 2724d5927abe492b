import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BuildFailed, bringUpToDate } from './build.ts';
import { backend, frontend, root } from './sides.ts';

/**
 * Builds when needed and then, unless called with `--build-only`, becomes the server: in this process and not in one of
 * its own, so that signals and the exit code are the server's own.
 */
stopWithoutParent();
try {
  await bringUpToDate([backend, frontend], (text) => process.stdout.write(text));
} catch (error) {
  if (!(error instanceof BuildFailed)) throw error;
  console.error(error.message);
  process.exit(1);
}

if (!process.argv.includes('--build-only')) {
  await import(pathToFileURL(join(root, backend.output, 'main.js')).href);
}

/** npm runs scripts through a shell, and `kill` of npm ends npm and that shell, not us; we must see for ourselves. */
function stopWithoutParent(): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250).unref();
}
