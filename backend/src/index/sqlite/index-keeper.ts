import type { JournalRecord, ReadModelQueries } from '../../contract/index.js';
import type { Database } from './database.js';
import { closeIndex, createIndex, cursorOf, type IndexCursor, openIndex } from './index-file.js';
import { Indexer } from './indexer.js';
import { QUERIES, type QueryName } from './queries.js';

/** The answer to a query, and as of which record it holds; null when what it asks about does not exist. */
export interface Answered<Name extends QueryName = QueryName> {
  readonly n: number;
  readonly data: Omit<ReadModelQueries[Name]['data'], 'n'> | null;
}

/** Keeps the index at one path. Every method blocks: it lives in a thread of its own. */
export class IndexKeeper {
  private readonly path: string;
  private database: Database | undefined;
  private indexer: Indexer | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /** How far the index has come that is there; undefined where there is none that can be relied on. */
  open(): IndexCursor | undefined {
    this.letGo();
    this.use(openIndex(this.path));
    return this.database && cursorOf(this.database);
  }

  /** Throws away what is there. */
  create(journal: string): void {
    this.letGo();
    this.use(createIndex(this.path, journal));
  }

  /** Stores records, all or none. After a failure it must be opened again. */
  take(records: readonly JournalRecord[]): void {
    const { indexer } = this;
    if (!indexer) throw new Error('the index is not open');
    this.indexer = undefined;
    indexer.take(records);
    this.indexer = indexer;
  }

  ask(name: QueryName, payload: unknown, member: string | undefined): Answered {
    const { database, indexer } = this;
    if (!database || !indexer) throw new Error('the index is not open');
    const query = QUERIES[name] as (index: object, payload: unknown, member: string | undefined) => Answered['data'];
    const { newest: n, members } = indexer;
    return { n, data: query({ database, n, members }, payload, member) ?? null };
  }

  close(): void {
    if (this.database) closeIndex(this.database);
    this.database = undefined;
    this.indexer = undefined;
  }

  private use(database: Database | undefined): void {
    this.database = database;
    this.indexer = database && new Indexer(database);
  }

  private letGo(): void {
    this.database?.close();
    this.database = undefined;
    this.indexer = undefined;
  }
}
