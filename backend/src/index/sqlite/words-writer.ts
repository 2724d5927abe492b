import { type Message, type MessageMove, type Product, productOf, type ProductRecord } from '../../contract/index.js';
import type { Database } from './database.js';
import type { Members } from './members.js';
import { productAt } from './product-states.js';
import { createWords, partOf, wordsOf } from './schema.js';

/** What a record is found by. */
interface Words {
  /** What was said: words of everybody. */
  readonly text: string;
  /** The names of the products that it changed: looked at when changes are asked for. */
  readonly title: string;
  /** What operators ask for: see `MARKS`. */
  readonly marks: readonly string[];
}

/** The words that operators look for, in a column of their own. */
export const MARKS = {
  by: (member: number) => `by${member}`,
  about: (product: number) => `about${product}`,
  kind: (kind: 'message' | 'change' | 'price' | 'stock' | 'added' | 'removed') => kind,
} as const;

/** Writes the words of a batch at its end, in the order of the log: an order that costs the full-text index least. */
export class WordsWriter {
  /** By record; null for one that is found no more. */
  private readonly records = new Map<number, Words | null>();
  /** By id; null for one that was removed. */
  private readonly products = new Map<number, string | null>();
  private readonly parts: Set<string>;
  private readonly database: Database;
  private readonly members: Members;

  constructor(database: Database, members: Members) {
    this.database = database;
    this.members = members;
    const tables = database.all<{ name: string }>(`select name from sqlite_schema where type = 'table'`);
    this.parts = new Set(tables.map(({ name }) => name));
  }

  /** A message as it is now. What it moved stays when it is deleted. */
  message({ n, text, about = [], moves = [], deletedAt }: Message, author: number): void {
    const gone = deletedAt !== undefined;
    if (gone && moves.length === 0) {
      this.records.set(n, null);
      return;
    }
    const titles = moves.map(({ product }) => nameOf(productAt(this.database, product, n)));
    const products = new Set([...about, ...moves.map(({ product }) => product)]);
    const kinds = [...(gone ? [] : [MARKS.kind('message')]), ...(moves.length > 0 ? STOCK : [])];
    this.records.set(n, {
      text: gone ? notesOf(moves) : text,
      title: titles.join('\n'),
      marks: [MARKS.by(author), ...kinds, ...[...products].map(MARKS.about)],
    });
  }

  /** A change that is a record of its own, of a product as it was before and is after it. */
  change(record: ProductRecord, before: Product | undefined, after: Product | undefined): void {
    const names = [...new Set([before, after].map(nameOf))].join('\n');
    const marks = [MARKS.by(this.members.idOf(record.by)), MARKS.about(productOf(record)), ...kindsOf(record)];
    this.records.set(record.n, { text: textOf(record, names), title: names, marks });
  }

  /** A product as it is now. */
  product(id: number, product: Product | undefined): void {
    this.products.set(id, product ? `${nameOf(product)}\n${product.category}\n${product.description}` : null);
  }

  /** @param newest the last record that was written before */
  flush(newest: number): void {
    for (const [n, words] of [...this.records].sort(([a], [b]) => a - b)) {
      const table = this.tableOf(n);
      if (n <= newest) this.database.run(`delete from ${table} where rowid = ?`, n);
      const { text, title, marks = [] } = words ?? {};
      if (words)
        this.database.run(
          `insert into ${table} (rowid, text, title, marks) values (?, ?, ?, ?)`,
          ...[n, text ?? '', title ?? '', marks.join(' ')],
        );
    }
    for (const [id, text] of [...this.products].sort(([a], [b]) => a - b)) {
      this.database.run('delete from product_words where rowid = ?', id);
      if (text !== null) this.database.run('insert into product_words (rowid, text) values (?, ?)', id, text);
    }
    this.records.clear();
    this.products.clear();
  }

  private tableOf(n: number): string {
    const part = partOf(n);
    const table = wordsOf(part);
    if (!this.parts.has(table)) this.database.exec(createWords(part));
    this.parts.add(table);
    return table;
  }
}

const STOCK = [MARKS.kind('change'), MARKS.kind('stock')];

function kindsOf(record: ProductRecord): readonly string[] {
  const change = MARKS.kind('change');
  switch (record.type) {
    case 'product-added':
    case 'product-restored':
      return [change, MARKS.kind('added')];
    case 'product-removed':
      return [change, MARKS.kind('removed')];
    case 'product-changed':
      return record.fields.price === undefined ? [change] : [change, MARKS.kind('price')];
    case 'stock-moved':
      return STOCK;
  }
}

/** What a change says itself. A product that is there is found by its own words; one that was removed by its removal. */
function textOf(record: ProductRecord, names: string): string {
  if (record.type === 'product-removed') return names;
  return record.type === 'stock-moved' ? (record.note ?? '') : '';
}

function nameOf(product: Product | undefined): string {
  return product ? `${product.title} ${product.code}` : '';
}

function notesOf(moves: readonly MessageMove[]): string {
  return moves.map(({ note = '' }) => note).join('\n');
}
