import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { describe, expect, it } from '@jest/globals';

interface Manifest {
  readonly bin?: unknown;
  readonly directories?: { readonly bin?: string };
}

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, '..');
const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trimEnd().split('\n');
const lockFile = readFileSync(join(root, 'package-lock.json'), 'utf8');
const { packages } = JSON.parse(lockFile) as { readonly packages: Readonly<Record<string, Locked>> };

/** Where Node looks for a package: beside whoever asks, then folder by folder further up. */
function isLocked(name: string, from: string): boolean {
  if (join(from, 'node_modules', name) in packages) return true;
  return from !== '' && from !== '.' && isLocked(name, dirname(from));
}

describe('the tree', () => {
  it('has nothing at its top but what the customer listed, its documents, and dot files', () => {
    const listed = [
      'backend',
      'frontend',
      'docker-compose.yml',
      'package.json',
      'package-lock.json',
      'README.md',
      'docs',
      'LICENSE',
    ];
    const top = new Set(files.map((file) => file.replace(/\/.*/, '')).filter((name) => !name.startsWith('.')));
    expect([...top].filter((name) => !listed.includes(name))).toEqual([]);
  });

  it('has no place for what has no place', () => {
    const vague = /(?:^|[/.-])(?:utils?|helpers?|commons?|shared|managers?|misc)(?:[/.-]|$)/;
    expect(files.filter((file) => vague.test(file))).toEqual([]);
  });
});

describe('the lock file', () => {
  it('is one, and names no server', () => {
    expect(
      files.filter((file) => /(?:package-lock\.json|shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml)$/.test(file)),
    ).toEqual(['package-lock.json']);
    expect(lockFile).not.toMatch(/"resolved": "http/);
  });

  it('has a checksum for every package', () => {
    const unchecked = Object.entries(packages).filter(([path, { integrity, link }]) => {
      return path.includes('node_modules/') && !integrity && !link;
    });
    expect(unchecked.map(([path]) => path)).toEqual([]);
  });

  // npm leaves out the packages of platforms that were not to be had when the file was written, and then refuses it.
  it('is complete for every platform', () => {
    const missing = Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => !isLocked(name, path))
        .map((name) => `${name} for ${path}`),
    );
    expect(missing).toEqual([]);
  });

  // npm 11.6.1 to 11.6.3 cannot install such a package from a lock file that names no server: npm/cli#8722.
  it('has no package that names its programs by a folder only', () => {
    const manifests = Object.keys(packages).map((path) => join(root, path, 'package.json'));
    const byFolder = manifests.filter((manifest) => {
      if (!existsSync(manifest)) return false; // It is for another platform.
      const { bin, directories } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
      return directories?.bin && !bin;
    });
    expect(byFolder).toEqual([]);
  });

  // Earlier ones can be brought down by a crafted packet, or execute markup.
  it.each([
    ['socket.io-parser', '4.2.7'],
    ['engine.io', '6.6.9'],
    ['ws', '8.21.0'],
    ['sweetalert2', '11.22.4'],
  ])('has one version of %s, not below %s', (name, least) => {
    const found = Object.entries(packages).filter(([path]) => path.endsWith(`node_modules/${name}`));
    const versions = found.map(([, { version = '' }]) => version);
    expect(versions).toHaveLength(1);
    expect(versions[0]!.localeCompare(least, 'en', { numeric: true })).toBeGreaterThanOrEqual(0);
  });
});
