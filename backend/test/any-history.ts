import fc from 'fast-check';
import {
  type JournalRecord,
  type Message,
  type MessageMove,
  type Product,
  type ProductFields,
  productOf,
  productRecordsOf,
  isMessageRecord,
  messageOf,
  reduceMessage,
  reduceProduct,
} from '../src/contract/index.js';

const MEMBERS = ['ana@acme.com', 'beto@acme.com', 'carla@acme.com'];
/** Words of which one begins another, with what an index may stumble over. */
const WORDS = [
  'Camión',
  'camion',
  'cam',
  'ñandú',
  'rotura',
  '@ana',
  '@beto@acme.com',
  '"',
  '*',
  '😀',
  '\ud800',
  '\0',
  'NEAR',
  "o'",
];
const TITLES = ['Calculadora', 'Mesa', 'Silla roja', 'Camión'];

const words = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((each) => each.join(' '));
const small = fc.nat({ max: 30 });

/** What somebody tries; what the rules would refuse makes no record. */
const step = fc.record({
  kind: fc.constantFrom<JournalRecord['type']>(
    ...(['message-posted', 'message-posted', 'message-posted', 'message-edited', 'message-deleted'] as const),
    ...(['message-agreed', 'message-pinned', 'product-added', 'product-added', 'product-changed'] as const),
    ...(['product-changed', 'product-removed', 'product-restored', 'stock-moved'] as const),
    ...(['member-profiled', 'member-access-set'] as const),
  ),
  by: fc.constantFrom(...MEMBERS),
  /** Which message or product of those that there are. */
  which: small,
  text: words,
  about: fc.array(small, { maxLength: 3 }),
  moves: fc.option(fc.array(fc.record({ which: small, delta: fc.integer({ min: -5, max: 9 }) }), { maxLength: 3 }), {
    nil: [],
    freq: 2,
  }),
  fields: fc.record(
    {
      title: fc.constantFrom(...TITLES),
      price: fc.nat({ max: 3 }),
      description: fc.constantFrom('', 'roja', 'ñandú'),
      code: fc.constantFrom('', 'CAL-1', 'Ñ'),
    },
    { requiredKeys: [] },
  ),
  delta: fc.integer({ min: -3, max: 5 }),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Any history that the rules allow, with every type of record. */
export const anyHistory = (maxLength = 40): fc.Arbitrary<readonly JournalRecord[]> =>
  fc.array(step, { maxLength, size: 'max' }).map((steps) => {
    const made = new MadeHistory();
    for (const each of steps) made.try(each);
    return made.records;
  });

/** The state that records lead to, by the reducers alone. */
export class Folded {
  readonly products = new Map<number, Product>();
  readonly messages = new Map<number, Message>();

  static of(records: readonly JournalRecord[]): Folded {
    const folded = new Folded();
    for (const record of records) folded.apply(record);
    return folded;
  }

  apply(record: JournalRecord): void {
    for (const change of productRecordsOf(record)) {
      const product = reduceProduct(this.products.get(productOf(change)), change);
      if (product) this.products.set(product.id, product);
      else this.products.delete(productOf(change));
    }
    if (!isMessageRecord(record)) return;
    const message = reduceMessage(this.messages.get(messageOf(record)), record);
    if (message) this.messages.set(message.n, message);
  }
}

class MadeHistory {
  readonly records: JournalRecord[] = [];
  private readonly state = new Folded();
  private readonly removed = new Map<number, Product>();

  try(each: Step): void {
    const body = this.bodyOf(each);
    if (!body) return;
    const n = this.records.length + 1;
    const at = new Date(Date.UTC(2026, 0, 1) + Math.floor(n / 3) * 60_000).toISOString();
    const id = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    const record = { n, at, by: each.by, id, ...body };
    if (record.type === 'product-removed') this.removed.set(record.product, this.state.products.get(record.product)!);
    if (record.type === 'product-restored') this.removed.delete(record.product);
    this.records.push(record);
    this.state.apply(record);
  }

  private bodyOf(each: Step) {
    const { kind: type, text, which, fields, delta } = each;
    const message = one(
      [...this.state.messages.values()].filter(({ deletedAt }) => !deletedAt),
      which,
    )?.n;
    const product = one([...this.state.products.values()], which);
    if (type === 'message-posted') return this.posted(each);
    if (type === 'member-profiled') return { type, name: text };
    if (type === 'member-access-set') return { type, member: 'lee@acme.com', access: 'reader' as const };
    if (type === 'product-added') return { type, fields: { ...EMPTY, ...fields }, stock: which };
    if (type === 'product-restored') {
      const was = one([...this.removed.values()], which);
      return was && { type, product: was.id, fields: fieldsOf(was), stock: was.stock };
    }
    if (type === 'message-pinned') return message && { type, message, pinned: true };
    if (type === 'message-edited') return message && { type, message, ...this.about(each), text };
    if (type === 'message-deleted' || type === 'message-agreed') return message && { type, message };
    if (!product) return undefined;
    if (type === 'product-changed') return { type, product: product.id, fields };
    if (type === 'product-removed') return { type, product: product.id };
    const stock = product.stock + delta;
    return stock < 0 || delta === 0 ? undefined : { type, product: product.id, delta, stock, note: text };
  }

  private posted(each: Step) {
    const stocks = new Map<number, number>();
    const moves: MessageMove[] = [];
    for (const { which, delta } of each.moves) {
      const product = one([...this.state.products.values()], which);
      if (!product) continue;
      const stock = (stocks.get(product.id) ?? product.stock) + delta;
      if (stock < 0) return undefined;
      stocks.set(product.id, stock);
      moves.push({ product: product.id, delta, stock, note: each.text });
    }
    const type = 'message-posted' as const;
    return { type, ...(moves.length > 0 && { moves }), ...this.about(each), text: each.text };
  }

  private about(each: Step) {
    const products = each.about.flatMap((which) => one([...this.state.products.keys()], which) ?? []);
    return products.length > 0 ? { about: [...new Set(products)] } : {};
  }
}

const EMPTY = { title: 'Mesa', price: 1, thumbnail: '', description: '', code: '', category: '' };

function one<Thing>(things: readonly Thing[], which: number): Thing | undefined {
  return things[which % Math.max(1, things.length)];
}

function fieldsOf({ title, price, thumbnail, description, code, category, lowStock }: Product): ProductFields {
  const fields = { title, price, thumbnail, description, code, category };
  return lowStock === undefined ? fields : { ...fields, lowStock };
}
