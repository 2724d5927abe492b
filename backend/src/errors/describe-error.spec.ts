import { describe, expect, it } from '@jest/globals';
import { describeError, placeOf } from './describe-error.js';

describe('a defect, in one line', () => {
  it('is named by its kind, its code and what the runtime says', () => {
    expect(describeError(new TypeError('x is not a function'))).toBe('TypeError: x is not a function');
    expect(describeError(Object.assign(new Error('failed'), { code: 'EIO' }))).toBe('Error EIO: failed');
    expect(describeError(new RangeError())).toBe('RangeError');
  });

  it('does not hold what somebody has typed, which the runtime quotes', () => {
    expect(describeError(attempt(() => JSON.parse('hunter2')))).not.toContain('hunter2');
    expect(describeError(attempt(() => new URL('hunter2')))).not.toContain('hunter2');
    expect(describeError(new Error('near "hunter2": syntax error'))).toBe('Error: near "…": syntax error');
    expect(describeError(new Error('near "hunter2\nhunter2'))).toBe('Error: near "…"');
    expect(describeError(new Error('first\nhunter2'))).toBe('Error: first');
    expect(describeError('hunter2')).toBe('unknown error');
  });

  it('comes from a file and a line', () => {
    expect(placeOf(new Error('x'))).toMatch(/^describe-error\.spec\.ts:\d+$/);
    expect(placeOf(attempt(() => JSON.parse('x')))).toMatch(/^describe-error\.spec\.ts:\d+$/);
    expect(placeOf('x')).toBe('');
  });
});

function attempt(what: () => unknown): unknown {
  try {
    return what();
  } catch (error) {
    return error;
  }
}
