import type { JournalRecord } from '../contract/index.js';
import type { Address } from './address.js';

/** What stands in place of a text: something that can be seen, as every message must have, in no language. */
export const ERASED_TEXT = '[…]';

/** Not an address of anybody: RFC 6761 keeps `invalid` free for ever, and without a dot it is no e-mail that a server takes. */
const PSEUDONYM = /^erased-(\d+)@invalid$/;

/** A pseudonym that none of these members has. */
export function newPseudonym(members: Iterable<string>): string {
  const taken = Array.from(members, (member) => Number(PSEUDONYM.exec(member)?.[1] ?? 0));
  return `erased-${taken.reduce((most, each) => Math.max(most, each), 0) + 1}@invalid`;
}

/** A history without somebody: numbers, order, instants, ids of commands, and what is the company's stay. */
export class Erasure {
  constructor(
    readonly address: Address,
    readonly pseudonym: string,
  ) {}

  /** The record without the e-mail and without the member's own words; the same one where it has neither. */
  record(record: JournalRecord): JournalRecord {
    const others = this.withoutAddress(record);
    return record.by === this.address.email ? withoutWords(others) : others;
  }

  private withoutAddress(record: JournalRecord): JournalRecord {
    const { n, at, by, id, type, ...body } = record;
    const author = this.address.replacedIn(by, this.pseudonym);
    const rest = this.address.replacedWithin(body, this.pseudonym);
    return author === by && rest === body ? record : ({ n, at, by: author, id, type, ...rest } as JournalRecord);
  }
}

/** What the member wrote, and is not about a product: that is the company's. */
function withoutWords(record: JournalRecord): JournalRecord {
  switch (record.type) {
    case 'message-posted':
      return { ...record, ...(record.moves && { moves: record.moves.map(withoutNote) }), text: ERASED_TEXT };
    case 'message-edited':
      return { ...record, text: ERASED_TEXT };
    case 'stock-moved':
      return withoutNote(record);
    case 'member-profiled': {
      const { colour: _colour, ...rest } = record;
      return { ...rest, name: '' };
    }
    default:
      return record;
  }
}

function withoutNote<Move extends { readonly note?: string }>({ note: _note, ...move }: Move): Omit<Move, 'note'> {
  return move;
}
