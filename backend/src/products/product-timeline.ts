import { NumberList } from '../journal/index.js';

const numbers = (): NumberList => new NumberList(Uint32Array);

/**
 * Which records are about each product, in flat columns: 8 bytes a record, each of which leads to the one before it of the
 * same product, and 8 a product.
 */
export class ProductTimeline {
  /** Of products, ascending: id, and place (from 1) of the newest record. */
  private readonly product = { ids: numbers(), newest: numbers() };
  /** Of records: number, and place (from 1) of the one before; 0: none. */
  private readonly record = { numbers: numbers(), before: numbers() };

  /** Record `n` is about a product: it added it where both are the same. */
  add(n: number, product: number): void {
    if (n === product) {
      this.product.ids.push(product);
      this.product.newest.push(0);
    }
    const place = this.placeOf(product);
    if (place === undefined) return;
    const newest = this.product.newest.at(place) ?? 0;
    // One message may move the pieces of a product twice.
    if (newest > 0 && this.record.numbers.at(newest - 1) === n) return;
    this.record.numbers.push(n);
    this.record.before.push(newest);
    this.product.newest.set(place, this.record.numbers.length);
  }

  /** Whether there is such a product, or was. */
  has(product: number): boolean {
    return this.placeOf(product) !== undefined;
  }

  /** The numbers of the newest records about a product that are older than `number`, newest first, at most `limit`. */
  before(product: number, number: number, limit: number): number[] {
    const found: number[] = [];
    const place = this.placeOf(product);
    let next = place === undefined ? 0 : (this.product.newest.at(place) ?? 0);
    for (; next > 0 && found.length < limit; next = this.record.before.at(next - 1) ?? 0) {
      const n = this.record.numbers.at(next - 1) ?? 0;
      if (n < number) found.push(n);
    }
    return found;
  }

  /** Anything that `load` takes. */
  save() {
    const { product, record } = this;
    return {
      ids: product.ids.save(),
      newest: product.newest.save(),
      numbers: record.numbers.save(),
      before: record.before.save(),
    };
  }

  load({ ids, newest, numbers, before }: ReturnType<ProductTimeline['save']>): void {
    this.product.ids.load(ids);
    this.product.newest.load(newest);
    this.record.numbers.load(numbers);
    this.record.before.load(before);
  }

  private placeOf(product: number): number | undefined {
    const { ids } = this.product;
    const place = ids.rank(product);
    return ids.at(place) === product ? place : undefined;
  }
}
