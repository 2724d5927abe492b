import { writeFileSync } from 'node:fs';

/** One figure, and whether it is as required. */
export interface Score {
  readonly what: string;
  readonly figure: string;
  readonly ok: boolean;
}

/** A count that must be zero; otherwise with up to three examples. */
export function none(what: string, found: readonly string[]): Score {
  const example = found.length > 0 ? `  e.g. ${found.slice(0, 3).join('; ')}` : '';
  return { what, figure: `${found.length}${example}`, ok: found.length === 0 };
}

export function print(title: string, scores: readonly Score[]): void {
  console.log(`\n${title}`);
  for (const { what, figure, ok } of scores) console.log(`  ${ok ? '✓' : '✗'} ${what.padEnd(52)} ${figure}`);
}

/** Writes the counts in Jest's format, for the total of `npm test`: each figure counts as a test. */
export function report(file: string, scores: readonly Score[]): void {
  const failed = scores.filter(({ ok }) => !ok).length;
  const counts = { numPassedTests: scores.length - failed, numFailedTests: failed };
  writeFileSync(file, JSON.stringify({ ...counts, numPendingTests: 0, numTodoTests: 0, numRuntimeErrorTestSuites: 0 }));
}
