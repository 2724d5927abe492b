import type { DBSchema } from 'idb';
import type { BoardStorage, BoardWrite, KeptState, ProductRow } from './board-storage';
import { BrowserDatabase } from './browser-database';

interface Schema extends DBSchema {
  states: { key: string; value: KeptState };
  rows: { key: number; value: ProductRow };
}

const NAME = 'lonja-board';
/** The key of the only state. */
const BOARD = 'board';

/** The kept board in IndexedDB. What goes wrong here costs the next page a second and nothing else. */
export class IndexedBoard implements BoardStorage {
  private readonly database = new BrowserDatabase<Schema>(NAME, (database) => {
    database.createObjectStore('states');
    database.createObjectStore('rows', { keyPath: 'row' });
  });

  async load(): ReturnType<BoardStorage['load']> {
    return this.database.attempt(async (database) => {
      const transaction = database.transaction(['states', 'rows']);
      const reads = [transaction.objectStore('states').get(BOARD), transaction.objectStore('rows').getAll()] as const;
      const [state, rows] = await Promise.all(reads);
      return state && { state, rows };
    });
  }

  async write(decide: (stored: KeptState | undefined) => BoardWrite | undefined): Promise<boolean> {
    const written = await this.database.attempt(async (database) => {
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
    await this.database.attempt(async (database) => {
      const transaction = database.transaction(['states', 'rows'], 'readwrite');
      const work = [transaction.objectStore('states').clear(), transaction.objectStore('rows').clear()];
      await Promise.all([...work, transaction.done]);
    });
  }

  /** Closes the connection to the database; nothing is kept any more. */
  close(): Promise<void> {
    return this.database.close();
  }
}
