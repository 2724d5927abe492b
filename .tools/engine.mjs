import { readFileSync } from 'node:fs';

/**
 * Loaded before a tool. `npm ci` brings the right Node with it, unless scripts are disabled; then an older Node
 * would end with a syntax error in the first TypeScript file, which does not explain what to do. Hence plain JavaScript.
 */
const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const [, least, below] = /^>=([\d.]+) <([\d.]+)$/.exec(engines.node) ?? [];

/** @param {string} version @param {string} other */
const isBefore = (version, other) => version.localeCompare(other, 'en', { numeric: true }) < 0;

// On these npm leaves out, without a word, what the build has for this kind of machine: its packages refuse them.
const [, npmsNode = least] = /^npm\/\S+ node\/v(\S+)/.exec(process.env.npm_config_user_agent ?? '') ?? [];
if (
  isBefore(npmsNode, '20.19') ||
  npmsNode.startsWith('21.') ||
  (npmsNode.startsWith('22.') && isBefore(npmsNode, '22.12'))
) {
  console.error(
    `npm runs on Node ${npmsNode}, where it leaves out packages that Lonja needs. ` +
      'Install Node 20.19, 22.12 or newer, best 24, and then run `npm ci` again.',
  );
  process.exit(1);
}

if (isBefore(process.versions.node, least) || !isBefore(process.versions.node, below)) {
  console.error(
    `Lonja needs Node ${engines.node}; this is ${process.versions.node}. ` +
      'Either install that one, or let `npm ci --ignore-scripts=false` bring it into this folder.',
  );
  process.exit(1);
}
