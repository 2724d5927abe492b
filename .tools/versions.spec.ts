import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { VERSION } from '../backend/src/contract/version.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const versionIn = (path: string) => (JSON.parse(read(path)) as { readonly version: string }).version;

describe('the version', () => {
  const version = versionIn('package.json');

  it('is that of the package, in every place', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      readonly packages: Readonly<Record<string, { readonly version?: string }>>;
    };
    const places = {
      contract: VERSION,
      backend: versionIn('backend/package.json'),
      frontend: versionIn('frontend/package.json'),
      'lock file': packages['']?.version,
      'lock file, backend': packages['backend']?.version,
      'lock file, frontend': packages['frontend']?.version,
    };
    expect(Object.entries(places).filter(([, each]) => each !== version)).toEqual([]);
  });

  it('is the newest that the list of changes has', () => {
    const [, newest] = /^## \[(\d+\.\d+\.\d+)\]/m.exec(read('docs/CHANGELOG.md')) ?? [];
    expect(newest).toBe(version);
  });

  // See released-versions.spec.ts: a start of later versions must take it over.
  it('has a data folder among the fixtures', () => {
    expect(existsSync(join(root, `backend/test/fixtures/data-${version}/journal.jsonl`))).toBe(true);
  });
});
