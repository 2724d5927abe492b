import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { BoardStorage, BoardWrite, KeptState, ProductRow } from './board-storage';

interface Schema extends DBSchema {
  states: { key: string; value: KeptState };
  rows: { key: number; value: ProductRow };
}
type Database = IDBPDatabase<Schema>;

const NAME = 'lonja-board';
/** The key of the only state. */
const BOARD = 'board';

/** The kept board in IndexedDB. What goes wrong here costs the next page a second and nothing else. */
export class IndexedBoard implements BoardStorage {
  private database: Promise<Database | undefined> | undefined;

  async load(): ReturnType<BoardStorage['load']> {
    return this.attempt(async (database) => {
      const transaction = database.transaction(['states', 'rows']);
      const reads = [transaction.objectStore('states').get(BOARD), transaction.objectStore('rows').getAll()] as const;
      const [state, rows] = await Promise.all(reads);
      return state && { state, rows };
    });
  }

  async write(decide: (stored: KeptState | undefined) => BoardWrite | undefined): Promise<boolean> {
    const written = await this.attempt(async (database) => {
      const transaction = database.transaction(['states', 'rows'], 'readwrite', { durability: 'relaxed' });
      const states = transaction.objectStore('states');
      const write = decide(await states.get(BOARD));
      const rows = transaction.objectStore('rows');
      const work: Promise<unknown>[] = [];
      if (write) {
        if (write.whole) work.push(rows.clear());
        for (const row of write.rows) work.push(row.products.length > 0 ? rows.put(row) : rows.delete(row.row));
        work.push(states.put(write.state, BOARD));
      }
      await Promise.all([...work, transaction.done]);
      return write !== undefined;
    });
    return written ?? false;
  }

  async clear(): Promise<void> {
    await this.attempt(async (database) => {
      const transaction = database.transaction(['states', 'rows'], 'readwrite');
      const work = [transaction.objectStore('states').clear(), transaction.objectStore('rows').clear()];
      await Promise.all([...work, transaction.done]);
    });
  }

  /** Closes the connection to the database; nothing is kept any more. */
  async close(): Promise<void> {
    (await this.database)?.close();
  }

  private async attempt<Result>(work: (database: Database) => Promise<Result>): Promise<Result | undefined> {
    this.database ??= open();
    const database = await this.database;
    try {
      return database && (await work(database));
    } catch {
      // No space, or the browser has taken the database away. A transaction has happened whole or not at all.
      return undefined;
    }
  }
}

async function open(): Promise<Database | undefined> {
  try {
    return await openDB<Schema>(NAME, 1, {
      upgrade: (database) => {
        database.createObjectStore('states');
        database.createObjectStore('rows', { keyPath: 'row' });
      },
      // A newer version of the page, in another tab, wants to change the database: it must not wait for this one.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
  } catch {
    return undefined;
  }
}
