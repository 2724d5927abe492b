import type { DBSchema } from 'idb';
import { BrowserDatabase } from './browser-database';
import { byOrder, type OutboxNews, type QueuedCommand } from './command';
import type { OutboxStorage } from './outbox-storage';

interface Schema extends DBSchema {
  commands: { key: string; value: QueuedCommand };
}

const NAME = 'lonja-outbox';

/**
 * The outbox in IndexedDB, one for all pages of this browser. Where the browser has none (private windows, embedded views, a
 * full disk) nothing is stored, and a command lasts as long as its page, which has it in memory anyway.
 */
export class IndexedStorage implements OutboxStorage {
  private readonly database = new BrowserDatabase<Schema>(NAME, (database) => {
    database.createObjectStore('commands', { keyPath: 'id' });
  });
  private readonly channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(NAME) : undefined;

  constructor() {
    // Before anybody asks: no command is sent until those of earlier pages are read.
    void this.database.open();
  }

  async load(): Promise<readonly QueuedCommand[] | undefined> {
    const commands = await this.database.attempt((database) => database.getAll('commands'));
    return commands?.sort(byOrder);
  }

  async put(command: QueuedCommand): Promise<boolean> {
    return (await this.database.attempt((database) => database.put('commands', command))) !== undefined;
  }

  async remove(id: string): Promise<void> {
    await this.database.attempt((database) => database.delete('commands', id));
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
    await this.database.close();
  }
}
