import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tmpdir } from 'node:os';
import { copyOf } from '../../test/journal/folders.js';
import { Ledger } from '../../test/journal/ledger.js';
import { TestJournal } from '../../test/journal/test-journal.js';
import type { MessagePosted } from '../contract/index.js';
import { CHECKPOINT_FILE } from './file/checkpoint.js';
import { FileRecordStore } from './file/file-record-store.js';

const SIZE = 20_000;
const BATCH = 1_000;
const AT = '2026-01-01T00:00:00.000Z';

/** Some longer than a page of reads, some with letters of several bytes, two of two members with one id, far apart. */
function message(n: number): MessagePosted {
  const id = n === 7 || n === SIZE - 7 ? 'twin' : `id-${n}`;
  const by = n === SIZE - 7 ? 'beto@acme.com' : 'ana@acme.com';
  const text = n % 1_000 === 0 ? 'ñ😀'.repeat(50_000) : `message ${n}`;
  return { n, at: AT, by, id, type: 'message-posted', text };
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lonja-long-'));
  const store = new FileRecordStore({ folder, clock: () => AT });
  await store.recover(() => undefined, []);
  for (let first = 1; first <= SIZE; first += BATCH) {
    const batch = Array.from({ length: BATCH }, (_, index) => message(first + index));
    await store.append(batch, first - 1);
  }
  await store.close();
  await rm(join(folder, CHECKPOINT_FILE));
  // One clean stop, for the checkpoint.
  await (await TestJournal.open(folder)).stop();
});
afterAll(() => rm(folder, { recursive: true }));

/** Starts on a copy. */
async function start(how: string): Promise<TestJournal> {
  const copy = await copyOf(folder);
  if (how === 'without') await rm(join(copy, CHECKPOINT_FILE));
  const ledger = new Ledger();
  const journal = await TestJournal.open(copy, { ledger });
  expect(ledger.state).toEqual({ last: SIZE, posted: SIZE, stock: 0 });
  return journal;
}

const range = (from: number, length: number) => Array.from({ length }, (_, index) => from + index);

describe.each(['with', 'without'])('a journal of 20,000 records, started %s its checkpoint', (how) => {
  let journal: TestJournal;
  beforeAll(async () => {
    journal = await start(how);
  });
  afterAll(() => journal.stop());

  it('reads pages of any part of it, ends included, across records longer than one read', async () => {
    for (const from of [1, 900, 990, 10_000, SIZE - 199]) {
      expect(await journal.read(range(from, 200))).toEqual(range(from, 200).map(message));
    }
  });

  it('reads scattered numbers in the order asked for, also backwards and twice', async () => {
    const numbers = [SIZE, 1, 12_345, 12_346, 12_345, 1_000, 999, 2, 19_993, 7];
    expect(await journal.read(numbers)).toEqual(numbers.map(message));
  });

  it('refuses numbers that do not exist', async () => {
    for (const n of [0, -1, SIZE + 1, 1.5]) await expect(journal.read([1, n])).rejects.toThrow(RangeError);
    expect(await journal.read([])).toEqual([]);
  });

  it('recognises what is sent again: the first, the middle and the last, and one whose id another member chose too', async () => {
    const numbers = [1, 7, SIZE / 2, SIZE];
    for (const { n, id, text } of numbers.map(message)) expect((await journal.post(id, text)).n).toBe(n);
    await expect(journal.post('id-1', 'other')).rejects.toMatchObject({ code: 'ID_REUSED' });
    await expect(journal.post('twin', message(SIZE - 7).text)).rejects.toMatchObject({ code: 'ID_REUSED' });
    expect(journal.last).toBe(SIZE);
  });

  it('continues with the next number', async () => {
    expect((await journal.post('new')).n).toBe(SIZE + 1);
    expect((await journal.post('new')).n).toBe(SIZE + 1);
    expect((await journal.read([SIZE, SIZE + 1])).map(({ id }) => id)).toEqual([message(SIZE).id, 'new']);
  });
});
