import type { JournalRecord } from '../../src/contract/index.js';

/** A command: a message, or a stock movement. */
export type Sent = { readonly id: string; readonly text: string } | { readonly id: string; readonly delta: number };

/** One exchange between a sender and the journal. */
export type Exchange =
  | { readonly kind: 'sent'; readonly sent: Sent }
  | { readonly kind: 'acknowledged'; readonly id: string; readonly n: number }
  | { readonly kind: 'refused'; readonly id: string };

/** The answers that senders have received at some moment, and so what the journal must contain. */
export class Guarantees {
  constructor(
    private readonly sent: ReadonlyMap<string, Sent> = new Map(),
    private readonly acknowledged: ReadonlyMap<string, number> = new Map(),
    private readonly refused: ReadonlySet<string> = new Set(),
  ) {}

  /** The guarantees after one more exchange. */
  after(exchange: Exchange): Guarantees {
    const { sent, acknowledged, refused } = this;
    if (exchange.kind === 'refused') return new Guarantees(sent, acknowledged, new Set([...refused, exchange.id]));
    if (exchange.kind === 'acknowledged')
      return new Guarantees(sent, new Map([...acknowledged, [exchange.id, exchange.n]]), refused);
    // A command that is sent again may be stored, until it is refused again.
    const { id } = exchange.sent;
    return new Guarantees(new Map([...sent, [id, exchange.sent]]), acknowledged, without(refused, id));
  }

  /** Each guarantee that these records violate, as a sentence. */
  violationsIn(records: readonly JournalRecord[]): string[] {
    const problems: string[] = [];
    const ids = records.map(({ id }) => id);
    if (records.some(({ n }, index) => n !== index + 1)) problems.push('numbers are not consecutive');
    if (new Set(ids).size < ids.length) problems.push('a command is stored twice');
    for (const [id, n] of this.acknowledged) {
      if (ids[n - 1] !== id) problems.push(`${id} was acknowledged as ${n} and is not there`);
    }
    for (const record of records) {
      if (!isStored(record, this.sent.get(record.id))) problems.push(`nobody sent ${record.id} as it is stored`);
      if (this.refused.has(record.id)) problems.push(`${record.id} was refused and is stored`);
    }
    return problems;
  }
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...ids].filter((each) => each !== id));
}

function isStored(record: JournalRecord, sent: Sent | undefined): boolean {
  if (record.type === 'message-posted') return sent !== undefined && 'text' in sent && record.text === sent.text;
  return record.type === 'stock-moved' && sent !== undefined && 'delta' in sent && record.delta === sent.delta;
}
