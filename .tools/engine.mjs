import { readFileSync } from 'node:fs';

/**
 * Loaded before a tool. `npm ci` brings the right Node with it, unless scripts are disabled; then an older Node
 * would end with a syntax error in the first TypeScript file, which does not explain what to do. Hence plain JavaScript.
 */
const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const [, least, below] = /^>=([\d.]+) <([\d.]+)$/.exec(engines.node) ?? [];

/** @param {string} version @param {string} other */
const isBefore = (version, other) => version.localeCompare(other, 'en', { numeric: true }) < 0;

if (isBefore(process.versions.node, least) || !isBefore(process.versions.node, below)) {
  console.error(
    `Lonja needs Node ${engines.node}; this is ${process.versions.node}. ` +
      'Either install that one, or let `npm ci --ignore-scripts=false` bring it into this folder.',
  );
  process.exit(1);
}
