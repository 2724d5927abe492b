import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { JournalRecord } from 'backend/contract';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { deserialize, serialize } from 'node:v8';
import { JOURNAL, NOON, aMessagePosted, aProduct, aProductAdded, aSnapshot } from '../testing/records';
import { IndexedBoard } from './indexed-board';
import { KeptBoard, type KeptBoardOptions } from './kept-board';

// Browsers have it; the document of the specs has not.
globalThis.structuredClone = <Value>(value: Value) => deserialize(serialize(value)) as Value;

/** A page of this browser that keeps its board when the test says so. */
class Tab {
  readonly storage = new IndexedBoard();
  readonly board: KeptBoard;

  constructor(options: Partial<KeptBoardOptions> = {}) {
    const { storage } = this;
    this.board = new KeptBoard({ storage, build: 'main-1', mayKeep: () => true, doubtful: () => [], ...options });
    tabs.push(this);
  }

  /** It has had this snapshot, and follows the server. */
  static with(snapshot: Parameters<typeof aSnapshot>[0], options: Partial<KeptBoardOptions> = {}): Tab {
    const tab = new Tab(options);
    tab.board.follow({ kind: 'snapshot', snapshot: aSnapshot(snapshot) });
    tab.board.live();
    return tab;
  }

  hear(...records: JournalRecord[]): void {
    this.board.follow({ kind: 'records', records });
  }

  /** Writes now; resolves when whatever was to be written is. */
  async write(): Promise<void> {
    this.board.flush();
    // A transaction after that one.
    await this.storage.load();
  }
}

let tabs: Tab[];
beforeEach(() => {
  tabs = [];
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const { board, storage } of tabs) {
    board.disconnected();
    await storage.close();
  }
  globalThis.indexedDB = new IDBFactory();
});

const load = () => new Tab().board.load();
const bea = (n: number) => ({ n, at: NOON, by: 'bea@acme.com', id: `command-${n}` });
const priced = (n: number, product: number, price: number): JournalRecord => ({
  ...bea(n),
  type: 'product-changed',
  product,
  fields: { price },
});

describe('the next page of this browser', () => {
  it('begins with what the last one had, and with its cursor', async () => {
    const tab = Tab.with({ n: 300, products: [aProduct({ id: 1 }), aProduct({ id: 2 }), aProduct({ id: 300 })] });
    await tab.write();
    tab.hear(aProductAdded(301), priced(302, 1, 99), { ...bea(303), type: 'product-removed', product: 2 });
    tab.hear(aMessagePosted(304), { ...bea(305), type: 'message-pinned', message: 304, pinned: true });
    await tab.write();

    const kept = await load();

    expect(kept).toMatchObject({
      snapshot: { mode: 'snapshot', journal: JOURNAL, n: 305, command: 'command-305', more: false, pinned: 304 },
      doubtful: [],
    });
    expect(kept?.snapshot.products).toEqual([
      aProduct({ id: 1, n: 302, command: 'command-302', price: 99, by: 'bea@acme.com' }),
      aProduct({ id: 300 }),
      aProduct({ id: 301 }),
    ]);
    expect(kept?.snapshot.messages.map(({ n }) => n)).toEqual([304]);
    expect(kept!.at).toBeLessThanOrEqual(Date.now());
  });

  it('knows the names before the network does', async () => {
    const tab = Tab.with({ n: 1, members: [{ email: 'ana@acme.com', name: 'Ana' }] });
    tab.hear({ ...bea(2), type: 'member-profiled', name: 'Bea', colour: 4 });
    await tab.write();

    expect((await load())?.snapshot.members).toEqual([
      { email: 'ana@acme.com', name: 'Ana' },
      { email: 'bea@acme.com', name: 'Bea', colour: 4 },
    ]);
  });

  it('costs the browser only what has changed', async () => {
    const tab = Tab.with({
      n: 1_000,
      products: Array.from({ length: 1_000 }, (_, index) => aProduct({ id: index + 1 })),
    });
    const write = tab.storage.write.bind(tab.storage);
    const rows: (number | undefined)[] = [];
    jest.spyOn(tab.storage, 'write').mockImplementation((decide) =>
      write((stored) => {
        const decided = decide(stored);
        rows.push(decided?.rows.length);
        return decided;
      }),
    );
    await tab.write();
    tab.hear(priced(1_001, 500, 99));
    await tab.write();
    tab.hear(aMessagePosted(1_002));
    await tab.write();
    expect(rows).toEqual([16, 1, 0]);
    expect((await load())?.snapshot.products[499]).toMatchObject({ price: 99 });
  });

  it('begins with the newest fifty messages', async () => {
    const tab = Tab.with({ n: 0 });
    tab.hear(...Array.from({ length: 60 }, (_, index) => aMessagePosted(index + 1)));
    await tab.write();

    const kept = await load();

    expect(kept?.snapshot).toMatchObject({ more: true });
    expect(kept?.snapshot.messages.map(({ n }) => n)).toEqual(Array.from({ length: 50 }, (_, index) => index + 11));
  });

  it('knows which commands the board may contain', async () => {
    await Tab.with({ n: 1 }, { doubtful: () => ['mine'] }).write();
    expect((await load())?.doubtful).toEqual(['mine']);
  });

  it('begins with nothing when nothing was kept', async () => {
    expect(await load()).toBeUndefined();
  });

  it.each([
    ['another build', { build: 'main-0' }],
    ['a visitor, who keeps nothing', { mayKeep: () => false }],
  ])('begins with nothing after %s', async (_what, options) => {
    await Tab.with({ n: 1, products: [aProduct()] }, options).write();
    expect(await load()).toBeUndefined();
  });

  it('begins with nothing when the board had not come whole, and with everything when it had', async () => {
    const tab = Tab.with({ n: 9, products: [aProduct({ id: 1 })], productTotal: 3 });
    tab.board.follow({ kind: 'products', products: [aProduct({ id: 2 })], total: 3 });
    await tab.write();
    expect(await load()).toBeUndefined();
    tab.board.follow({ kind: 'products', products: [aProduct({ id: 3 })], total: undefined });
    await tab.write();
    expect((await load())?.snapshot.products).toHaveLength(3);
  });

  it('begins with nothing after the member has left', async () => {
    const tab = Tab.with({ n: 1, products: [aProduct()] });
    await tab.write();
    await tab.board.forget();
    expect(await load()).toBeUndefined();
  });

  it.each([
    ['of a later version', { version: 99 }],
    ['without a place in the history', { n: undefined }],
    ['without its messages', { messages: undefined }],
    ['with fewer products than it had', { count: 2 }],
    ['of no shape at all', undefined],
  ])('throws away what is kept %s', async (_what, wrong) => {
    await Tab.with({ n: 1, products: [aProduct()] }).write();
    const database = await openDB('lonja-board');
    const state = (await database.get('states', 'board')) as object;
    await database.put('states', wrong ? { ...state, ...wrong } : 'torn', 'board');

    expect(await load()).toBeUndefined();
    await tabs.at(-1)!.storage.load();
    expect(await database.count('states')).toBe(0);
    database.close();
  });
});

