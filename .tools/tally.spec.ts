import { describe, expect, it } from '@jest/globals';
import { closingLine, judged, tallyOf, total } from './tally.ts';

const jest = {
  numPassedTests: 5,
  numFailedTests: 2,
  numPendingTests: 1,
  numTodoTests: 1,
  numRuntimeErrorTestSuites: 1,
};

describe('the count of a test run', () => {
  it('takes a file that Jest could not run as failed', () => {
    expect(tallyOf(jest)).toEqual({ passed: 5, failed: 3, skipped: 2 });
  });

  it('takes errors outside of tests as failed, and what passed at the second attempt as passed', () => {
    const stats = { expected: 7, unexpected: 1, flaky: 1, skipped: 1 };
    expect(tallyOf({ stats, errors: [{}] })).toEqual({ passed: 8, failed: 2, skipped: 1 });
  });

  it('takes a runner that ran nothing as failed, whatever its exit code', () => {
    expect(judged({ passed: 0, failed: 0, skipped: 3 }, 0).failed).toBe(1);
  });

  it('takes a runner that ended badly without a failed test as failed', () => {
    expect(judged({ passed: 3, failed: 0, skipped: 0 }, 134).failed).toBe(1);
  });

  it('leaves a runner alone that named its failures', () => {
    expect(judged({ passed: 3, failed: 2, skipped: 0 }, 1).failed).toBe(2);
  });

  it('closes with the sum, and names skipped tests only when there are any', () => {
    const one = { passed: 3, failed: 0, skipped: 0 };
    expect(closingLine(total([one, one]))).toBe('6 passed, 0 failed');
    expect(closingLine(total([one, { passed: 1, failed: 1, skipped: 2 }]))).toBe('4 passed, 1 failed, 2 skipped');
  });
});
