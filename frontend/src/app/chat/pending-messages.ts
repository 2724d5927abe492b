import {
  intentOf,
  isMessageRecord,
  reduceMessages,
  type CommandName,
  type JournalRecord,
  type Message,
  type MessageRecord,
} from 'backend/contract';
import type { PendingCommand } from '../realtime/command';
import { isOtherHistory, type Refusal } from '../ui/refusal';

/** A message that its author sees below the others, until the feed brings it. */
export interface PendingMessage {
  /** The command's id, which the record will carry. */
  readonly id: string;
  /** Of a refused change of a message: what it was to say. Empty where it has none. */
  readonly text: string;
  /** The key of the words for what has no text of its own. */
  readonly label?: string;
  /** When it was sent (ISO instant of this machine's clock). */
  readonly at: string;
  /** Why the server will not have it; its author may try again or discard it. */
  readonly refused?: Refusal;
}

const LABELS: Partial<Record<CommandName, string>> = {
  'chat:delete': 'chat.deletion',
  'chat:agree': 'chat.agreement',
  'chat:pin': 'chat.pinning',
};
/** Of commands that are refused with `CONFLICT` where nothing would change: why. */
const SO_ALREADY: Partial<Record<CommandName, string>> = { 'chat:agree': 'AGREED', 'chat:pin': 'PINNED' };

/**
 * What is on its way to the chat: messages, and changes that were refused, so that no text is lost with them. A doubtful
 * message stays hidden while the conversation shows one of the same words, which is probably itself.
 */
export function pendingMessages(
  pending: readonly PendingCommand[],
  messages: readonly Message[],
): readonly PendingMessage[] {
  return pending.flatMap(({ id, by, at, command: { name, payload }, refused, doubtful }): PendingMessage[] => {
    if (name !== 'chat:send' && !(name.startsWith('chat:') && refused)) return [];
    const text = 'text' in payload ? payload.text : '';
    if (doubtful && messages.some((message) => message.by === by && message.text === text)) return [];
    const label = LABELS[name];
    return [{ id, text, at, ...(label && { label }), ...(refused && { refused: explained(name, refused) }) }];
  });
}

/** `CONFLICT`, of what is so already, is not that somebody else was faster. */
function explained(name: CommandName, refused: Refusal): Refusal {
  const code = refused.code === 'CONFLICT' && !isOtherHistory(refused) ? SO_ALREADY[name] : undefined;
  return code ? { ...refused, code } : refused;
}

/** The conversation with the changes of messages that are on their way, by the reducer that will confirm them. */
export function withPendingChanges(
  messages: readonly Message[],
  pending: readonly PendingCommand[],
): readonly Message[] {
  return reduceMessages(messages, pendingChanges(pending));
}

/** What the records of one's own changes of messages will say that are on their way. */
export function pendingChanges(pending: readonly PendingCommand[]): readonly MessageRecord[] {
  return pending.flatMap(({ id, by, at, command: { name, payload }, refused }): MessageRecord[] => {
    if (refused || name === 'chat:send') return [];
    const record = { n: 0, at, by, id, ...intentOf(name, payload) } as JournalRecord;
    return isMessageRecord(record) ? [record] : [];
  });
}