describe('two pages of one browser', () => {
  const products = [aProduct({ id: 1 }), aProduct({ id: 2 })];

  it('keep one board between them, whoever is a little ahead', async () => {
    const [one, other] = [Tab.with({ n: 2, products }), Tab.with({ n: 2, products })];
    for (const tab of [one, other]) await tab.write();
    one.hear(priced(3, 1, 30), priced(4, 2, 40));
    other.hear(priced(3, 1, 30));
    await one.write();
    await other.write();
    expect((await load())?.snapshot).toMatchObject({ n: 4, products: [{ price: 30 }, { price: 40 }] });
    other.hear(priced(4, 2, 40), priced(5, 1, 50));
    await other.write();
    expect((await load())?.snapshot).toMatchObject({ n: 5, products: [{ price: 50 }, { price: 40 }] });
  });

  it('never mix two histories: what follows another one replaces it', async () => {
    const before = Tab.with({ n: 2, products });
    before.hear(priced(3, 1, 30));
    await before.write();
    // The server was restored from a copy without record 3, and went on otherwise.
    const after = Tab.with({ n: 2, products });
    after.hear({ ...priced(3, 2, 77), id: 'restored' });
    await after.write();
    expect((await load())?.snapshot).toMatchObject({
      n: 3,
      command: 'restored',
      products: [{ price: 10 }, { price: 77 }],
    });
  });

  it('of two versions do not take turns: the newer one keeps the board', async () => {
    const older = Tab.with({ n: 2, products }, { build: 'main-0' });
    await older.write();
    const newer = Tab.with({ n: 2, products });
    await newer.write();
    older.hear(priced(3, 1, 30));
    await older.write();
    expect((await load())?.snapshot.n).toBe(2);
  });

  it('write nothing before they follow the server, and what is due when they no longer do', async () => {
    const tab = new Tab();
    tab.board.follow({ kind: 'snapshot', snapshot: aSnapshot({ n: 2, products }) });
    await tab.write();
    expect(await load()).toBeUndefined();
    tab.board.live();
    tab.board.disconnected();
    expect((await load())?.snapshot.n).toBe(2);
  });
});

describe('writing', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'queueMicrotask', 'nextTick'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('waits for a quiet second, and ten at most', () => {
    const tab = new Tab();
    const write = jest.spyOn(tab.storage, 'write').mockResolvedValue(true);
    tab.board.follow({ kind: 'snapshot', snapshot: aSnapshot() });
    tab.board.live();
    jest.advanceTimersByTime(999);
    expect(write).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(write).toHaveBeenCalledTimes(1);
  });

  it('happens after ten seconds of changes', async () => {
    const tab = new Tab();
    const write = jest.spyOn(tab.storage, 'write').mockResolvedValue(true);
    tab.board.follow({ kind: 'snapshot', snapshot: aSnapshot() });
    tab.board.live();
    for (let n = 1; n <= 25; n++) {
      tab.hear(aMessagePosted(n));
      await jest.advanceTimersByTimeAsync(500);
    }
    expect(write).toHaveBeenCalledTimes(1);
  });
});

describe('a database', () => {
  it('that never opens lets the page begin without it', async () => {
    jest.useFakeTimers();
    const tab = new Tab();
    jest.spyOn(tab.storage, 'load').mockReturnValue(Promise.race([]));
    const loaded = tab.board.load();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await loaded).toBeUndefined();
    jest.useRealTimers();
  });

  it('that is not there changes nothing', async () => {
    jest.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new Error('private window');
    });
    const tab = Tab.with({ n: 1 });
    await tab.write();
    expect(await tab.board.load()).toBeUndefined();
    await tab.board.forget();
  });
});
