import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import {
  productRecordsIn,
  reduceProducts,
  type Ack,
  type Cursor,
  type Data,
  type JournalRecord,
  type Payload,
  type Product,
  type RequestName,
} from 'backend/contract';
import fc from 'fast-check';
import { isDeepStrictEqual } from 'node:util';
import { advanceTime, flushPromises } from '../testing/flush-promises';
import { JOURNAL, NOON, aMessagePosted, aProductAdded, aSnapshot } from '../testing/records';
import { BoardFeed } from './board-feed';
import type { FeedChange } from './feed';
import { UNANSWERED, type FeedPacket } from './requester';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

/** Small, so that a few products are many pages and a few records too long a gap. */
const SIZES = { firstProducts: 2, pageProducts: 2 };
const LONGEST_GAP = 6;

/** What may become of a product; `which` picks one. */
type Change = 'add' | 'price' | 'stock' | 'sale' | 'remove';

/**
 * A server with products, which may be restored from an older copy and go on otherwise; a network that loses, doubles and
 * shuffles packets and answers; and a page that loads its board in parts meanwhile.
 */
class World {
  private journal: JournalRecord[] = [];
  private readonly onTheWay: FeedPacket[] = [];
  private readonly answers: (() => void)[] = [];
  private connection = 0;
  private online = false;
  private commands = 0;
  private products: ReadonlyMap<number, Product> = new Map();
  private isComplete = false;
  /** Changes after which the page did not show the board as it was after the last record. */
  readonly violations: FeedChange[] = [];
  private readonly feed = new BoardFeed(
    { request: (name, payload) => this.ask(name, payload) },
    { changed: (change) => this.apply(change), reloadNeeded: () => expect('reload').toBe('not needed') },
    SIZES,
  );

  change(what: Change, which: number): void {
    const ids = [...this.board().keys()];
    const product = ids[which % (ids.length || 1)];
    const n = this.journal.length + 1;
    const command = `command-${++this.commands}`;
    const head = { n, at: NOON, by: 'ana@acme.com', id: command };
    const record: JournalRecord =
      what === 'add' || product === undefined
        ? { ...aProductAdded(n), id: command }
        : what === 'price'
          ? { ...head, type: 'product-changed', product, fields: { price: n } }
          : what === 'stock'
            ? { ...head, type: 'stock-moved', product, delta: 1, stock: n }
            : what === 'sale'
              ? aMessagePosted(n, { id: command, moves: ids.map((id) => ({ product: id, delta: 1, stock: n })) })
              : { ...head, type: 'product-removed', product };
    this.journal.push(record);
    if (this.online) this.onTheWay.push({ records: [record] });
  }

  /** The server ends, and comes back at once with the first records only. */
  restore(count: number): void {
    this.connect(false);
    this.journal = this.journal.slice(0, count);
    this.connect(true);
  }

  deliver(which: number, keep: boolean): void {
    const place = which % (this.onTheWay.length || 1);
    const packet = this.onTheWay[place];
    if (!keep) this.onTheWay.splice(place, 1);
    if (packet) this.feed.receive(packet);
  }

  lose(which: number): void {
    this.onTheWay.splice(which % (this.onTheWay.length || 1), 1);
  }

  answer(which: number): void {
    this.answers.splice(which % (this.answers.length || 1), 1)[0]?.();
  }

  connect(online: boolean): void {
    if (online === this.online) return;
    this.online = online;
    this.connection++;
    this.onTheWay.length = 0;
    if (online) this.feed.connected();
    else this.feed.disconnected();
  }

  /** The network is good again: in the end the page shows what a fresh one would. */
  async heal(): Promise<void> {
    this.connect(false);
    this.connect(true);
    for (let round = 0; round < 3 || !this.isComplete; round++) {
      expect(round).toBeLessThan(100);
      while (this.answers.length > 0) this.answer(0);
      while (this.onTheWay.length > 0) this.deliver(0, false);
      await advanceTime(round < 3 ? 5_000 : 100);
    }
    expect(byId(this.products)).toEqual(byId(this.board()));
  }

