import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import { copyOf, journalBytes, journalPath, newFolder } from '../../../test/journal/folders.js';
import { Ledger } from '../../../test/journal/ledger.js';
import { TestJournal } from '../../../test/journal/test-journal.js';
import { CHECKPOINT_FILE } from './checkpoint.js';

const checkpointPath = (folder: string) => join(folder, CHECKPOINT_FILE);

/** A ledger that counts the records that were replayed at the start. */
class CountingLedger extends Ledger {
  replayCount = 0;

  override replay(record: Parameters<Ledger['replay']>[0]): void {
    super.replay(record);
    this.replayCount++;
  }
}

/** A folder with ten records, stopped cleanly, so with a checkpoint of all of them. */
async function folderOfTen(): Promise<string> {
  const folder = await newFolder();
  const journal = await TestJournal.open(folder);
  for (let index = 0; index < 5; index++) {
    await journal.move(`in ${index}`, 3);
    await journal.post(`message ${index}`);
  }
  await journal.stop();
  return folder;
}

/** Starts; returns how many records were replayed, and the resulting state. */
async function start(folder: string, shape?: string) {
  const ledger = new CountingLedger(shape);
  const journal = await TestJournal.open(folder, { ledger });
  const { replayCount: replayed, state } = ledger;
  const records = await journal.all();
  const again = (await journal.post('message 0')).n;
  await journal.stop();
  return { replayed, state, records: records.length, again };
}

const WHOLE = { state: { last: 10, posted: 5, stock: 15 }, records: 10, again: 2 };

