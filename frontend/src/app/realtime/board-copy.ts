import {
  isMessageRecord,
  productOf,
  productRecordsIn,
  reduceMembers,
  reduceMessages,
  reducePinned,
  reduceProduct,
  type JournalRecord,
  type MemberInfo,
  type Message,
  type Product,
  type Snapshot,
} from 'backend/contract';
import type { ProductRow } from './board-storage';
import type { FeedChange, ProductsLoaded } from './feed';

/** Ids in one row. Written together: few enough for one change, many enough that a large board is read at once. */
const IDS_IN_ROW = 64;
/** The newest messages that are kept. */
const MESSAGES = 50;
/** Records that may follow before everything counts as changed. */
const MAX_PASSED = 20_000;

/** The board as the feed delivers it, and what has changed in it since it was last written down. */
export class BoardCopy {
  private readonly rows = new Map<number, Map<number, Product>>();
  private changed = new Set<number>();
  /** The commands of the records since it was written down, by number, and of the record as of which that was. */
  private passed = new Map<number, string | undefined>();
  private newest: readonly Message[] = [];
  private hasMore = false;
  private top: number | undefined;
  private people: readonly MemberInfo[] = [];
  private missing = true;
  private place = { journal: '', n: 0 };

  /** Whether all products are here. */
  get isComplete(): boolean {
    return !this.missing;
  }

  /** Everything but the products, as of the last record. */
  get state() {
    const [command, pinned] = [this.passed.get(this.place.n), this.top];
    return {
      ...this.place,
      ...(command !== undefined && { command }),
      count: [...this.rows.values()].reduce((sum, row) => sum + row.size, 0),
      messages: this.newest,
      more: this.hasMore,
      ...(pinned !== undefined && { pinned }),
      ...(this.people.length > 0 && { members: this.people }),
    };
  }

  /** Whether what has changed is all that has changed since that record of this history. */
  hasPassed(n: number, command: string | undefined): boolean {
    return this.passed.has(n) && this.passed.get(n) === command;
  }

  apply(change: FeedChange): void {
    if (change.kind === 'snapshot') this.replace(change.snapshot);
    else if (change.kind === 'products') this.add(change);
    else this.follow(change.records);
  }

  /** The rows with something new, or all; from now on they count as written down. */
  takeRows(all: boolean): readonly ProductRow[] {
    const rows = all ? [...this.rows.keys()] : [...this.changed];
    this.writtenDown(this.passed.get(this.place.n));
    return rows.map((row) => ({ row, products: [...(this.rows.get(row)?.values() ?? [])] }));
  }

  private replace({ journal, n, command, products, productTotal, messages, more, ...rest }: Snapshot): void {
    this.rows.clear();
    this.place = { journal, n };
    this.add({ products, total: productTotal });
    [this.newest, this.hasMore, this.top] = [messages, more, rest.pinned];
    this.people = rest.members ?? [];
    this.writtenDown(command);
  }

  private add({ products, total }: Pick<ProductsLoaded, 'products' | 'total'>): void {
    for (const product of products) this.set(product.id, product);
    this.missing = total !== undefined;
  }

  private follow(records: readonly JournalRecord[]): void {
    for (const record of records) {
      this.passed.set(record.n, record.id);
      this.place = { ...this.place, n: record.n };
      if (isMessageRecord(record)) this.top = reducePinned(this.top, record);
    }
    for (const record of productRecordsIn(records)) {
      const id = productOf(record);
      this.set(id, reduceProduct(this.rows.get(rowOf(id))?.get(id), record));
    }
    this.people = reduceMembers(this.people, records);
    const messages = reduceMessages(this.newest, records.filter(isMessageRecord));
    this.newest = messages.slice(-MESSAGES);
    this.hasMore ||= messages.length > MESSAGES;
    // Nobody writes it down: then everything is as good as changed, and no memory is spent on what has.
    if (this.passed.size > MAX_PASSED) this.writtenDown(records.at(-1)?.id);
  }

  private set(id: number, product: Product | undefined): void {
    const row = rowOf(id);
    const products = this.rows.get(row) ?? new Map<number, Product>();
    if (product) products.set(id, product);
    else products.delete(id);
    if (products.size > 0) this.rows.set(row, products);
    else this.rows.delete(row);
    this.changed.add(row);
  }

  private writtenDown(command: string | undefined): void {
    this.changed = new Set();
    this.passed = new Map([[this.place.n, command]]);
  }
}

const rowOf = (id: number): number => Math.floor(id / IDS_IN_ROW);
