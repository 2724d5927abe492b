import { byOrder, type OutboxNews, type QueuedCommand } from './command';

/** Where commands are stored, and how the pages that share them inform each other. */
export interface OutboxStorage {
  /**
   * All stored commands, of every member, in the order in which they were submitted; undefined where nothing can be stored.
   * Resolves when the storage is open, which may be never.
   */
  load(): Promise<readonly QueuedCommand[] | undefined>;
  /** Adds a command or replaces it. Writes take effect in the order of the calls. Resolves to whether it is stored. */
  put(command: QueuedCommand): Promise<boolean>;
  remove(id: string): Promise<void>;
  /** Sends news to the other pages. */
  broadcast(news: OutboxNews): void;
  /** Receives the news of the other pages. Called once. */
  listen(listener: (news: OutboxNews) => void): void;
}

/** In memory, for programs and specs. Several pages may share one. */
export class MemoryStorage implements OutboxStorage {
  private readonly own = new Set<(news: OutboxNews) => void>();

  constructor(
    private readonly commands = new Map<string, QueuedCommand>(),
    private readonly listeners = new Set<(news: OutboxNews) => void>(),
  ) {}

  /** The same storage as another page has it. */
  page(): MemoryStorage {
    return new MemoryStorage(this.commands, this.listeners);
  }

  /** The page is closed: it receives nothing any more. */
  close(): void {
    for (const listener of this.own) this.listeners.delete(listener);
  }

  async load(): Promise<readonly QueuedCommand[]> {
    return Promise.resolve([...this.commands.values()].sort(byOrder));
  }

  async put(command: QueuedCommand): Promise<boolean> {
    this.commands.set(command.id, command);
    return Promise.resolve(true);
  }

  async remove(id: string): Promise<void> {
    this.commands.delete(id);
    return Promise.resolve();
  }

  broadcast(news: OutboxNews): void {
    for (const listener of this.listeners) if (!this.own.has(listener)) listener(news);
  }

  listen(listener: (news: OutboxNews) => void): void {
    this.own.add(listener);
    this.listeners.add(listener);
  }
}
