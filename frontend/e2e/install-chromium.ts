/**
 * Gets a Chromium for the browser tests where there is none, with the rights that the caller has. Ends with 1 when none can
 * be had: tests never pass by being left out.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { findChromium } from './chromium.ts';

const asRoot = process.getuid?.() === 0;
const system = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
// What Ubuntu calls the same is only a reference to another package manager.
const isDebian = /^ID=debian$/m.test(system);

/** The first where there is such a package: Debian has it from 12 on. */
const PACKAGES = ['chromium-headless-shell', 'chromium'];

const ways = [
  ...(asRoot && isDebian
    ? PACKAGES.map((name) => `apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y ${name}`)
    : []),
  // Playwright installs the libraries, too, if asked; for that it would ask others than root for a password.
  `playwright install ${asRoot ? '--with-deps ' : ''}chromium`,
];

for (const way of ways) {
  if (findChromium()) break;
  process.stdout.write(`No Chromium for the browser tests: ${way}\n`);
  spawnSync(way, { shell: true, stdio: 'inherit' });
}
if (!findChromium()) {
  process.stderr.write('The browser tests need a Chromium that starts: install one, or name one in CHROMIUM_PATH.\n');
  process.exitCode = 1;
}
