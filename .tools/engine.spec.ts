import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { satisfies } from 'semver';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** What the first script of a build says when npm runs on that Node. */
function buildBy(userAgent: string) {
  const env = { ...process.env, npm_config_user_agent: userAgent };
  const { status, stderr } = spawnSync(process.execPath, [join(root, '.tools/engine.mjs')], { env, encoding: 'utf8' });
  return { status, stderr };
}
const npmOn = (node: string) => `npm/10.5.0 node/v${node} linux x64 workspaces/false`;

describe('the Node on which npm runs', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '22.22.3', '23.0.0', '24.0.0', '24.21.0', '26.1.0'])(
    'may be %s',
    (node) => {
      expect(buildBy(npmOn(node))).toEqual({ status: 0, stderr: '' });
    },
  );

  it.each(['18.20.4', '20.0.0', '20.18.3', '21.7.3', '22.11.0'])(
    'may not be %s, and it is said in one line',
    (node) => {
      const { status, stderr } = buildBy(npmOn(node));
      expect(status).toBe(1);
      expect(stderr).toMatch(new RegExp(`^npm runs on Node ${node.replaceAll('.', '\\.')}, .*npm ci.*\\.\n$`));
    },
  );

  it('is not asked for where no npm runs it', () => {
    expect(buildBy('').status).toBe(0);
    expect(buildBy('pnpm/10.1.0 npm/? node/v21.7.3 linux x64').status).toBe(0);
  });

  it('installs each package that the build needs for one kind of machine, wherever it is accepted', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      readonly packages: Readonly<Record<string, { optional?: boolean; cpu?: string[]; engines?: { node?: string } }>>;
    };
    const left = Object.entries(packages).filter(
      ([, { optional, cpu, engines }]) =>
        optional &&
        cpu &&
        !['20.19.0', '22.12.0', '23.0.0', '24.0.0'].every((node) => satisfies(node, engines?.node ?? '*')),
    );
    // WebAssembly instead of machine code, for machines that have none of their own.
    expect(left.filter(([, { cpu }]) => !cpu?.includes('wasm32'))).toEqual([]);
  });

  it('is the one that the README names', () => {
    expect(read('README.md')).toContain('Node 20.19, 22.12 or newer');
  });
});
