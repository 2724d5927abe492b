import type { DBSchema } from 'idb';
import { BrowserDatabase } from '../../realtime/browser-database';
import type { ImportJob, ImportLine } from './import-job';
import type { ImportStorage, StoredImport } from './import-storage';

interface StoredPortion {
  readonly by: string;
  readonly place: number;
  readonly lines: readonly ImportLine[];
}
interface Schema extends DBSchema {
  jobs: { key: string; value: ImportJob };
  portions: { key: [string, number]; value: StoredPortion };
}

const NAME = 'lonja-imports';

/**
 * The imports in IndexedDB, one of each member; a portion is written when its answers are there. Without a database an import
 * goes on in memory.
 */
export class IndexedImports implements ImportStorage {
  private readonly database = new BrowserDatabase<Schema>(NAME, (database) => {
    database.createObjectStore('jobs', { keyPath: 'by' });
    database.createObjectStore('portions', { keyPath: ['by', 'place'] });
  });

  async load(by: string): Promise<StoredImport | undefined> {
    return this.database.attempt(async (database) => {
      const transaction = database.transaction(['jobs', 'portions']);
      const reads = [
        transaction.objectStore('jobs').get(by),
        transaction.objectStore('portions').getAll(all(by)),
      ] as const;
      const [job, portions] = await Promise.all(reads);
      return job && { job, portions: portions.map(({ lines }) => lines) };
    });
  }

  async begin({ job, portions }: StoredImport): Promise<void> {
    await this.database.attempt(async (database) => {
      const transaction = database.transaction(['jobs', 'portions'], 'readwrite');
      const stored = transaction.objectStore('portions');
      await Promise.all([
        stored.delete(all(job.by)),
        ...portions.map((lines, place) => stored.put({ by: job.by, place, lines })),
        transaction.objectStore('jobs').put(job),
        transaction.done,
      ]);
    });
  }

  async save(job: ImportJob, portion?: { place: number; lines: readonly ImportLine[] }): Promise<void> {
    await this.database.attempt(async (database) => {
      const transaction = database.transaction(['jobs', 'portions'], 'readwrite', { durability: 'relaxed' });
      const portions = transaction.objectStore('portions');
      await Promise.all([
        ...(portion ? [portions.put({ by: job.by, ...portion })] : []),
        transaction.objectStore('jobs').put(job),
        transaction.done,
      ]);
    });
  }

  async remove(by: string): Promise<void> {
    await this.database.attempt(async (database) => {
      const transaction = database.transaction(['jobs', 'portions'], 'readwrite');
      const work = [transaction.objectStore('jobs').delete(by), transaction.objectStore('portions').delete(all(by))];
      await Promise.all([...work, transaction.done]);
    });
  }

  /** Closes the connection to the database; nothing is stored any more. */
  close(): Promise<void> {
    return this.database.close();
  }
}

/** The keys of a member's portions. */
function all(by: string): IDBKeyRange {
  return IDBKeyRange.bound([by, 0], [by, Infinity]);
}
