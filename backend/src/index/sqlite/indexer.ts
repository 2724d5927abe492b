import { isMessageRecord, type JournalRecord } from '../../contract/index.js';
import type { Database } from './database.js';
import { cursorOf, moveCursor } from './index-file.js';
import { Members } from './members.js';
import { MessageRows } from './message-rows.js';
import { ProductRows } from './product-rows.js';
import { WordsWriter } from './words-writer.js';

/** Writes records into an index, by the reducers of the contract: it cannot disagree with the page. */
export class Indexer {
  private readonly database: Database;
  private readonly messages: MessageRows;
  private readonly products: ProductRows;
  private readonly words: WordsWriter;
  readonly members: Members;
  /** The number of the last record that it has. */
  newest: number;

  constructor(database: Database) {
    this.database = database;
    this.members = new Members(database);
    this.words = new WordsWriter(database, this.members);
    this.messages = new MessageRows(database, this.members, this.words);
    this.products = new ProductRows(database, this.members, this.words);
    this.newest = cursorOf(database).n;
  }

  /** Records that continue what it has; the first ones may be such as it has already. All of them, or none. */
  take(records: readonly JournalRecord[]): void {
    const next = records.filter(({ n }) => n > this.newest);
    const [first] = next;
    const last = next.at(-1);
    if (!first || !last) return;
    if (first.n !== this.newest + 1) throw new Error(`record ${first.n} does not follow ${this.newest}`);
    this.database.transaction(() => {
      for (const record of next) this.apply(record);
      this.words.flush(this.newest);
      moveCursor(this.database, last.n, last.id);
    });
    this.newest = last.n;
  }

  private apply(record: JournalRecord): void {
    this.database.run('insert into instant values (?, ?)', record.n, Date.parse(record.at));
    // First: the words of a message name the products that it moved.
    this.products.apply(record);
    if (isMessageRecord(record)) this.messages.apply(record);
  }
}
