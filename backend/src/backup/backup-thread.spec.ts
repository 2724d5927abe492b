import { describe, expect, it } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { newFolder } from '../../test/journal/folders.js';
import { TestJournal } from '../../test/journal/test-journal.js';
import { backupsIn } from './contents.js';
import { BackupThread } from './backup-thread.js';

describe('a backup in a thread of its own', () => {
  it('says how far it is, and what it made', async () => {
    const [from, to] = [await newFolder(), await newFolder()];
    const journal = await TestJournal.open(from);
    await journal.post('a');
    const steps: string[] = [];

    const end = await new BackupThread({ from, to, now: Date.now() }, (step) => steps.push(step)).end;

    expect(end).toMatchObject({ made: { manifest: { n: 1 }, damaged: [] } });
    expect(steps).toEqual(['journal', 'pictures', 'verifying']);
    expect(await backupsIn(to)).toHaveLength(1);
    await journal.post('b');
    await journal.stop();
  });

  it('says why none was made: the sentence, and the code', async () => {
    const [from, to] = [await newFolder(), await newFolder()];

    const end = await new BackupThread({ from, to, now: Date.now() }, () => undefined).end;

    expect(end).toEqual({ failure: { message: `There is no journal in ${from}.`, exitCode: 78, code: undefined } });
  });

  it('that is cut off is no backup', async () => {
    const [from, to] = [await newFolder(), await newFolder()];
    const thread = new BackupThread({ from, to, now: Date.now() }, () => undefined);

    await thread.cutOff();

    expect(await thread.end).toMatchObject({ failure: { message: expect.stringContaining('ended') } });
    expect(await readdir(to)).toEqual([]);
  });
});