  /** Whatever the page shows of a product is how that was after one and the same record. */
  private apply(change: FeedChange): void {
    if (change.kind === 'records') this.products = reduceProducts(this.products, productRecordsIn(change.records));
    else {
      const [held, more, left] =
        change.kind === 'snapshot'
          ? [[], change.snapshot.products, change.snapshot.productTotal]
          : [this.products, change.products, change.total];
      this.products = new Map([...held, ...more.map((product) => [product.id, product] as const)]);
      this.isComplete = left === undefined;
    }
    const then = this.board(this.feed.applied);
    const isAsThen = [...this.products].every(([id, product]) => isDeepStrictEqual(product, then.get(id)));
    if (!isAsThen || (this.isComplete && this.products.size !== then.size)) this.violations.push(change);
  }

  private board(upTo = this.journal.length): ReadonlyMap<number, Product> {
    return reduceProducts(new Map(), productRecordsIn(this.journal.slice(0, upTo)));
  }

  private ask<Name extends RequestName>(name: Name, payload: Payload<Name>): Promise<Ack<Data<Name>>> {
    // What the server knows when it handles the question, which is when it is asked; the answer may come late.
    const data = name === 'feed:join' ? this.join(payload as Payload<'feed:join'>) : this.page(payload as never);
    const { connection } = this;
    return new Promise((resolve) => {
      const isUp = (): boolean => connection === this.connection && this.online;
      this.answers.push(() => resolve(isUp() ? { ok: true, data: data } : UNANSWERED));
    });
  }

  private page({ after, limit = 0 }: Payload<'products:page'>): Data<'products:page'> {
    const above = byId(this.board()).filter(({ id }) => id > after);
    const [n, total] = [this.journal.length, this.board().size];
    return { n, products: above.slice(0, limit), more: above.length > limit, total };
  }

  private join({ cursor, firstProducts = 0 }: Payload<'feed:join'>): Data<'feed:join'> {
    const records = this.journal.slice(cursor?.n ?? 0);
    const n = this.journal.length;
    if (this.knows(cursor) && records.length <= LONGEST_GAP) return { mode: 'resumed', journal: JOURNAL, n, records };
    const all = byId(this.board());
    const part = all.length > firstProducts ? { productTotal: all.length } : {};
    const command = this.journal.at(-1)?.id;
    return aSnapshot({ n, products: all.slice(0, firstProducts), ...part, ...(command && { command }) });
  }

  private knows(cursor: Cursor | null): boolean {
    const record = this.journal[(cursor?.n ?? 0) - 1];
    return cursor !== null && cursor.command === record?.id && cursor.n <= this.journal.length;
  }
}

const byId = (products: ReadonlyMap<number, Product>): Product[] =>
  [...products.values()].sort((one, other) => one.id - other.id);

/** Mostly nothing is wrong with the network: otherwise no board would ever be loaded further than its first part. */
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      what: fc.constantFrom<Change>('add', 'add', 'price', 'stock', 'sale', 'remove'),
      which: fc.nat(30),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      which: fc.constantFrom(0, 0, 0, 0, 0, 1, 2),
      keep: fc.constantFrom(false, false, false, true),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const), which: fc.nat(3) }) },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.record({ do: fc.constant('lose' as const), which: fc.nat(9) }),
      fc.record({ do: fc.constant('connect' as const), online: fc.constantFrom(true, true, false) }),
      fc.record({ do: fc.constant('restore' as const), count: fc.nat(30) }),
      fc.record({ do: fc.constant('wait' as const), ms: fc.nat(6_000) }),
    ),
  },
);

it('whatever happens while the board is loaded in parts, it is always as of one record, and in the end that of a fresh page', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(20), fc.array(step, { minLength: 10, maxLength: 80 }), async (before, steps) => {
      const world = new World();
      for (let count = 0; count < before; count++) world.change('add', 0);
      world.connect(true);
      for (const now of steps) {
        if (now.do === 'change') world.change(now.what, now.which);
        else if (now.do === 'deliver') world.deliver(now.which, now.keep);
        else if (now.do === 'answer') world.answer(now.which);
        else if (now.do === 'lose') world.lose(now.which);
        else if (now.do === 'connect') world.connect(now.online);
        else if (now.do === 'restore') world.restore(now.count);
        else await advanceTime(now.ms);
        await flushPromises();
        expect(world.violations).toEqual([]);
      }
      await world.heal();
      expect(world.violations).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
});
