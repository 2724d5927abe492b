import { keptOf } from './command';
import type { OutboxStorage } from './outbox-storage';
import type { PendingList } from './pending-list';

/** ms. A browser's database opens in a few; while another page blocks it, or a disk is ill, it may never. */
const OPEN_LIMIT_MS = 2_000;

export interface PersistenceOptions {
  readonly storage: OutboxStorage;
  readonly list: PendingList;
  /** Names this page as long as it lives. */
  readonly page: string;
  /** Called when commands may be sent, and when `inMemoryOnly` has changed. */
  readonly changed: () => void;
}

/**
 * Keeps the storage equal to a list of pending commands. What an earlier page has left there is read before anything is sent,
 * unless the storage takes too long to open: then the page goes on in memory, and both catch up when it opens after all.
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
    const late = setTimeout(() => this.begin(false), OPEN_LIMIT_MS);
    const kept = await storage.load();
    clearTimeout(late);
    this.isOpen = kept !== undefined;
    const own = list.entries.filter(({ tab }) => tab === page).map(({ id }) => id);
    const writes = [...list.read(kept ?? []), ...own].map((id) => this.store(id));
    this.begin(this.isStored);
    const stored = await Promise.all(writes);
    this.report(this.isOpen && stored.every(Boolean));
  }

  /** Has the storage hold what the next page must know of a command: that it waits, or was refused. */
  write(id: string): void {
    // Before the storage is open nothing is written; `open` does that then, if it ever can.
    if (this.isOpen) void this.store(id).then((stored) => this.report(stored));
  }

  private async store(id: string): Promise<boolean> {
    const { list, storage } = this.options;
    const entry = list.get(id)?.entry;
    // Nobody's command, which the server will refuse, is not worth keeping.
    if (entry && entry.storedAs === undefined) return entry.by === '' || storage.put(keptOf(entry));
    await storage.remove(id);
    return true;
  }

  private begin(stored: boolean): void {
    this.isStored = stored;
    this.options.list.begin();
    this.options.changed();
  }

  private report(stored: boolean): void {
    if (stored === this.isStored) return;
    this.isStored = stored;
    this.options.changed();
  }
}
