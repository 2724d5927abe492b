import type { JournalRecord, StockMoved } from '../../src/contract/index.js';
import type { Checkpointed, StoredRecord, View } from '../../src/journal/index.js';
import type { Decide } from '../../src/journal/in-flight-command.js';
import { Refusal } from '../../src/errors/refusal.js';

/** What a ledger knows. */
export interface LedgerState {
  readonly last: number;
  readonly posted: number;
  readonly stock: number;
}

/** The smallest view with a rule: it counts messages, and pieces of one product that may not go below zero. */
export class Ledger implements View {
  state: LedgerState = { last: 0, posted: 0, stock: 0 };
  private staged = 0;

  readonly checkpoint: Checkpointed;

  constructor(shape = 'ledger 1') {
    this.checkpoint = {
      shape,
      save: () => this.state,
      load: (state) => (this.state = state as LedgerState),
    };
  }

  replay({ n, read }: StoredRecord): void {
    // Checked here, because views that read no record whole would not notice.
    if (n !== read().n) throw new Error(`record ${read().n} was visited as ${n}`);
    this.apply(read());
  }

  apply(record: JournalRecord): void {
    const { last, posted, stock } = this.state;
    if (record.n !== last + 1) throw new Error(`record ${record.n} was applied after record ${last}`);
    this.state =
      record.type === 'stock-moved'
        ? { last: record.n, posted, stock: stock + record.delta }
        : { last: record.n, posted: posted + 1, stock };
  }

  stage(record: JournalRecord): void {
    if (record.type === 'stock-moved') this.staged += record.delta;
  }

  unstage(): void {
    this.staged = 0;
  }

  /** Moves pieces; refused when there would be fewer than none, earlier commands of the same batch included. */
  move(delta: number): Decide<StockMoved> {
    return () => {
      const stock = this.state.stock + this.staged + delta;
      if (stock < 0) throw new Refusal('CONFLICT', 'There are not that many.');
      return { type: 'stock-moved', product: 1, delta, stock };
    };
  }
}
