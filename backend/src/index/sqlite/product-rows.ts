import {
  foldCode,
  isProductRecord,
  type JournalRecord,
  type Product,
  productOf,
  type ProductRecord,
  productRecordsOf,
  reduceProduct,
} from '../../contract/index.js';
import type { Database } from './database.js';
import type { Members } from './members.js';
import { productAfter } from './product-states.js';
import { placeOf } from './schema.js';
import type { WordsWriter } from './words-writer.js';

/** What a product is found by. */
const WORDED = ['title', 'code', 'category', 'description'] as const;

/**
 * Every change of every product with the state after it, and when products were there. A description is kept where it
 * changed only: it may be long.
 */
export class ProductRows {
  private readonly database: Database;
  private readonly members: Members;
  private readonly words: WordsWriter;

  constructor(database: Database, members: Members, words: WordsWriter) {
    this.database = database;
    this.members = members;
    this.words = words;
  }

  apply(record: JournalRecord): void {
    for (const [index, change] of productRecordsOf(record).entries()) {
      const { before, after } = this.change(change, placeOf(record.n, index));
      // What a message moved is found with the message.
      if (isProductRecord(record)) this.words.change(change, before, after);
      if (!before || !after || WORDED.some((field) => before[field] !== after[field]))
        this.words.product(productOf(change), after);
    }
  }

  private change(record: ProductRecord, place: number) {
    const id = productOf(record);
    const before = productAfter(this.database, id, place);
    const after = reduceProduct(before, record);
    this.describe(id, place, before, after);
    this.database.run(
      'insert into change values (?, ?, ?, ?)',
      ...[place, id, JSON.stringify(record), after ? stateOf(after) : null],
    );
    this.current(record, place, after);
    this.presence(id, place, before, after);
    return { before, after };
  }

  private describe(id: number, place: number, before: Product | undefined, product: Product | undefined): void {
    if (!product || product.description === before?.description) return;
    this.database.run('insert into description values (?, ?, ?)', id, place, JSON.stringify(product.description));
  }

  /** The newest state of each product; of one that was removed the code stays, by which it is looked for. */
  private current(record: ProductRecord, place: number, product: Product | undefined): void {
    const row = [place, record.n, this.members.idOf(record.by), Number(product !== undefined)];
    const id = productOf(record);
    const update = 'update product set newest = ?, n = ?, author = ?, there = ?';
    if (record.type === 'product-added')
      this.database.run('insert or replace into product values (?, ?, ?, ?, ?, ?)', id, ...row, foldedCode(product));
    else if (product) this.database.run(`${update}, code = ? where id = ?`, ...row, foldedCode(product), id);
    else this.database.run(`${update} where id = ?`, ...row, id);
  }

  private presence(id: number, place: number, before: Product | undefined, product: Product | undefined): void {
    if (!before && product) this.database.run('insert into presence values (?, ?, null)', id, place);
    if (before && !product)
      this.database.run('update presence set until = ? where product = ? and until is null', place, id);
  }
}

function stateOf({ description: _, ...state }: Product): string {
  return JSON.stringify(state);
}

function foldedCode(product: Product | undefined): string {
  return foldCode(product?.code ?? '');
}
