import { Service, computed, inject, signal } from '@angular/core';
import {
  isMessageRecord,
  messageOf,
  reduceMessage,
  waitedFor,
  type JournalRecord,
  type Message,
  type MessageRecord,
} from 'backend/contract';
import { Connection } from '../../realtime/connection';
import { Member } from '../../realtime/member';
import { pendingChanges } from '../pending-messages';

/** The messages that wait for this member to say that they are read: they may be older than what is loaded. */
@Service()
export class ToRead {
  private readonly connection = inject(Connection);
  private readonly member = inject(Member).email;
  private readonly held = signal<ReadonlyMap<number, Message>>(new Map());

  /** Oldest first; without those that this member has just answered. */
  readonly messages = computed(() => {
    const member = this.member();
    if (member === null) return [];
    const held = pendingChanges(this.connection.pending()).reduce(after, this.held());
    return [...held.values()].filter((message) => waitedFor(message).includes(member)).sort((a, b) => a.n - b.n);
  });

  constructor() {
    this.connection.joined.subscribe(({ toRead = [] }) => void this.load(toRead));
    this.connection.listen((change) => {
      if (change.kind === 'records')
        this.held.update((held) => change.records.filter(isMessageRecord).reduce(after, held));
    });
  }

  /** What the server names is asked for, each as it is now; what it does not name any more was answered elsewhere. */
  private async load(numbers: readonly number[]): Promise<void> {
    this.held.update((held) => new Map([...held].filter(([n]) => numbers.includes(n))));
    for (const n of numbers) {
      if (this.held().has(n)) continue;
      const answer = await this.connection.request('chat:history', { before: n + 1, limit: 1 });
      // The connection is gone, and with the next one it is asked for again.
      if (!answer.ok) return;
      const [message] = answer.data.messages;
      if (message?.n === n) this.held.update((held) => new Map(held).set(n, message));
    }
  }
}

/** What is held after a record: a message that somebody must read is held from its posting on. */
function after(held: ReadonlyMap<number, Message>, record: MessageRecord): ReadonlyMap<number, Message> {
  const n = messageOf(record);
  const isNew = mustBeRead(record);
  if (!isNew && !held.has(n)) return held;
  const message = reduceMessage(held.get(n), record);
  return message ? new Map(held).set(n, message) : held;
}

function mustBeRead(record: JournalRecord): boolean {
  return record.type === 'message-posted' && record.mustRead !== undefined;
}
