import { byTurn, type KeptCommand, type OutboxNews } from './command';

/** Where the commands are kept, and how the pages that share it hear of each other. */
export interface OutboxStorage {
  /**
   * Everything kept, of every member, in the order in which it was given; undefined where nothing can be stored. Resolves when
   * the storage is open, which may be never.
   */
  load(): Promise<readonly KeptCommand[] | undefined>;
  /** Adds a command or replaces it. Writes take effect in the order of the calls. Resolves to whether it is stored. */
  put(kept: KeptCommand): Promise<boolean>;
  remove(id: string): Promise<void>;
  /** Tells the other pages. */
  tell(news: OutboxNews): void;
  /** What the other pages tell. Called once. */
  listen(listener: (news: OutboxNews) => void): void;
}

/** In memory: where a browser lets nothing be stored, and for programs. Several pages may share one. */
export class MemoryStorage implements OutboxStorage {
  private readonly own = new Set<(news: OutboxNews) => void>();

  constructor(
    private readonly kept = new Map<string, KeptCommand>(),
    private readonly listeners = new Set<(news: OutboxNews) => void>(),
  ) {}

  /** The same storage as another page sees it. */
  page(): MemoryStorage {
    return new MemoryStorage(this.kept, this.listeners);
  }

  /** The page is gone: it hears nothing any more. */
  close(): void {
    for (const listener of this.own) this.listeners.delete(listener);
  }

  async load(): Promise<readonly KeptCommand[]> {
    return Promise.resolve([...this.kept.values()].sort(byTurn));
  }

  async put(kept: KeptCommand): Promise<boolean> {
    this.kept.set(kept.id, kept);
    return Promise.resolve(true);
  }

  async remove(id: string): Promise<void> {
    this.kept.delete(id);
    return Promise.resolve();
  }

  tell(news: OutboxNews): void {
    for (const listener of this.listeners) if (!this.own.has(listener)) listener(news);
  }

  listen(listener: (news: OutboxNews) => void): void {
    this.own.add(listener);
    this.listeners.add(listener);
  }
}
