import { tmpdir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { newFolder, storedIn } from '../../../test/journal/folders.js';
import { expectSound } from '../../../test/journal/survival.js';
import { TestJournal } from '../../../test/journal/test-journal.js';
import { WriterProcess } from '../../../test/journal/writer-process.js';
import type { JournalRecord } from '../../contract/index.js';

/** `npm run torture` kills as often as one lets it. */
const ROUNDS = 10;
const CALLERS = 200;

describe('a process that is killed under the load of 200 callers', () => {
  it('has kept, ten times in a row, what it acknowledged: once, without a gap, under its number', async () => {
    const folder = await newFolder(tmpdir());
    const acknowledged = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round++) {
      const writer = WriterProcess.start(folder);
      writer.send({ load: { callers: CALLERS, prefix: `${round}` } });
      // At another moment each time: before the first answer, in the middle of batches, after thousands.
      await writer.until(() => writer.opened !== undefined && writer.acknowledged.size >= round * 97);
      expect((await writer.kill()).signal).toBe('SIGKILL');
      expect(writer.opened).toBeGreaterThanOrEqual(acknowledged.size);
      for (const [id, n] of writer.acknowledged) acknowledged.set(id, n);
    }
    expect(acknowledged.size).toBeGreaterThan(ROUNDS * CALLERS);

    const journal = await TestJournal.open(folder);
    const records = await journal.all();
    expectSound(records, { acknowledged, refused: new Map() });
    expectOneAfterTheOther(records);
    // Whoever lost the answer with the process sends again, and gets the one that there was.
    for (const { id, n } of records.slice(-CALLERS)) expect((await journal.post(id)).n).toBe(n);
    await journal.stop();
    expect(await storedIn(folder)).toHaveLength(records.length);
  });
});

/** Expects of each caller what it can have sent: a message, and the next when that was answered. */
function expectOneAfterTheOther(records: readonly JournalRecord[]): void {
  const turns = new Map<string, number>();
  const strange = records.filter(({ id }) => {
    const [, caller = '', turn] = /^(\d+-\d+)-(\d+)$/.exec(id) ?? [];
    const expected = turns.get(caller) ?? 0;
    turns.set(caller, expected + 1);
    return Number(turn) !== expected;
  });
  expect(strange).toEqual([]);
  expect(turns.size).toBeLessThanOrEqual(ROUNDS * CALLERS);
}