describe('a checkpoint', () => {
  it('makes the start replay none of the records that it covers', async () => {
    expect(await start(await folderOfTen())).toEqual({ replayed: 0, ...WHOLE });
  });

  it.each([0, 2])('of another format (%i) is not used', async (format) => {
    const folder = await folderOfTen();
    const saved = deserialize((await readFile(checkpointPath(folder))).subarray(4)) as object;
    const body = serialize({ ...saved, format });
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(crc32(body));
    await writeFile(checkpointPath(folder), Buffer.concat([crc, body]));
    expect(await start(folder)).toEqual({ replayed: 10, ...WHOLE });
  });

  it('makes the start replay only the records after it', async () => {
    const folder = await folderOfTen();
    const checkpoint = await readFile(checkpointPath(folder));
    const journal = await TestJournal.open(folder);
    await journal.post('later');
    await journal.stop();
    await writeFile(checkpointPath(folder), checkpoint);
    const { replayed, records } = await start(folder);
    expect({ replayed, records }).toEqual({ replayed: 1, records: 11 });
  });

  it('can be deleted: the start replays everything', async () => {
    const folder = await folderOfTen();
    await rm(checkpointPath(folder));
    expect(await start(folder)).toEqual({ replayed: 10, ...WHOLE });
  });

  it('shows that acknowledged records are missing, of which the journal alone knows nothing', async () => {
    const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const folder = await folderOfTen();
    await start(await copyOf(folder));
    expect(errors).not.toHaveBeenCalled();
    const journal = await journalBytes(folder);
    // Within the line of record 9.
    await truncate(journalPath(folder), journal.indexOf('"n":9,'));
    await (await TestJournal.open(folder)).stop();
    expect(errors.mock.calls).toEqual([[expect.stringMatching(/^The journal ends with record 8, .+ record 10:/)]]);
    // Whoever has read it once has a checkpoint of what is left.
    await (await TestJournal.open(folder)).stop();
    expect(errors).toHaveBeenCalledTimes(1);
    errors.mockRestore();
  });

  it('is ignored when it was truncated at any byte', async () => {
    const folder = await folderOfTen();
    const { length } = await readFile(checkpointPath(folder));
    for (let size = 0; size < length; size += 1 + (length >> 4)) {
      const copy = await copyOf(folder);
      await truncate(checkpointPath(copy), size);
      expect(await start(copy)).toEqual({ replayed: 10, ...WHOLE });
    }
  });

  it('is ignored when any of its bits has flipped', async () => {
    const folder = await folderOfTen();
    const checkpoint = await readFile(checkpointPath(folder));
    for (let byte = 0; byte < checkpoint.length; byte += 1 + (checkpoint.length >> 5)) {
      const copy = await copyOf(folder);
      const flipped = Buffer.from(checkpoint);
      flipped[byte]! ^= 1 << (byte & 7);
      await writeFile(checkpointPath(copy), flipped);
      expect(await start(copy)).toEqual({ replayed: 10, ...WHOLE });
    }
  });

  it('is ignored when it belongs to another journal', async () => {
    const [folder, other] = await Promise.all([folderOfTen(), folderOfTen()]);
    await writeFile(checkpointPath(folder), await readFile(checkpointPath(other)));
    expect(await start(folder)).toEqual({ replayed: 10, ...WHOLE });
  });

  it('is ignored when the shape of a view has changed since', async () => {
    expect(await start(await folderOfTen(), 'ledger 2')).toEqual({ replayed: 10, ...WHOLE });
  });

  it('does not hide damage to the records that it covers', async () => {
    const folder = await folderOfTen();
    const bytes = await journalBytes(folder);
    const place = bytes.indexOf('"in 3"');
    bytes[place + 4]! ^= 1;
    await writeFile(journalPath(folder), bytes);
    const line = bytes.lastIndexOf('\n', place) + 1;
    await expect(TestJournal.open(folder)).rejects.toMatchObject({
      exitCode: 65,
      message: expect.stringContaining(`at byte ${line} (after record 6)`),
    });
  });

  it('does not hide damage to the records after it', async () => {
    const folder = await folderOfTen();
    const checkpoint = await readFile(checkpointPath(folder));
    const journal = await TestJournal.open(folder);
    await journal.post('later');
    await journal.stop();
    await writeFile(checkpointPath(folder), checkpoint);
    const bytes = await journalBytes(folder);
    bytes[bytes.indexOf('"later"') + 1]! ^= 1;
    await writeFile(journalPath(folder), bytes);
    await expect(TestJournal.open(folder)).rejects.toMatchObject({ exitCode: 65 });
  });

  it('is ignored when the journal is a shorter, older copy', async () => {
    const folder = await folderOfTen();
    const bytes = await journalBytes(folder);
    await writeFile(journalPath(folder), bytes.subarray(0, bytes.indexOf('\n', bytes.indexOf('"in 3"')) + 1));
    expect(await start(folder)).toEqual({
      replayed: 7,
      state: { last: 7, posted: 3, stock: 12 },
      records: 7,
      again: 2,
    });
  });

  it('that could not be written makes the next start slower, and has no other effect', async () => {
    const folder = await newFolder();
    const journal = await TestJournal.open(folder);
    await journal.post('a');
    // A folder stands in its place, and cannot be replaced by a file.
    await mkdir(checkpointPath(folder));
    await journal.stop();
    const again = await TestJournal.open(folder);
    expect(again.last).toBe(1);
    await again.stop();
  });

  it('never changes the state after a start', async () => {
    const command = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant('post'), fc.constant('restart'));
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 30 }), async (commands) => {
        const folder = await newFolder();
        let journal = await TestJournal.open(folder);
        for (const [index, each] of commands.entries()) {
          if (each === 'post') await journal.post(`${index}`);
          else if (typeof each === 'number') await journal.move(`${index}`, each).catch(() => undefined);
          else {
            await journal.stop();
            journal = await TestJournal.open(folder);
          }
        }
        const { state } = journal.ledger;
        await journal.stop();
        const without = await copyOf(folder);
        await rm(checkpointPath(without), { force: true });
        const [one, other] = await Promise.all([TestJournal.open(folder), TestJournal.open(without)]);
        expect([one.ledger.state, other.ledger.state]).toEqual([state, state]);
        expect(await one.all()).toEqual(await other.all());
        await Promise.all([one.stop(), other.stop()]);
      }),
      { numRuns: 25 },
    );
  });
});
