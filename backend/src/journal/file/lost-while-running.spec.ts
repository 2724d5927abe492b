import { cp, rename, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { journalPath, newFolder, storedIn } from '../../../test/journal/folders.js';
import { TestJournal } from '../../../test/journal/test-journal.js';

/** A journal whose file is deleted while it runs continues to write without an error, but no start finds that file. */
describe('a journal whose file', () => {
  let folder: string;
  let journal: TestJournal;
  beforeEach(async () => {
    folder = await newFolder();
    journal = await TestJournal.open(folder);
    await journal.post('a');
  });
  afterEach(() => journal.stop());

  /** As `sed -i` does it. */
  async function replace(): Promise<void> {
    await cp(journalPath(folder), `${journalPath(folder)}.new`);
    await rename(`${journalPath(folder)}.new`, journalPath(folder));
  }

  it.each<[string, () => Promise<void>, string]>([
    ['was deleted', () => rm(journalPath(folder)), 'is not there any more while the server ran'],
    [
      'was deleted with its folder',
      () => rm(folder, { recursive: true }),
      'is not there any more while the server ran',
    ],
    ['was replaced', replace, 'was replaced by another file while the server ran'],
  ])('%s ends the process with 65 within a second or so, and with one sentence', async (_what, happen, sentence) => {
    await happen();

    await journal.halted;

    expect(journal.halts).toHaveLength(1);
    expect(journal.halts[0]).toMatchObject({ exitCode: 65, message: expect.stringContaining(sentence) });
    await expect(journal.post('b')).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
  });

  it('was replaced is not closed as if all were well', async () => {
    await replace();
    const before = (await storedIn(folder)).length;

    await journal.stop();

    expect(journal.halts[0]).toMatchObject({ exitCode: 65 });
    expect(await storedIn(folder)).toHaveLength(before);
  });

  it('was moved away and back is still its own', async () => {
    await rename(journalPath(folder), `${journalPath(folder)}.away`);
    await rename(`${journalPath(folder)}.away`, journalPath(folder));
    await journal.post('b');
    await journal.stop();
    expect(journal.halts).toEqual([]);
    expect(await storedIn(folder)).toHaveLength(2);
  });
});
