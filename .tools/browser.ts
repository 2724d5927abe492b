import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { run } from './program.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** A Chromium that is installed: the one that `CHROMIUM_PATH` names, else the system's, else Playwright's own. */
export function findChromium(playwrightsOwn: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [process.env['CHROMIUM_PATH'], ...onPath, playwrightsOwn].find((path) => path && isProgram(path));
}

/** Finds a Chromium or installs one. Throws with one sentence when neither is possible: tests never pass by being left out. */
export async function provideChromium(root: string, say: (text: string) => void): Promise<string> {
  const { chromium } = createRequire(join(root, 'frontend/'))('@playwright/test') as PlaywrightPackage;
  const find = () => findChromium(chromium.executablePath());
  const installed = find();
  if (installed) return installed;
  for (const [command = '', ...args] of await waysToInstall(root)) {
    say(`No Chromium for the browser tests: ${[command, ...args].join(' ')}\n`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    if ((await run(command, args, root, { env, show: true })).code !== 0) break;
  }
  const found = find();
  if (found) return found;
  throw new Error('The browser tests need Chromium: install it, or name one in CHROMIUM_PATH.');
}

interface PlaywrightPackage {
  readonly chromium: { executablePath(): string };
}

/** Debian has a package, for whoever may install it; elsewhere Playwright brings its own build and what that needs. */
async function waysToInstall(root: string): Promise<string[][]> {
  const system = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const asRoot = process.getuid?.() === 0;
  if (/^ID=debian$/m.test(system) && (asRoot || (await run('sudo', ['-n', 'true'], root)).code === 0)) {
    const apt = asRoot ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
    return [
      [...apt, 'update'],
      [...apt, 'install', '-y', 'chromium'],
    ];
  }
  return [[process.execPath, join(root, 'node_modules/@playwright/test/cli.js'), 'install', '--with-deps', 'chromium']];
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // There is no other way to ask whether a file may be executed.
    return false;
  }
}
