import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { folders as backendFolders } from '../backend/eslint.imports.mjs';
import { folders as frontendFolders } from '../frontend/eslint.imports.mjs';
import { allowed, refused } from './imports.cases.ts';

const root = join(import.meta.dirname, '..');

/** Judges a line as if it stood in that file, which need not exist: hence without types. */
async function refusals(file: string, line: string): Promise<string[]> {
  const workspace = join(root, file.slice(0, file.indexOf('/')));
  const eslint = new ESLint({
    cwd: workspace,
    overrideConfig: tseslint.configs.disableTypeChecked,
    ruleFilter: ({ ruleId }) => ruleId.startsWith('no-restricted-'),
  });
  const results = await eslint.lintText(`${line}\n`, { filePath: join(root, file) });
  return results.flatMap(({ messages }) => messages.map(({ message }) => message));
}

describe('the import rules', () => {
  it.each(refused)('refuse %s to import %s (%s)', async (file, path, reason) => {
    expect(await refusals(file, `import type { Anything } from '${path}';`)).toContainEqual(
      expect.stringContaining(reason),
    );
    expect(await refusals(file, `export * from '${path}';`)).toContainEqual(expect.stringContaining(reason));
  });

  it.each(allowed)('let %s import %s', async (file, path) => {
    expect(await refusals(file, `import { anything } from '${path}';`)).toEqual([]);
  });

  it('refuse to leave a folder by a dynamic import', async () => {
    const line = "export const chat = import('../chat/chat-page');";
    expect(await refusals('frontend/src/app/products/products-page.ts', line)).toHaveLength(1);
    expect(await refusals('frontend/src/app/app.ts', line.replace('..', '.'))).toEqual([]);
  });

  it.each([
    ['backend/src', backendFolders],
    ['frontend/src/app', frontendFolders],
  ])('cover every folder of %s', (parent, covered) => {
    const entries = readdirSync(join(root, parent), { withFileTypes: true });
    const present = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(Object.keys(covered)).toEqual(expect.arrayContaining(present));
  });
});
