import { beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryRecordStore } from '../../test/journal/memory-record-store.js';
import { log } from '../../test/journal/test-journal.js';
import type { JournalRecord } from '../contract/index.js';
import { EXIT, FatalError } from '../errors/exit-codes.js';
import { type Follower, FollowerRun } from './follower.js';
import type { RecordReader } from './record-store.js';

function record(n: number): JournalRecord {
  return { n, at: '2026-01-01T00:00:00.000Z', by: 'ana@acme.com', id: `${n}`, type: 'message-posted', text: '' };
}

/** Keeps numbers, and a cursor that survives. */
class Numbers implements Follower {
  readonly name = 'numbers.txt';
  readonly taken: number[] = [];
  readonly events: string[] = [];
  isLost = false;
  /** Called before each step. */
  before: (what: string) => Promise<void> | void = () => undefined;

  async open({ last }: RecordReader): Promise<number> {
    await this.before('open');
    this.isLost = false;
    this.events.push(`open at ${last}`);
    return this.taken.at(-1) ?? 0;
  }

  async take(records: readonly JournalRecord[]): Promise<void> {
    await this.before('take');
    this.taken.push(...records.map(({ n }) => n).filter((n) => n > (this.taken.at(-1) ?? 0)));
    this.events.push(`take ${records[0]!.n}-${records.at(-1)!.n}`);
  }

  hurry(): void {
    this.events.push('hurry');
  }

  close(): Promise<void> {
    this.events.push('close');
    return Promise.resolve();
  }
}

let store: MemoryRecordStore;
let numbers: Numbers;
let run: FollowerRun;
beforeEach(() => {
  store = new MemoryRecordStore();
  numbers = new Numbers();
  run = new FollowerRun(numbers, store);
  log.lines.length = 0;
});

/** Stores so many records; returns them, as they are announced. */
async function stored(count: number): Promise<JournalRecord[]> {
  const records = Array.from({ length: count }, (_, index) => record(store.last + 1 + index));
  await store.append(records, store.last);
  return records;
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('a follower', () => {
  it('catches up from its own cursor, in steps, and then takes what is live without reading it', async () => {
    await stored(2_500);
    numbers.taken.push(...range(1, 100));
    await run.open();
    await run.follow();
    expect(numbers.events).toEqual(['open at 2500', 'take 101-1100', 'take 1101-2100', 'take 2101-2500']);

    store.read = () => Promise.reject(new Error('nothing needs to be read'));
    await run.follow(await stored(3));
    expect(numbers.taken).toEqual(range(1, 2_503));
  });

  it('is opened once, though records come meanwhile, and then has them', async () => {
    const gate = Promise.withResolvers<undefined>();
    numbers.before = async (what) => {
      if (what === 'open') await gate.promise;
    };
    const opened = run.open();
    void run.follow(await stored(2));
    gate.resolve(undefined);
    await opened;
    expect(numbers.events).toEqual(['open at 0', 'take 1-2']);
  });

  it('is opened again when it has lost its state, though nothing failed', async () => {
    await run.open();
    await run.follow(await stored(2));
    numbers.taken.length = 0;
    numbers.isLost = true;
    await run.follow();
    expect(numbers.events).toEqual(['open at 0', 'take 1-2', 'open at 2', 'take 1-2']);
  });

  it('takes in one step what came while it was busy', async () => {
    await run.open();
    const gate = Promise.withResolvers<undefined>();
    numbers.before = async () => {
      await gate.promise;
    };
    const first = run.follow(await stored(1));
    void run.follow(await stored(2));
    void run.follow(await stored(3));
    gate.resolve(undefined);
    await first;
    expect(numbers.events.slice(1)).toEqual(['take 1-1', 'take 2-6']);
  });

  it('reads again what it could not keep in memory, when it lags far', async () => {
    await run.open();
    const gate = Promise.withResolvers<undefined>();
    numbers.before = async () => {
      await gate.promise;
    };
    const first = run.follow(await stored(1));
    for (let batch = 0; batch < 11; batch++) void run.follow(await stored(1_000));
    gate.resolve(undefined);
    await first;
    expect(numbers.taken).toEqual(range(1, 11_001));
  });

  it('continues from its own cursor after a failure; failure and recovery are logged once', async () => {
    await run.open();
    await run.follow(await stored(2));
    let failures = 2;
    numbers.before = () => {
      if (failures-- > 0) throw Object.assign(new Error(), { code: 'ENOSPC' });
    };
    await run.follow(await stored(2));
    await run.follow(await stored(2));
    expect(numbers.taken).toEqual([1, 2]);
    expect(run.place).toEqual({ name: 'numbers.txt', n: 2, state: 'failing' });
    await run.follow();
    expect(numbers.taken).toEqual(range(1, 6));
    expect(run.place).toEqual({ name: 'numbers.txt', n: 6, state: 'following' });
    expect(log.lines).toEqual(['numbers.txt could not be written (ENOSPC).', 'numbers.txt is written again.']);
  });

  it('is not said to be written again while it can be opened and not written', async () => {
    await run.open();
    numbers.before = (what) => {
      if (what === 'take') throw Object.assign(new Error(), { code: 'ENOSPC' });
    };
    await run.follow(await stored(2));
    await run.follow();
    await run.follow();
    expect(run.place.state).toBe('failing');
    expect(log.lines).toEqual(['numbers.txt could not be written (ENOSPC).']);
  });

  it('is written again when it was opened and has everything', async () => {
    await run.open();
    numbers.before = (what) => {
      numbers.taken.push(1);
      if (what === 'take') throw Object.assign(new Error(), { code: 'EIO' });
    };
    await run.follow(await stored(1));
    await run.follow();
    expect(run.place).toEqual({ name: 'numbers.txt', n: 1, state: 'following' });
    expect(log.lines).toEqual(['numbers.txt could not be written (EIO).', 'numbers.txt is written again.']);
  });

  it('never has a record that the views do not have', async () => {
    await run.open();
    await stored(3);
    await run.follow();
    expect(numbers.taken).toEqual([]);
    await run.follow(await store.read(1, 3));
    expect(numbers.taken).toEqual([1, 2, 3]);
  });

  it('takes what is left before it is closed, without delay', async () => {
    await run.open();
    void run.follow(await stored(2));
    await run.close();
    expect(numbers.events).toEqual(['open at 0', 'hurry', 'take 1-2', 'close']);
  });

  it('lets a damaged journal through to whoever leads it', async () => {
    await stored(3);
    store.read = () => Promise.reject(new FatalError(EXIT.damaged, 'damaged'));
    await expect(run.open()).rejects.toMatchObject({ exitCode: 65 });
  });
});
