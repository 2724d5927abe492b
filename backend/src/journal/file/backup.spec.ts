import { copyFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { copyOf, copyWhileWritten, newFolder, storedIn } from '../../../test/journal/folders.js';
import { TestJournal } from '../../../test/journal/test-journal.js';
import { WriterProcess } from '../../../test/journal/writer-process.js';
import type { JournalRecord } from '../../contract/index.js';
import { CHECKPOINT_FILE } from './checkpoint.js';

const COPIES = 15;

/** Starts on a copy; returns what it holds. The copy continues as a separate journal. */
async function restored(folder: string): Promise<JournalRecord[]> {
  const journal = await TestJournal.open(folder);
  const records = await journal.all();
  expect(journal.ledger.state).toMatchObject({ last: records.length, posted: records.length });
  expect((await journal.post('on the copy')).n).toBe(records.length + 1);
  await journal.stop();
  return records;
}

describe('a copy of the data folder', () => {
  it('that was made while 100 callers write restores to an exact prefix with all acknowledged', async () => {
    const folder = await newFolder(tmpdir());
    const writer = WriterProcess.start(folder);
    writer.send({ load: { callers: 100, prefix: 'x' } });
    const copies: { readonly folder: string; readonly acknowledged: number }[] = [];
    for (let copy = 0; copy < COPIES; copy++) {
      const at = writer.acknowledged.size;
      await writer.until(() => writer.acknowledged.size > at + 50);
      const acknowledged = Math.max(...writer.acknowledged.values());
      copies.push({ folder: await copyWhileWritten(folder), acknowledged });
    }
    await writer.kill();
    const journal = await TestJournal.open(folder);
    const original = await journal.all();
    await journal.stop();
    for (const copy of copies) {
      const records = await restored(copy.folder);
      expect(records.length).toBeGreaterThanOrEqual(copy.acknowledged);
      expect(records).toEqual(original.slice(0, records.length));
    }
    expect(original.length).toBeGreaterThan(COPIES * 50);
  });

  it('may hold a checkpoint that is newer than its journal', async () => {
    const folder = await newFolder();
    const first = await TestJournal.open(folder);
    await first.postAll(['a', 'b', 'c']);
    const older = await copyOf(folder);
    await first.postAll(['d', 'e']);
    await first.stop();
    await copyFile(join(folder, CHECKPOINT_FILE), join(older, CHECKPOINT_FILE));
    expect((await restored(older)).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('may hold a journal that is newer than its checkpoint', async () => {
    const folder = await newFolder();
    const first = await TestJournal.open(folder);
    await first.postAll(['a', 'b', 'c']);
    await first.stop();
    const second = await TestJournal.open(folder);
    await second.postAll(['d', 'e']);
    const copy = await copyOf(folder);
    await second.stop();
    expect(await restored(copy)).toHaveLength(5);
  });

  it('is the same journal, and one without its file another', async () => {
    const folder = await newFolder();
    const journal = await TestJournal.open(folder);
    await journal.post('a');
    const { id } = journal;
    await journal.stop();
    const copy = await copyOf(folder);
    const same = await TestJournal.open(copy);
    expect(same.id).toBe(id);
    await same.stop();
    await rm(join(copy, 'journal.jsonl'));
    // Without its checkpoint, which shows that something is missing.
    await rm(join(copy, CHECKPOINT_FILE));
    const other = await TestJournal.open(copy);
    expect(other.id).not.toBe(id);
    expect(other.last).toBe(0);
    await other.stop();
    expect(await storedIn(copy)).toEqual([]);
  });
});
