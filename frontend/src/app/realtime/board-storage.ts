import type { MemberInfo, Message, Product } from 'backend/contract';

/** What was kept of a board beside its products. */
export interface KeptState {
  /** The shape of what is kept. */
  readonly version: number;
  /** The version of the page that kept it. */
  readonly build: string;
  readonly journal: string;
  /** The last record that it contains, and the id of the command of that record; together with the journal the cursor. */
  readonly n: number;
  readonly command?: string;
  /** When the page that kept it had everything, in ms of this machine's clock. */
  readonly at: number;
  /** How many products were kept with it. */
  readonly count: number;
  /** The newest, oldest first. */
  readonly messages: readonly Message[];
  /** Whether there are older ones. */
  readonly more: boolean;
  /** The number of the message on top. */
  readonly pinned?: number;
  /** As in the snapshot. */
  readonly members?: readonly MemberInfo[];
  /** Ids of commands of this browser that were not answered, and that it may contain. */
  readonly doubtful: readonly string[];
}

/** Products whose ids are near each other: read, and written when one of them has changed, together. */
export interface ProductRow {
  readonly row: number;
  readonly products: readonly Product[];
}

export interface BoardWrite {
  /** Whether everything that is stored is replaced; otherwise only these rows are. */
  readonly whole: boolean;
  readonly rows: readonly ProductRow[];
  readonly state: KeptState;
}

/** Where one board is kept for all pages of this browser. Nothing here rejects: where it cannot be kept, it is not. */
export interface BoardStorage {
  /** Undefined when nothing is kept. Resolves when the storage is open, which may be never. */
  load(): Promise<{ readonly state: unknown; readonly rows: readonly ProductRow[] } | undefined>;
  /**
   * Lets `decide` see the state that is stored and say what to write, and writes that in the same transaction: no page writes
   * in between. Resolves to whether something was written.
   */
  write(decide: (stored: KeptState | undefined) => BoardWrite | undefined): Promise<boolean>;
  clear(): Promise<void>;
}

/** In memory, for programs and specs. Several pages may share one. */
export class MemoryBoard implements BoardStorage {
  private state: KeptState | undefined;
  private readonly rows = new Map<number, ProductRow>();

  async load(): ReturnType<BoardStorage['load']> {
    return Promise.resolve(this.state && { state: this.state, rows: [...this.rows.values()] });
  }

  async write(decide: (stored: KeptState | undefined) => BoardWrite | undefined): Promise<boolean> {
    const write = decide(this.state);
    if (!write) return Promise.resolve(false);
    if (write.whole) this.rows.clear();
    for (const row of write.rows) {
      if (row.products.length > 0) this.rows.set(row.row, row);
      else this.rows.delete(row.row);
    }
    this.state = write.state;
    return Promise.resolve(true);
  }

  async clear(): Promise<void> {
    this.state = undefined;
    this.rows.clear();
    return Promise.resolve();
  }
}
