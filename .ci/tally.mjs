/**
 * Adds up what the runners of `npm test` reported, for the closing line of `.ci/run`. A runner without a report has failed
 * before it could count, which is one failure. Nothing is skipped here, and nothing tried again: both count as failed.
 */
import { existsSync, readFileSync } from 'node:fs';

const counts = ['backend', 'frontend', 'tools', 'torture', 'e2e'].map((runner) => {
  const file = new URL(`${runner}.json`, import.meta.url);
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const { stats, errors, ...jest } = JSON.parse(readFileSync(file, 'utf8'));
  if (stats) return { passed: stats.expected, failed: stats.unexpected + stats.flaky + stats.skipped + errors.length };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests, numTodoTests } = jest;
  return {
    passed: numPassedTests,
    failed: numFailedTests + numRuntimeErrorTestSuites + numPendingTests + numTodoTests,
  };
});

const sum = (what) => counts.reduce((total, each) => total + each[what], 0);
console.log(sum('passed'), sum('failed'));
