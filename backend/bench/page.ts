import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Table } from './table.js';

/** The page in a browser: it belongs to the frontend, and prints its own table. */
export function page(): Promise<readonly Table[]> {
  const program = fileURLToPath(new URL('../../frontend/bench/run.ts', import.meta.url));
  const { status } = spawnSync(process.execPath, [program], { stdio: 'inherit' });
  return status === 0
    ? Promise.resolve([])
    : Promise.reject(new Error('the bench of the page did not come to its end'));
}
