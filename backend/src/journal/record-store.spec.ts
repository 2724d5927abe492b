import { afterEach, describe, expect, it } from '@jest/globals';
import { newFolder } from '../../test/journal/folders.js';
import { Ledger } from '../../test/journal/ledger.js';
import { MemoryLog, MemoryRecordStore } from '../../test/journal/memory-record-store.js';
import type { JournalRecord } from '../contract/index.js';
import { FileRecordStore } from './file/file-record-store.js';
import { readEach, type RecordStore } from './record-store.js';

const AT = '2026-01-01T00:00:00.000Z';

function records(from: number, to: number): JournalRecord[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const n = from + index;
    return { n, at: AT, by: 'ana@acme.com', id: `id-${n}`, type: 'message-posted', text: `ñ ${n}` };
  });
}

/** Makes a store of the same records again, as the next start would. */
type Reopen = () => RecordStore;

const STORES: readonly (readonly [string, () => Promise<Reopen>])[] = [
  [
    'the file',
    async () => {
      const folder = await newFolder();
      return () => new FileRecordStore({ folder, clock: () => AT });
    },
  ],
  [
    'memory',
    () => {
      const log = new MemoryLog();
      return Promise.resolve(() => new MemoryRecordStore(log));
    },
  ],
];

/** What every store guarantees the journal. */
describe.each(STORES)('the store in %s', (_what, make) => {
  const open: RecordStore[] = [];
  afterEach(() => Promise.all(open.splice(0).map((store) => store.close())));

  async function recovered(
    reopen: Reopen,
    ledger = new Ledger('ledger that no checkpoint has'),
  ): Promise<{ store: RecordStore; newest: string }> {
    const store = reopen();
    open.push(store);
    const visit = ledger.replay.bind(ledger);
    const { newestInstant } = await store.recover(visit, [ledger.checkpoint]);
    return { store, newest: newestInstant };
  }

  it('begins empty, with an identity that stays', async () => {
    const reopen = await make();
    const { store } = await recovered(reopen);
    expect([store.last, store.id.length > 0]).toEqual([0, true]);
    await store.close();
    const { store: again } = await recovered(reopen);
    expect([again.last, again.id]).toEqual([0, store.id]);
  });

  it('has what was appended, over a restart too, and visits each in order', async () => {
    const reopen = await make();
    const { store } = await recovered(reopen);
    expect(await store.append(records(1, 3), 0)).toEqual({ kind: 'stored' });
    expect(await store.append(records(4, 4), 3)).toEqual({ kind: 'stored' });
    expect(store.last).toBe(4);
    await store.close();
    const ledger = new Ledger('ledger of another shape');
    const { store: again, newest } = await recovered(reopen, ledger);
    expect(ledger.state).toEqual({ last: 4, posted: 4, stock: 0 });
    expect([again.last, newest >= AT]).toEqual([4, true]);
    expect(await again.read(1, 4)).toEqual(records(1, 4));
  });

  it('reads ranges, both ends included, and refuses those that do not exist', async () => {
    const { store } = await recovered(await make());
    await store.append(records(1, 50), 0);
    expect(await store.read(7, 7)).toEqual(records(7, 7));
    expect(await store.read(2, 49)).toEqual(records(2, 49));
    expect(await store.read(5, 4)).toEqual([]);
    for (const [from, to] of [
      [0, 1],
      [50, 51],
      [-1, -1],
    ] as const) {
      await expect(store.read(from, to)).rejects.toThrow(RangeError);
    }
  });

  it('reads scattered numbers in the order asked for', async () => {
    const { store } = await recovered(await make());
    await store.append(records(1, 50), 0);
    const numbers = [50, 1, 2, 40, 2, 39];
    expect(await readEach(store, numbers)).toEqual(numbers.flatMap((n) => records(n, n)));
    expect(await readEach(store, [])).toEqual([]);
    await expect(readEach(store, [1, 51])).rejects.toThrow(RangeError);
    await expect(readEach(store, [1, 1.5])).rejects.toThrow(RangeError);
  });

  it('stores nothing for a writer that has missed records, and returns the missed ones', async () => {
    const { store } = await recovered(await make());
    await store.append(records(1, 4), 0);
    const late = records(3, 3).map((record) => ({ ...record, id: 'late' }));
    expect(await store.append(late, 2)).toEqual({ kind: 'moved-on', records: records(3, 4) });
    expect([store.last, await store.read(1, 4)]).toEqual([4, records(1, 4)]);
  });

  it('has space and is in its place while nothing is wrong', async () => {
    const { store } = await recovered(await make());
    await store.append(records(1, 1), 0);
    await store.probe();
    await store.verify();
    expect(await store.read(1, 1)).toEqual(records(1, 1));
    expect(await store.append(records(2, 2), 1)).toEqual({ kind: 'stored' });
  });

  it('may be closed twice', async () => {
    const { store } = await recovered(await make());
    await store.close();
    await store.close();
  });
});
