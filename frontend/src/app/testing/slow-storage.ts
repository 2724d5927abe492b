import type { QueuedCommand, OutboxNews } from '../realtime/command';
import type { MemoryStorage, OutboxStorage } from '../realtime/outbox-storage';

/** A storage that the spec opens, as slow as a browser's database can be: until then nothing is read. */
export class SlowStorage implements OutboxStorage {
  private open: () => void = () => undefined;
  private readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });
  private readEarly = false;
  /** Whether it has opened. */
  isOpen = false;

  constructor(private readonly memory: MemoryStorage) {}

  /** @param early whether `load` returns the commands that were stored at its call, instead of those stored now */
  finishOpening(early: boolean): void {
    if (this.isOpen) return;
    this.isOpen = true;
    this.readEarly = early;
    this.open();
  }

  async load(): Promise<readonly QueuedCommand[]> {
    const before = await this.memory.load();
    await this.opened;
    return this.readEarly ? before : this.memory.load();
  }

  put(command: QueuedCommand): Promise<boolean> {
    return this.memory.put(command);
  }

  remove(id: string): Promise<void> {
    return this.memory.remove(id);
  }

  broadcast(news: OutboxNews): void {
    this.memory.broadcast(news);
  }

  listen(listener: (news: OutboxNews) => void): void {
    this.memory.listen(listener);
  }

  /** The page is closed: it receives nothing any more. */
  close(): void {
    this.memory.close();
  }
}
