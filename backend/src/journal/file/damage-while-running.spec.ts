import { open } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { journalBytes, journalPath, linesOf, newFolder } from '../../../test/journal/folders.js';
import { TestJournal } from '../../../test/journal/test-journal.js';

/** A running journal with some records, and where the line of each begins. */
async function running() {
  const folder = await newFolder();
  const journal = await TestJournal.open(folder);
  for (const id of ['a', 'b', 'c', 'd']) await journal.post(id);
  const lines = linesOf(await journalBytes(folder));
  const starts = lines.map((_, index) => Buffer.concat(lines.slice(0, index)).length);
  return { folder, journal, lines, starts };
}

async function overwrite(folder: string, bytes: Buffer, at: number): Promise<void> {
  const file = await open(journalPath(folder), 'r+');
  await file.write(bytes, 0, bytes.length, at);
  await file.close();
}

describe('a record that is damaged under a running journal', () => {
  it('is never returned, whichever of its bytes has changed, its line break included', async () => {
    const { folder, journal, lines, starts } = await running();
    const line = lines[2]!;
    for (const place of line.keys()) {
      const rotten = Buffer.from(line);
      rotten[place]! ^= 1 << (place & 7);
      await overwrite(folder, rotten, starts[2]!);
      await expect(journal.read([1, 2, 3])).rejects.toMatchObject({ exitCode: 65 });
    }
    await overwrite(folder, line, starts[2]!);
    expect((await journal.read([1, 2, 3])).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    await journal.stop();
  });

  it('is not replaced by a valid record of another number at its position', async () => {
    const { folder, journal, lines, starts } = await running();
    await overwrite(folder, lines[1]!, starts[2]!);
    await expect(journal.read([2])).rejects.toMatchObject({
      message: `The journal ${journalPath(folder)} is damaged at byte ${starts[2]} (record 2): record 1 stands there. Nothing was changed.`,
    });
    await journal.stop();
  });

  it('ends the journal once, after the readers got their error, and nothing is stored after that', async () => {
    const { folder, journal, starts } = await running();
    await overwrite(folder, Buffer.from('x'), starts[3]! + 60);
    const before = await journalBytes(folder);
    const sentence = `The journal ${journalPath(folder)} is damaged at byte ${starts[3]} (record 3): the checksum does not match. Nothing was changed.`;
    const failed = journal.read([3]).catch((error: unknown) => ({ error, halts: journal.halts.length }));
    const failedToo = expect(journal.read([2, 3, 4])).rejects.toMatchObject({ exitCode: 65 });

    expect(await failed).toMatchObject({ error: { message: sentence }, halts: 0 });
    await failedToo;
    await expect(journal.post('e')).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    await journal.halted;
    await journal.stop();

    expect(journal.halts).toMatchObject([{ exitCode: 65, message: sentence }]);
    expect(await journalBytes(folder)).toEqual(before);
  });

  it('ends it with 65 too when a command needs it: one sent again, whose answer it is', async () => {
    const { folder, journal, starts } = await running();
    await overwrite(folder, Buffer.from('x'), starts[1]! + 60);
    await journal.postAll(['a', 'new']);
    await journal.stop();
    expect(journal.halts).toMatchObject([
      { exitCode: 65, message: expect.stringContaining(`byte ${starts[1]} (record 1)`) },
    ]);
    expect([...journal.acknowledged.keys()]).toEqual(['a', 'b', 'c', 'd']);
  });
});
