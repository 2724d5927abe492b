import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { productRecordsIn, reduceProducts, type JournalRecord, type Product } from 'backend/contract';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { advanceTime, flushPromises } from '../testing/flush-promises';
import { NOON, aMessagePosted, aProductAdded, aSnapshot } from '../testing/records';
import { MemoryBoard } from './board-storage';
import { KeptBoard } from './kept-board';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** One page of the browser: which history it follows, and how far. */
interface Tab {
  readonly board: KeptBoard;
  history: readonly JournalRecord[];
  n: number;
}

/** A server that may be restored from an older copy, and pages of one browser that follow it more or less closely. */
class Simulation {
  private readonly storage = new MemoryBoard();
  private history: readonly JournalRecord[] = [];
  private commands = 0;
  private readonly tabs: Tab[] = [];
  /** Every board that there ever was, by the command of its last record. */
  private readonly boards = new Map<string, ReadonlyMap<number, Product>>();

  commit(which: number): void {
    const n = this.history.length + 1;
    const id = `command-${++this.commands}`;
    const product = 1 + (which % Math.max(1, n - 1));
    const head = { n, at: NOON, by: 'ana@acme.com', id };
    const record: JournalRecord =
      which % 4 === 0
        ? { ...aProductAdded(n), id }
        : which % 4 === 1
          ? { ...head, type: 'product-changed', product, fields: { price: n } }
          : which % 4 === 2
            ? aMessagePosted(n, { id, moves: [{ product, delta: 1, stock: n }] })
            : { ...head, type: 'product-removed', product };
    this.history = [...this.history, record];
    this.boards.set(id, productsAfter(this.history));
  }

  restore(count: number): void {
    this.history = this.history.slice(0, count);
    for (const tab of this.tabs) tab.board.disconnected();
  }

  /** A page begins, with what is kept where that is of this history, and with a snapshot otherwise. */
  async open(): Promise<void> {
    const board = new KeptBoard({ storage: this.storage, build: '1', mayKeep: () => true, doubtful: () => [] });
    const kept = await board.load();
    const tab: Tab = { board, history: this.history, n: 0 };
    this.tabs.push(tab);
    if (kept) {
      board.follow({ kind: 'snapshot', snapshot: kept.snapshot, doubtful: kept.doubtful });
      tab.n = kept.snapshot.n;
    }
    this.join(tab, kept?.snapshot.command);
  }

  reconnect(which: number): void {
    const tab = this.tabs[which % (this.tabs.length || 1)];
    if (!tab) return;
    tab.board.disconnected();
    this.join(tab, tab.history[tab.n - 1]?.id);
  }

  /** A page hears the next records, if it still follows the server. */
  hear(which: number, count: number): void {
    const tab = this.tabs[which % (this.tabs.length || 1)];
    if (!tab || tab.history[tab.n - 1]?.id !== this.history[tab.n - 1]?.id) return;
    tab.history = this.history;
    this.follow(tab, tab.n + count);
  }

  flush(which: number): void {
    this.tabs[which % (this.tabs.length || 1)]?.board.flush();
  }

  /** What is kept is a board as it once was, whole. */
  async check(): Promise<void> {
    const kept = await this.storage.load();
    if (!kept) return;
    const { command = '' } = kept.state as { readonly command?: string };
    const products = kept.rows.flatMap((row) => row.products);
    const was = this.boards.get(command) ?? new Map<number, Product>();
    expect(
      isDeepStrictEqual(new Map(products.map((product) => [product.id, product])), new Map(sorted(products, was))),
    ).toBe(true);
  }

  private join(tab: Tab, command: string | undefined): void {
    if (tab.n > 0 && this.history[tab.n - 1]?.id === command) {
      tab.history = this.history;
      this.follow(tab, this.history.length);
    } else {
      const n = this.history.length;
      const last = this.history.at(-1)?.id;
      const products = [...productsAfter(this.history).values()];
      const { command: _none, ...empty } = aSnapshot({ n, products });
      tab.board.follow({ kind: 'snapshot', snapshot: { ...empty, ...(last !== undefined && { command: last }) } });
      Object.assign(tab, { history: this.history, n });
    }
    tab.board.live();
  }

  private follow(tab: Tab, to: number): void {
    const records = tab.history.slice(tab.n, to);
    if (records.length === 0) return;
    tab.n += records.length;
    tab.board.follow({ kind: 'records', records });
  }
}

function productsAfter(history: readonly JournalRecord[]): ReadonlyMap<number, Product> {
  return reduceProducts(new Map(), productRecordsIn(history));
}

/** The entries of a board in the order of a list, for a comparison that looks at the order too. */
function sorted(products: readonly Product[], board: ReadonlyMap<number, Product>): [number, Product][] {
  const place = new Map(products.map(({ id }, index) => [id, index]));
  return [...board].sort(([one], [other]) => (place.get(one) ?? 0) - (place.get(other) ?? 0));
}

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('commit' as const), which: fc.nat(200) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('hear' as const), which: fc.nat(3), count: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('flush' as const), which: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(12_000) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('open' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reconnect' as const), which: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restore' as const), count: fc.nat(20) }) },
);

it('whatever the pages of a browser follow, what is kept is always one board as it once was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const simulation = new Simulation();
      await simulation.open();
      for (const now of steps) {
        if (now.do === 'commit') simulation.commit(now.which);
        else if (now.do === 'hear') simulation.hear(now.which, now.count);
        else if (now.do === 'flush') simulation.flush(now.which);
        else if (now.do === 'open') await simulation.open();
        else if (now.do === 'reconnect') simulation.reconnect(now.which);
        else if (now.do === 'restore') simulation.restore(now.count);
        else await advanceTime(now.ms);
        await flushPromises();
        await simulation.check();
      }
    }),
    { numRuns: 500 },
  );
});
