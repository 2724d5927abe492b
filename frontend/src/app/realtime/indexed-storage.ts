import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { byOrder, type OutboxNews, type QueuedCommand } from './command';
import type { OutboxStorage } from './outbox-storage';

interface Schema extends DBSchema {
  commands: { key: string; value: QueuedCommand };
}
type Database = IDBPDatabase<Schema>;

const NAME = 'lonja-outbox';

/**
 * The outbox in IndexedDB, one for all pages of this browser. Where the browser has none (private windows, embedded views, a
 * full disk) nothing is stored, and a command lasts as long as its page, which has it in memory anyway.
 */
export class IndexedStorage implements OutboxStorage {
  private readonly database: Promise<Database | undefined> = open();
  private readonly channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(NAME) : undefined;

  async load(): Promise<readonly QueuedCommand[] | undefined> {
    const commands = await this.attempt((database) => database.getAll('commands'));
    return commands?.sort(byOrder);
  }

  async put(command: QueuedCommand): Promise<boolean> {
    return (await this.attempt((database) => database.put('commands', command))) !== undefined;
  }

  async remove(id: string): Promise<void> {
    await this.attempt((database) => database.delete('commands', id));
  }

  broadcast(news: OutboxNews): void {
    this.channel?.postMessage(news);
  }

  listen(listener: (news: OutboxNews) => void): void {
    this.channel?.addEventListener('message', ({ data }: MessageEvent<OutboxNews>) => listener(data));
  }

  /** Closes the connections to the browser; nothing is stored any more. */
  async close(): Promise<void> {
    this.channel?.close();
    (await this.database)?.close();
  }

  private async attempt<Result>(work: (database: Database) => Promise<Result>): Promise<Result | undefined> {
    const database = await this.database;
    try {
      return database && (await work(database));
    } catch {
      // No space, or the browser has taken the database away: see above. The command is sent all the same.
      return undefined;
    }
  }
}

async function open(): Promise<Database | undefined> {
  try {
    return await openDB<Schema>(NAME, 1, {
      upgrade: (database) => {
        database.createObjectStore('commands', { keyPath: 'id' });
      },
      // A newer version of the page, in another tab, wants to change the database: it must not wait for this one.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
  } catch {
    return undefined;
  }
}
