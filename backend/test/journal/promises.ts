import type { JournalRecord } from '../../src/contract/index.js';

/** A command: a message, or pieces that move. */
export type Sent = { readonly id: string; readonly text: string } | { readonly id: string; readonly delta: number };

/** What passes between the senders and the journal. */
export type Said =
  | { readonly kind: 'sent'; readonly sent: Sent }
  | { readonly kind: 'acknowledged'; readonly id: string; readonly n: number }
  | { readonly kind: 'refused'; readonly id: string };

/** What the senders know at some moment, and what a journal that is found then owes them. */
export class Promises {
  constructor(
    private readonly sent: ReadonlyMap<string, Sent> = new Map(),
    private readonly acknowledged: ReadonlyMap<string, number> = new Map(),
    private readonly refused: ReadonlySet<string> = new Set(),
  ) {}

  /** The same when this was said too. */
  after(said: Said): Promises {
    const { sent, acknowledged, refused } = this;
    if (said.kind === 'refused') return new Promises(sent, acknowledged, new Set([...refused, said.id]));
    if (said.kind === 'acknowledged') return new Promises(sent, new Map([...acknowledged, [said.id, said.n]]), refused);
    // Sent again it may be stored, until it is refused again.
    const { id } = said.sent;
    return new Promises(new Map([...sent, [id, said.sent]]), acknowledged, without(refused, id));
  }

  /** What is wrong with the records that were found, in sentences. */
  brokenBy(records: readonly JournalRecord[]): string[] {
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
