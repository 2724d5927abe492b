import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { copyOf, journalBytes, journalPath, linesOf, newFolder, storedIn } from '../../test/journal/folders.js';
import { TestJournal } from '../../test/journal/test-journal.js';
import { run } from './cli.js';
import { WAL_FILE } from './write-ahead-log.js';

let folder: string;
beforeEach(async () => {
  folder = await newFolder();
  const journal = await TestJournal.open(folder, { clock: () => '2026-01-01T00:00:00.000Z' });
  for (const id of ['a', 'b', 'c', 'd']) await journal.post(id);
  await journal.stop();
});

/** What the owner reads, and the exit code. */
async function ask(...words: string[]) {
  const [printed, warned]: [string[], string[]] = [[], []];
  const print = (line: string) => printed.push(line);
  const code = await run(words, { folder, print, warn: (line) => warned.push(line) });
  return { printed, warned, code };
}

/** Changes one letter of the second record; returns where its line begins. */
async function damage(): Promise<number> {
  const bytes = await journalBytes(folder);
  const place = bytes.indexOf('text of b');
  bytes[place]! ^= 1;
  await writeFile(journalPath(folder), bytes);
  return bytes.lastIndexOf('\n', place) + 1;
}

describe('the owner who asks about a whole journal', () => {
  it('is told so', async () => {
    const { length } = await journalBytes(folder);
    expect(await ask('verify')).toEqual({ printed: [`whole: 4 records, ${length} bytes`], warned: [], code: 0 });
  });

  it('sees what is in it', async () => {
    const { printed } = await ask('stats');
    expect(printed).toContain('         4 message-posted');
    expect(printed).toContain('members  1');
    expect(printed).toContain('to       2026-01-01T00:00:00.000Z');
  });

  it('sees its newest records as JSON', async () => {
    const { printed, warned } = await ask('tail', '--lines', '2');
    expect(printed.map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(['c', 'd']);
    expect(warned).toEqual([]);
  });

  it('has nothing to repair', async () => {
    const before = await journalBytes(folder);
    expect(await ask('repair')).toMatchObject({ printed: ['Nothing to repair: the journal is whole.'], code: 0 });
    expect(await journalBytes(folder)).toEqual(before);
  });
});

describe('the owner who asks about a damaged journal', () => {
  it('learns where it is, what stands behind it, and what can be done', async () => {
    const byte = await damage();
    const bytes = (await journalBytes(folder)).length - byte;
    const sentence = `DAMAGED at byte ${byte}, behind 1 record: the checksum does not match. Behind it are ${bytes} bytes, with 2 records that are whole. Restore a backup; or give up all of these with "repair", which keeps them aside.`;
    expect(await ask('verify')).toEqual({ printed: [sentence], warned: [], code: 65 });
    expect((await ask('stats')).printed).toEqual(expect.arrayContaining([`records  1 in ${byte} bytes`, sentence]));
  });

  it('is not shown its newest records as if they were all', async () => {
    await damage();
    const { printed, warned, code } = await ask('tail');
    expect(printed).toHaveLength(1);
    expect(warned).toEqual([expect.stringContaining('DAMAGED')]);
    expect(code).toBe(65);
  });

  it('can cut it there, loses nothing of the rest, and can start again', async () => {
    const byte = await damage();
    const rest = (await journalBytes(folder)).subarray(byte);
    const { printed, code } = await ask('repair');
    const [name] = (await readdir(folder)).filter((file) => file.includes('.cut-'));
    const aside = join(folder, name!);
    expect({ printed, code }).toEqual({
      printed: [`Cut at byte ${byte}, behind 1 record. The rest is in ${aside}, with 2 records that are whole.`],
      code: 0,
    });
    expect(await readFile(aside)).toEqual(rest);
    expect((await ask('verify')).code).toBe(0);
    const journal = await TestJournal.open(folder);
    expect((await journal.post('e')).n).toBe(2);
    await journal.stop();
    expect((await storedIn(folder)).map(({ id }) => id)).toEqual(['a', 'e']);
  });

  it('cannot cut a file of which nothing would be left', async () => {
    await writeFile(journalPath(folder), 'Dear Ana,\n\nhow are you?\n');
    expect((await ask('verify')).printed).toEqual([
      expect.stringMatching(/^DAMAGED at byte 0, .+ Restore a backup\.$/),
    ]);
    const { warned, code } = await ask('repair');
    expect({ warned, code }).toMatchObject({ warned: [expect.stringContaining('damaged at byte 0')], code: 65 });
    expect((await journalBytes(folder)).toString()).toContain('Dear Ana');
  });

  it('learns of a torn end that nobody was promised it', async () => {
    const bytes = await journalBytes(folder);
    const mark = linesOf(bytes).at(-1)!;
    await truncate(journalPath(folder), bytes.length - mark.length - 3);
    const { printed, code } = await ask('verify');
    expect(printed).toEqual([expect.stringMatching(/^torn at byte \d+, behind 3 records: .+ nobody was promised; /)]);
    expect(code).toBe(0);
  });
});

describe('the owner who asks after a power failure', () => {
  let killed: string;
  let lines: Buffer[];
  /** The last two records stand in the write-ahead log only. */
  beforeEach(async () => {
    const journal = await TestJournal.open(folder);
    for (const id of ['e', 'f', 'g']) await journal.post(id);
    killed = await copyOf(folder);
    await journal.stop();
    lines = linesOf(await journalBytes(killed));
    await truncate(journalPath(killed), Buffer.concat(lines.slice(0, -1)).length - 9);
  });

  it('learns what the next start puts aside, and what it puts back', async () => {
    const { printed, code } = await ask('verify', '--dir', killed);
    expect(printed).toEqual([
      expect.stringMatching(
        /^torn at byte \d+, behind 5 records: the line is not complete\. The last \d+ bytes are a write that was cut off; the next start puts them aside\. journal\.wal has 2 records more, which the next start puts back\.$/,
      ),
    ]);
    expect(code).toBe(0);
    expect((await ask('tail', '--dir', killed)).warned).toEqual(printed);
  });

  it('learns that the write-ahead log speaks of more than both have', async () => {
    const path = join(killed, WAL_FILE);
    const wal = await readFile(path);
    wal[wal.indexOf('text of f')]! ^= 1;
    await writeFile(path, wal);
    const { printed } = await ask('verify', '--dir', killed);
    expect(printed.join()).toContain('journal.wal speaks of records up to 7, to which this journal does not lead');
  });
});

describe('the owner who asks for something else', () => {
  it.each([[[]], [['sing']], [['verify', 'twice']], [['tail', '--lines', '0']], [['verify', '--loud']]])(
    'is told what there is: %j',
    async (words) => {
      const { printed, warned, code } = await ask(...words);
      expect({ printed, code }).toEqual({ printed: [], code: 78 });
      expect(warned).toEqual([expect.stringMatching(/^npm run journal -- <command>/)]);
    },
  );

  it('is told where there is no journal, and none is made', async () => {
    const empty = await newFolder();
    for (const words of [['verify'], ['stats'], ['tail'], ['repair']]) {
      const { warned, code } = await ask(...words, '--dir', empty);
      expect({ warned, code }).toEqual({ warned: [`There is no journal in ${empty}.`], code: 78 });
    }
    expect(await readdir(empty)).toEqual([]);
  });

  it('may look while a server runs, and not repair', async () => {
    const journal = await TestJournal.open(folder);
    expect((await ask('verify')).code).toBe(0);
    expect(await ask('repair')).toMatchObject({ warned: [expect.stringMatching(/^Another Lonja/)], code: 75 });
    await journal.stop();
  });
});
