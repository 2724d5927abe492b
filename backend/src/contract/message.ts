import type { MessageMove, MessagePosted, MessageRecord } from './records.js';

/** A message of the chat as it is now. */
export interface Message {
  /** The number of the record that posted it: its identity and its place in the conversation. */
  readonly n: number;
  /** When it was posted (ISO instant). */
  readonly at: string;
  /** The e-mail of its author. */
  readonly by: string;
  /** The id of the command that posted it: with `n` what a command about it refers to. */
  readonly command: string;
  /** Plain text, never markup; empty when deleted. */
  readonly text: string;
  /** E-mails of the members who must say that they have read it: those of them in `agreed` have. Absent for nobody. */
  readonly mustRead?: readonly string[];
  /** The ids of the products that it is about; absent for none, and when it is deleted. */
  readonly about?: readonly number[];
  /** What it moved, which an edit or a deletion does not take back; absent for nothing. */
  readonly moves?: readonly MessageMove[];
  readonly editedAt?: string;
  readonly deletedAt?: string;
  /** The e-mails of those who have read and understood it, in the order in which they said so. Absent while nobody has. */
  readonly agreed?: readonly string[];
}

/**
 * One message after one record about it; undefined stays undefined for a message that the holder does not have.
 * Pure: server and page use it, so they cannot disagree.
 */
export function reduceMessage(message: Message | undefined, record: MessageRecord): Message | undefined {
  switch (record.type) {
    case 'message-posted':
      return posted(record);
    case 'message-edited':
      return message && { ...withAbout(message, record.about), text: record.text, editedAt: record.at };
    case 'message-deleted':
      return message && { ...withAbout(message, undefined), text: '', deletedAt: record.at };
    case 'message-agreed':
      return message && withAgreement(message, record.by);
    case 'message-pinned':
      // What stands on top is the conversation's: `reducePinned`.
      return message;
  }
}

function posted({ n, at, by, id, text, mustRead, about, moves }: MessagePosted): Message {
  const more = { ...(mustRead && { mustRead }), ...(about && { about }), ...(moves && { moves }) };
  return { n, at, by, command: id, text, ...more };
}

function withAbout({ about: _before, ...message }: Message, about: readonly number[] | undefined): Message {
  return about ? { ...message, about } : message;
}

/** Those who must read a message and have not said that they did; nobody when it is deleted. */
export function waitedFor({ mustRead = [], agreed = [], deletedAt }: Message): readonly string[] {
  return deletedAt === undefined ? mustRead.filter((email) => !agreed.includes(email)) : [];
}

/** Once, however often: a page may hold one of its own that a snapshot already has. */
function withAgreement(message: Message, by: string): Message {
  const { agreed = [] } = message;
  return agreed.includes(by) ? message : { ...message, agreed: [...agreed, by] };
}

/** The number of the message that stands on top of the conversation after a record; undefined when none does. */
export function reducePinned(pinned: number | undefined, record: MessageRecord): number | undefined {
  if (record.type === 'message-pinned') return record.pinned ? record.message : undefined;
  return record.type === 'message-deleted' && record.message === pinned ? undefined : pinned;
}

/** The number of the message that a record is about. */
export function messageOf(record: MessageRecord): number {
  return record.type === 'message-posted' ? record.n : record.message;
}

/**
 * A run of messages, oldest first, after a batch of records, in a new array; the same array when nothing in it changes.
 * Changes to messages outside the run are passed over: whoever loads that page later gets them with it.
 */
export function reduceMessages(messages: readonly Message[], records: readonly MessageRecord[]): readonly Message[] {
  let next: Message[] | undefined;
  for (const record of records) {
    const held = next ?? messages;
    const place = record.type === 'message-posted' ? held.length : indexOfMessage(held, messageOf(record));
    const message = reduceMessage(held[place], record);
    if (!message) continue;
    next ??= [...messages];
    next[place] = message;
  }
  return next ?? messages;
}

/** Where message `n` stands in a run sorted by number, or -1. */
export function indexOfMessage(messages: readonly Message[], n: number): number {
  let low = 0;
  let high = messages.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = messages[middle]?.n ?? 0;
    if (found === n) return middle;
    if (found < n) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
