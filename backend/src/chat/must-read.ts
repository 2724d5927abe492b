import { isMessageRecord, type JournalRecord } from '../contract/index.js';
import type { Checkpointed, StoredRecord, View } from '../journal/index.js';

/** Which messages wait for which members to say that they have read them. */
export class MustRead implements View {
  /** By number of the message: e-mails of those who have not said so. Messages that wait for nobody are not here. */
  private waiting = new Map<number, readonly string[]>();

  readonly checkpoint: Checkpointed = {
    shape: 'must read 1',
    save: () => this.waiting,
    load: (state) => (this.waiting = state as Map<number, readonly string[]>),
  };

  /** The numbers of the messages that wait for a member, ascending; undefined for none. */
  of(member: string): readonly number[] | undefined {
    const numbers = [...this.waiting].flatMap(([message, members]) => (members.includes(member) ? [message] : []));
    return numbers.length > 0 ? numbers : undefined;
  }

  replay(stored: StoredRecord): void {
    const { type } = stored;
    const begins = type === 'message-posted' && stored.begins('mustRead');
    if (begins || type === 'message-agreed' || type === 'message-deleted') this.apply(stored.read());
  }

  apply(record: JournalRecord): void {
    if (!isMessageRecord(record)) return;
    if (record.type === 'message-posted' && record.mustRead) this.waiting.set(record.n, record.mustRead);
    if (record.type === 'message-deleted') this.waiting.delete(record.message);
    if (record.type === 'message-agreed') this.agreed(record.message, record.by);
  }

  private agreed(message: number, by: string): void {
    const members = this.waiting.get(message);
    if (!members) return;
    const others = members.filter((member) => member !== by);
    if (others.length > 0) this.waiting.set(message, others);
    else this.waiting.delete(message);
  }
}
