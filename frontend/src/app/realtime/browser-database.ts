import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/**
 * A database of this browser (IndexedDB) that may be missing: private windows and embedded views have none, a disk is full, the
 * browser takes it away. Nothing here throws; whoever uses it says what happens without it. Opening has no time limit,
 * because it may wait for another page that blocks the database; who cannot wait for that sets one, as `Persistence` does.
 */
export class BrowserDatabase<Schema extends DBSchema> {
  private opening: Promise<IDBPDatabase<Schema> | undefined> | undefined;

  /** `create` makes the object stores, in a browser that does not have this database yet. */
  constructor(
    private readonly name: string,
    private readonly create: (database: IDBPDatabase<Schema>) => void,
  ) {}

  /** Opens the database before its first use, which would open it otherwise. It is tried once. */
  open(): Promise<IDBPDatabase<Schema> | undefined> {
    return (this.opening ??= this.tryToOpen());
  }

  /** What `work` resolves to; `undefined` when there is no database, or the work failed. Works begin in the order of the calls. */
  async attempt<Result>(work: (database: IDBPDatabase<Schema>) => Promise<Result>): Promise<Result | undefined> {
    const database = await this.open();
    try {
      return database && (await work(database));
    } catch {
      // No space, or the browser has taken the database away. A transaction has happened whole or not at all.
      return undefined;
    }
  }

  /** Closes the connection, if the database was opened; attempts after that resolve to `undefined`. */
  async close(): Promise<void> {
    (await this.opening)?.close();
  }

  private async tryToOpen(): Promise<IDBPDatabase<Schema> | undefined> {
    try {
      return await openDB<Schema>(this.name, 1, {
        upgrade: (database) => this.create(database),
        // A newer version of the page, in another tab, wants to change the database: it must not wait for this one.
        blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      });
    } catch {
      return undefined;
    }
  }
}
