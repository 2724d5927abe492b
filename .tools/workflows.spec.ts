import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseDocument } from 'yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const root = join(import.meta.dirname, '..');
const files = execFileSync('git', ['ls-files', '*.yml', '*.yaml'], { cwd: root, encoding: 'utf8' })
  .trimEnd()
  .split('\n');
const workflows = files.filter((file) => file.startsWith('.github/workflows/'));
const forms = files.filter((file) => /ISSUE_TEMPLATE\/(?!config)/.test(file));

/** Throws nothing: what is wrong with a file is what its `errors` and `warnings` say. */
const documentOf = (file: string) => parseDocument(readFileSync(join(root, file), 'utf8'));
const contentOf = (file: string): unknown => documentOf(file).toJS();

describe('every YAML file', () => {
  it.each(files)('%s can be read', (file) => {
    const { errors, warnings } = documentOf(file);
    expect([...errors, ...warnings]).toEqual([]);
  });
});

describe.each(workflows)('the workflow %s', (file) => {
  const { on, permissions, jobs } = contentOf(file) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  it('says when it runs, for how long, and may only read unless a job says more', () => {
    expect(Object.keys(on).length).toBeGreaterThan(0);
    expect(permissions).toEqual({ contents: 'read' });
    expect(Object.values(jobs).filter((job) => !job['timeout-minutes'])).toEqual([]);
  });

  it('uses actions of a version, and runs no text of strangers', () => {
    const used = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect(used.filter((each) => !/^[\w./-]+@v\d+(?:\.\d+)*$/.test(each))).toEqual([]);
    expect(steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });
});

describe('a release', () => {
  const { on, jobs } = contentOf('.github/workflows/release.yml') as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const using = (action: string) => steps.find(({ uses }) => uses?.startsWith(`${action}@`));

  it('is made of a tag, after all tests', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(steps.findIndex(({ run }) => run?.includes('.ci/run'))).toBeGreaterThan(-1);
  });

  it('has an image that says what is in it and where it comes from', () => {
    expect(using('docker/build-push-action')?.with).toMatchObject({ push: true, sbom: true, provenance: 'mode=max' });
    expect(using('actions/attest-build-provenance')?.with).toMatchObject({ 'push-to-registry': true });
  });

  it('names no server: that is a variable of the repository', () => {
    const text = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8');
    expect(text).toContain('${{ vars.REGISTRY }}');
    expect(text).not.toMatch(/\b(?:[a-z0-9-]+\.)+(?:io|com|org|dev)\b/);
  });
});

describe('the settings of GitHub', () => {
  it('keep all three kinds of dependencies up to date', () => {
    const { version, updates } = contentOf('.github/dependabot.yml') as {
      readonly version: number;
      readonly updates: readonly { readonly 'package-ecosystem': string; readonly directory: string }[];
    };
    expect(version).toBe(2);
    expect(updates.map((update) => update['package-ecosystem']).sort()).toEqual(['docker', 'github-actions', 'npm']);
  });

  it.each(forms)('%s is a form', (file) => {
    const { name, description, body } = contentOf(file) as {
      readonly name?: string;
      readonly description?: string;
      readonly body: readonly { readonly type: string; readonly id?: string }[];
    };
    expect([typeof name, typeof description]).toEqual(['string', 'string']);
    const ids = body.flatMap(({ id }) => (id === undefined ? [] : [id]));
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      body.filter(({ type }) => !['markdown', 'input', 'textarea', 'dropdown', 'checkboxes'].includes(type)),
    ).toEqual([]);
  });
});
