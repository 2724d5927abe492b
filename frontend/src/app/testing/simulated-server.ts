import type { Ack, CommandHead, JournalRecord } from 'backend/contract';
import { aMessagePosted } from './records';

/** Who sends all commands of a simulation. */
export const ANA = 'ana@acme.com';

/** A server that recognises ids and keeps the order of `after` and `precedes`. */
export class SimulatedServer {
  readonly journal: JournalRecord[] = [];
  /** Whether it can store commands. */
  ready = true;
  /** Whether it refuses for good what is not stored yet, as a rule does that depends on the state of the board. */
  refuses = false;
  /** Refused for good and not stored since: whether their authors send them again depends on whether they got the answer. */
  readonly refusedForGood = new Set<string>();
  /** Refused because it was not ready, and the commands after those. */
  private readonly refusedIds = new Set<string>();

  /** The answer, and the record where a new one is stored. */
  handle({ id, after, precedes = [] }: CommandHead): { readonly answer: Ack<never>; readonly stored?: JournalRecord } {
    const known = this.journal.find((record) => record.id === id);
    this.refusedIds.delete(id);
    if (known) return { answer: stored(known) };
    if (!this.ready || (after !== undefined && this.refusedIds.has(after))) {
      this.refusedIds.add(id);
      return { answer: { ok: false, error: { code: 'STORAGE_FULL', message: '', retry: true } } };
    }
    if (this.refuses || this.journal.some((record) => precedes.includes(record.id))) {
      this.refusedForGood.add(id);
      return { answer: { ok: false, error: { code: 'CONFLICT', message: '', retry: false } } };
    }
    const record = aMessagePosted(this.journal.length + 1, { id, by: ANA });
    this.journal.push(record);
    this.refusedForGood.delete(id);
    return { answer: stored(record), stored: record };
  }
}

const stored = ({ n, at }: JournalRecord): Ack<never> => ({ ok: true, data: { n, at } as never });
