import { queuedOf } from './command';
import type { OutboxStorage } from './outbox-storage';
import type { PendingList } from './pending-list';

/** ms. A browser's database opens in a few; while another page blocks it, or the disk fails, it may never. */
const OPEN_LIMIT_MS = 2_000;

export interface PersistenceOptions {
  readonly storage: OutboxStorage;
  readonly list: PendingList;
  /** Names this page as long as it is open. */
  readonly page: string;
  /** Called when commands may be sent, and when `inMemoryOnly` has changed. */
  readonly changed: () => void;
}

/**
 * Keeps the storage equal to a list of pending commands. What earlier pages have stored is read before anything is sent,
 * unless the storage takes too long to open: then the page continues in memory, and when it opens after all, each gets what only
 * the other has.
 */
export class Persistence {
  private isOpen = false;
  private isStored = true;

  constructor(private readonly options: PersistenceOptions) {}

  /** Whether what is pending lasts only as long as this page, because the browser does not store it, or not yet. */
  get inMemoryOnly(): boolean {
    return !this.isStored;
  }

  async open(): Promise<void> {
    const { list, page, storage } = this.options;
    const late = setTimeout(() => this.start(false), OPEN_LIMIT_MS);
    const stored = await storage.load();
    clearTimeout(late);
    this.isOpen = stored !== undefined;
    const own = list.all.filter(({ tab }) => tab === page).map(({ id }) => id);
    const writes = [...list.read(stored ?? []), ...own].map((id) => this.store(id));
    this.start(this.isStored);
    const written = await Promise.all(writes);
    this.report(this.isOpen && written.every(Boolean));
  }

  /** Writes what the next page must know of a command: that it waits, or was refused; or removes it. */
  write(id: string): void {
    // Before the storage is open nothing is written; `open` does that then, if it ever can.
    if (this.isOpen) void this.store(id).then((stored) => this.report(stored));
  }

  private async store(id: string): Promise<boolean> {
    const { list, storage } = this.options;
    const command = list.get(id);
    if (command && command.status.kind !== 'stored') {
      // Nobody's command, which the server will refuse, is not worth storing.
      return command.by === '' || storage.put(queuedOf(command));
    }
    await storage.remove(id);
    return true;
  }

  private start(stored: boolean): void {
    this.isStored = stored;
    this.options.list.start();
    this.options.changed();
  }

  private report(stored: boolean): void {
    if (stored === this.isStored) return;
    this.isStored = stored;
    this.options.changed();
  }
}
