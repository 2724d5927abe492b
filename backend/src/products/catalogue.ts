import {
  inOrder,
  isProductRecord,
  type JournalRecord,
  type Product,
  productOf,
  type ProductRecord,
  productRecordsOf,
} from '../contract/index.js';
import type { Checkpointed, StoredRecord, View } from '../journal/index.js';
import { CodeIndex } from './code-index.js';
import { type ProductState, stateAfter } from './product-state.js';
import { ProductTimeline } from './product-timeline.js';

/** What a checkpoint keeps. */
interface Saved {
  readonly present: Map<number, ProductState>;
  readonly removed: Map<number, ProductState>;
  readonly timeline: ReturnType<ProductTimeline['save']>;
}

/** Gets each durable change of a product after the start, with the product before it where it was there. */
export type ProductWatcher = (record: ProductRecord, before: Product | undefined, after: Product) => void;

/** The catalogue: what is durable, those that were removed included, and on top of it what the open batch has decided. */
export class Catalogue implements View {
  /** Which records are about each product. */
  readonly timeline = new ProductTimeline();
  readonly codes = new CodeIndex();
  /** Whoever wants to see changes as they happen. */
  watcher: ProductWatcher | undefined;
  /** By id, in the order in which they were added unless `disordered`. */
  private present = new Map<number, ProductState>();
  private removed = new Map<number, ProductState>();
  /** The ids of what is durable, ascending; made when they are asked for after something was added or removed. */
  private ids: readonly number[] | undefined;
  private readonly staged = new Map<number, ProductState | undefined>();
  /** Whether one that was restored stands at the end: a thousand at once must not be a thousand times in order again. */
  private disordered = false;

  readonly checkpoint: Checkpointed = {
    shape: 'catalogue 6',
    save: (): Saved => ({ present: this.ordered(), removed: this.removed, timeline: this.timeline.save() }),
    load: (state) => {
      const { present, removed, timeline } = state as Saved;
      [this.present, this.removed, this.ids] = [present, removed, undefined];
      this.timeline.load(timeline);
      this.codes.load(present.values());
    },
  };

  /** How many durable products there are. */
  get size(): number {
    return this.present.size;
  }

  /** The product as a decision must see it; also one that was removed. */
  find(id: number): ProductState | undefined {
    return this.staged.has(id) ? this.staged.get(id) : this.durable(id);
  }

  /** The durable products, in the order in which they were added. */
  list(): Product[] {
    return Array.from(this.ordered().values(), ({ product }) => product);
  }

  /** The durable products with ids above that one, by id; so many at most. */
  *after(id: number, limit: number): Generator<Product> {
    this.ids ??= [...this.present.keys()].sort((a, b) => a - b);
    const first = firstAbove(this.ids, id);
    for (let place = first; place < Math.min(this.ids.length, first + limit); place++) {
      const state = this.present.get(this.ids[place] ?? 0);
      if (state) yield state.product;
    }
  }

  replay(stored: StoredRecord): void {
    if (isProductRecord(stored) || mayMoveStock(stored)) this.apply(stored.read());
  }

  apply(record: JournalRecord): void {
    for (const change of productRecordsOf(record)) this.applyChange(change);
  }

  stage(record: JournalRecord): void {
    for (const change of productRecordsOf(record)) {
      const id = productOf(change);
      const before = this.find(id);
      const state = stateAfter(before, change);
      this.staged.set(id, state);
      if (state) this.codes.stage(before, state);
    }
  }

  unstage(): void {
    this.staged.clear();
    this.codes.unstage();
  }

  private applyChange(record: ProductRecord): void {
    const id = productOf(record);
    this.timeline.add(record.n, id);
    const before = this.durable(id);
    const state = stateAfter(before, record);
    if (!state) return;
    this.codes.set(before, state);
    const [to, from] = state.removed ? [this.removed, this.present] : [this.present, this.removed];
    this.watcher?.(record, before?.removed === false ? before.product : undefined, state.product);
    const cameBack = from.delete(id) && !state.removed;
    this.disordered ||= cameBack;
    if (!to.has(id)) this.ids = undefined;
    to.set(id, state);
  }

  private durable(id: number): ProductState | undefined {
    return this.present.get(id) ?? this.removed.get(id);
  }

  private ordered(): Map<number, ProductState> {
    if (this.disordered) this.present = inOrder(this.present);
    this.disordered = false;
    return this.present;
  }
}

/** Most messages move nothing, and need not be read: what they say of moves stands first, or after who must read them. */
function mayMoveStock(stored: StoredRecord): boolean {
  return stored.type === 'message-posted' && (stored.begins('moves') || stored.begins('mustRead'));
}

/** The place of the first number above that one in a list that ascends. */
function firstAbove(numbers: readonly number[], number: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? Infinity) <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}
