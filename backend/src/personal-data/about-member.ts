import { type JournalRecord, mentions } from '../contract/index.js';
import type { Address } from './address.js';

/** That somebody else did something about a member: the fact and the number, not what they wrote. */
export interface AboutMember {
  readonly n: number;
  readonly at: string;
  readonly what: 'must-read' | 'mentioned' | 'message-deleted' | 'access-set';
  /** The number of the message, or the access that was given. */
  readonly message?: number;
  readonly access?: string;
}

/** Finds, in the order of the journal, what others did about one member. */
export class OthersAbout {
  /** The numbers of the member's own messages. */
  private readonly own = new Set<number>();

  constructor(private readonly address: Address) {}

  of(record: JournalRecord): readonly AboutMember[] {
    const { email } = this.address;
    const { n, at } = record;
    if (record.type === 'message-posted' && record.by === email) this.own.add(n);
    if (record.by === email) return [];
    if (record.type === 'message-deleted')
      return this.own.has(record.message) ? [{ n, at, what: 'message-deleted', message: record.message }] : [];
    if (record.type === 'member-access-set')
      return record.member === email ? [{ n, at, what: 'access-set', access: record.access }] : [];
    if (record.type !== 'message-posted' && record.type !== 'message-edited') return [];
    const message = record.type === 'message-posted' ? n : record.message;
    const asked = record.type === 'message-posted' && record.mustRead?.includes(email);
    const named = mentions(record.text, email) || this.address.isIn(record.text);
    return [
      ...(asked ? [{ n, at, what: 'must-read', message } as const] : []),
      ...(named ? [{ n, at, what: 'mentioned', message } as const] : []),
    ];
  }
}
