import { COMMANDS, type Message, type MessageRecord } from '../contract/index.js';
import { NumberList } from '../journal/index.js';

/** What happens to a message after it was posted, by the number that stands for it here. */
export const CHANGES = Object.values(COMMANDS).flatMap(({ module, type }) => (module === 'chat' ? type : []));

/** The members of whom a message or a change is, each once. */
class Members {
  private places = new Map<string, number>();
  names: string[] = [];

  placeOf(name: string): number {
    const place = this.places.get(name);
    if (place !== undefined) return place;
    this.places.set(name, this.names.length);
    return this.names.push(name) - 1;
  }

  load(names: readonly string[]): void {
    this.names = [...names];
    this.places = new Map(names.map((name, place) => [name, place]));
  }
}

const numbers = (): NumberList => new NumberList(Uint32Array);

/**
 * Of every message who posted it and which records changed it, in flat columns: 12 bytes a message, and 16 a change, each of
 * which leads to the one before it of the same message.
 */
export class MessageIndex {
  private readonly members = new Members();
  /** Of messages, ascending: number, author, and place (from 1) of the newest change; 0: none. */
  private readonly message = { numbers: numbers(), authors: numbers(), newest: numbers() };
  /** Of changes: number, who, which of `CHANGES`, and place (from 1) of the one before; 0: none. */
  private readonly change = { numbers: numbers(), authors: numbers(), types: numbers(), before: numbers() };

  get size(): number {
    return this.message.numbers.length;
  }

  /** A record posted a message, or changed one. */
  add(
    record: { readonly type: MessageRecord['type']; readonly n: number; readonly by: string },
    message: number,
  ): void {
    const author = this.members.placeOf(record.by);
    if (record.type === 'message-posted') {
      this.message.numbers.push(record.n);
      this.message.authors.push(author);
      this.message.newest.push(0);
      return;
    }
    const place = this.placeOf(message);
    if (place === undefined) return;
    const { numbers, authors, types, before } = this.change;
    numbers.push(record.n);
    authors.push(author);
    types.push(CHANGES.indexOf(record.type));
    before.push(this.message.newest.at(place) ?? 0);
    this.message.newest.set(place, numbers.length);
  }

  /** The numbers of the messages before a number, the last ones, ascending; and whether there are more. */
  before(number: number, limit: number): { readonly numbers: readonly number[]; readonly more: boolean } {
    const end = this.message.numbers.rank(number);
    const start = Math.max(0, end - limit);
    return { numbers: this.message.numbers.slice(start, end), more: start > 0 };
  }

  /** The numbers of the records that say how a message is now, besides the one that posted it; ascending. */
  changesOf(message: number): readonly number[] {
    const found: number[] = [];
    let edited = false;
    for (const { n, type } of this.newestFirst(message)) {
      // Of edits only the last one counts.
      if (type === 'message-edited' && edited) continue;
      edited ||= type === 'message-edited';
      found.unshift(n);
    }
    return found;
  }

  /** A message as far as rules need to know it: its text and its instants are left empty. */
  outline(message: number): Message | undefined {
    const place = this.placeOf(message);
    if (place === undefined) return undefined;
    const agreed: string[] = [];
    let deleted = false;
    for (const { type, by } of this.newestFirst(message)) {
      if (type === 'message-agreed') agreed.push(by);
      deleted ||= type === 'message-deleted';
    }
    const by = this.members.names[this.message.authors.at(place) ?? 0] ?? '';
    return {
      ...{ n: message, at: '', by, command: '', text: '' },
      ...(deleted && { deletedAt: '' }),
      ...(agreed.length > 0 && { agreed: agreed.reverse() }),
    };
  }

  /** Anything that `load` takes. */
  save() {
    const { message, change, members } = this;
    const saved = (lists: Readonly<Record<string, NumberList>>) =>
      Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.save()]));
    return { message: saved(message), change: saved(change), members: members.names };
  }

  load(state: ReturnType<MessageIndex['save']>): void {
    this.members.load(state.members);
    for (const part of ['message', 'change'] as const) {
      for (const [name, list] of Object.entries(this[part])) list.load(state[part][name] ?? new Uint32Array());
    }
  }

  private placeOf(message: number): number | undefined {
    const place = this.message.numbers.rank(message);
    return this.message.numbers.at(place) === message ? place : undefined;
  }

  private *newestFirst(message: number) {
    const { numbers, authors, types, before } = this.change;
    const place = this.placeOf(message);
    let next = place === undefined ? 0 : (this.message.newest.at(place) ?? 0);
    for (; next > 0; next = before.at(next - 1) ?? 0) {
      const by = this.members.names[authors.at(next - 1) ?? 0] ?? '';
      yield { n: numbers.at(next - 1) ?? 0, by, type: CHANGES[types.at(next - 1) ?? 0] };
    }
  }
}
