import { readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { journalBytes, journalPath, linesOf, newFolder, storedIn } from '../../test/journal/folders.js';
import { TestJournal } from '../../test/journal/test-journal.js';
import { run } from './cli.js';
import { WAL_FILE } from '../journal/file/wal-upgrade.js';

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

describe('the owner who checks an undamaged journal', () => {
  it('is informed that it is whole', async () => {
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
  it('learns where it is, what follows it, and what can be done', async () => {
    const byte = await damage();
    const bytes = (await journalBytes(folder)).length - byte;
    const sentence = `DAMAGED at byte ${byte}, after 1 record: the checksum does not match. After it are ${bytes} bytes, with 2 records that are whole. Restore a backup; or discard all of these with "repair", which keeps them aside.`;
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
      printed: [`Cut at byte ${byte}, after 1 record. The rest is in ${aside}, with 2 records that are whole.`],
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
    expect(printed).toEqual([expect.stringMatching(/^torn at byte \d+, after 3 records: .+ nobody was promised; /)]);
    expect(code).toBe(0);
  });
});

it('says that the file of an earlier version is there', async () => {
  await writeFile(join(folder, WAL_FILE), '');
  expect((await ask('verify')).printed).toEqual([
    expect.stringMatching(/^whole: \d+ records, \d+ bytes\. journal\.wal of an earlier version is beside it: .+$/),
  ]);
});

describe('the owner who asks for something else', () => {
  it.each([[[]], [['sing']], [['verify', 'twice']], [['tail', '--lines', '0']], [['verify', '--loud']]])(
    'sees the available commands: %j',
    async (words) => {
      const { printed, warned, code } = await ask(...words);
      expect({ printed, code }).toEqual({ printed: [], code: 78 });
      expect(warned).toEqual([expect.stringMatching(/^npm run journal -- <command>/)]);
    },
  );

  it('is informed that there is no journal, and none is created', async () => {
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
