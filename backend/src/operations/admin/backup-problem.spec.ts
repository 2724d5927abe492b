import { expect, it } from '@jest/globals';
import type { BackupFailed } from '../../backup/backup-thread.js';
import type { BackupProblem } from '../../contract/index.js';
import { problemOf } from './backup-problem.js';

it.each<[BackupProblem, Omit<BackupFailed, 'message'>]>([
  ['no-space', { exitCode: 70, code: 'ENOSPC' }],
  ['failed', { exitCode: 70, code: 'EIO' }],
  ['busy', { exitCode: 75 }],
  ['damaged', { exitCode: 65 }],
  ['unusable', { exitCode: 78, code: 'EROFS' }],
  ['unusable', { code: 'EACCES' }],
  ['in-data-folder', { exitCode: 78 }],
  ['failed', { code: 'ERR_WORKER_OUT_OF_MEMORY' }],
  ['failed', {}],
])('a backup that fails has a code that says what to do: %s for %j', (problem, failed) => {
  expect(problemOf({ message: 'Because.', ...failed })).toBe(problem);
});
