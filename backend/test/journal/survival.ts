import { expect } from '@jest/globals';
import { storedIn } from './folders.js';
import { TestJournal } from './test-journal.js';

/** The answers that the senders received. */
export interface Answers {
  /** Numbers by command. */
  readonly acknowledged: ReadonlyMap<string, number>;
  readonly refused: ReadonlyMap<string, unknown>;
}

/**
 * Starts again after a fault and expects the guarantees: acknowledged commands are stored under their number, nothing that was
 * refused, nothing twice, no gap, nothing that nobody sent; the state is that of the records; a command that is sent again gets
 * its answer; and the journal stores new commands.
 */
export async function expectSurvived(folder: string, answers: Answers, sent: readonly string[]): Promise<void> {
  const journal = await TestJournal.open(folder);
  const records = await journal.all();
  expectSound(records, answers);
  expect(records.filter(({ id }) => !sent.includes(id))).toEqual([]);
  expect(journal.ledger.state).toMatchObject({ last: records.length, posted: records.length });

  const known = new Set(records.map(({ id }) => id));
  for (const { id, n } of records) expect((await journal.post(id)).n).toBe(n);
  const { n } = await journal.post('afterwards');
  expect(n).toBe(known.has('afterwards') ? records.length : records.length + 1);
  await journal.stop();
  expect((await storedIn(folder)).map((record) => record.n)).toEqual(
    Array.from({ length: n }, (_, index) => index + 1),
  );
}

/** Expects of stored records: no gap, none twice, none refused, and what was acknowledged under its number. */
export function expectSound(
  records: readonly { readonly n: number; readonly id: string }[],
  { acknowledged, refused }: Answers,
): void {
  const ids = records.map(({ id }) => id);
  expect(records.map(({ n }) => n)).toEqual(records.map((_, index) => index + 1));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => refused.has(id))).toEqual([]);
  expect([...acknowledged].filter(([id, n]) => ids[n - 1] !== id)).toEqual([]);
}
