import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BuildFailed, bringUpToDate, type Side } from './build.ts';

/** Copies the source, as a compiler would; fails on `broken`, after it has written something, as a compiler would too. */
const compiler = `
  const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');
  mkdirSync('dist', { recursive: true });
  writeFileSync('dist/main.js', readFileSync('src/main.ts'));
  if (String(readFileSync('src/main.ts')) === 'broken') { console.log('main.ts(1,1): a complaint'); process.exit(2); }
`;

let root: string;
let side: Side;
let said: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lonja-build-'));
  const sources = ['src', 'lock.json', 'later.json'];
  side = { name: 'page', root, sources, program: ['-e', compiler], folder: '.', output: 'dist' };
  write('src/main.ts', 'one');
  write('lock.json', '1');
});

afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

const result = () => readFileSync(join(root, 'dist/main.js'), 'utf8');

/** Whether a build took place. */
async function builds(): Promise<boolean> {
  said = '';
  await bringUpToDate([side], (text) => (said += text));
  return said !== '';
}

describe('the build step', () => {
  it('builds what is missing, and says so in one line', async () => {
    expect(await builds()).toBe(true);
    expect(result()).toBe('one');
    expect(said).toMatch(/^Building page … page \d+\.\d s\.\n$/);
  });

  it('does nothing, without a word, when nothing has changed', async () => {
    await builds();
    expect(await builds()).toBe(false);
  });

  it('does nothing when only the times have changed', async () => {
    await builds();
    utimesSync(join(root, 'src/main.ts'), new Date(), new Date());
    expect(await builds()).toBe(false);
  });

  it.each([
    ['a source', () => write('src/main.ts', 'two')],
    ['a source with its old time', () => writeWithOldTime()],
    ['the lock file', () => write('lock.json', '2')],
    ['a name', () => renameSync(join(root, 'lock.json'), join(root, 'later.json'))],
    ['the set of sources', () => write('src/deeper/other.ts', '')],
    ['the result, which is gone', () => rmSync(join(root, 'dist/main.js'))],
    ['the whole output, which is gone', () => rmSync(join(root, 'dist'), { recursive: true })],
    ['the command', () => (side = { ...side, program: [...side.program, 'another argument'] })],
    ['the result, by another compiler', () => write('dist/main.js', 'another')],
    ['the set of results', () => write('dist/other.js', '')],
  ])('builds again after a change of %s', async (_what, change) => {
    await builds();
    change();
    expect(await builds()).toBe(true);
    expect(await builds()).toBe(false);
  });

  it('does nothing when only a spec has changed', async () => {
    await builds();
    write('src/main.spec.ts', 'two');
    expect(await builds()).toBe(false);
  });

  it('leaves nothing of the build before', async () => {
    await builds();
    write('dist/deleted-module.js', '');
    write('src/main.ts', 'two');
    await builds();
    expect(() => readFileSync(join(root, 'dist/deleted-module.js'))).toThrow('ENOENT');
  });

  it('shows the complaints of a build that fails, and builds again next time', async () => {
    await builds();
    write('src/main.ts', 'broken');
    await expect(builds()).rejects.toThrow(BuildFailed);
    await expect(builds()).rejects.toThrow('a complaint');
    write('src/main.ts', 'one');
    expect(await builds()).toBe(true);
  });
});

function writeWithOldTime(): void {
  write('src/main.ts', 'two');
  utimesSync(join(root, 'src/main.ts'), new Date(0), new Date(0));
}
