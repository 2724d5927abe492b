import { reduceMessages, type Message, type MessageRecord } from 'backend/contract';
import type { PendingCommand } from '../realtime/command';
import type { Refusal } from '../ui/refusal';

/** A message that its author sees below the others, until the feed brings it. */
export interface PendingMessage {
  /** The command's id, which the record will carry. */
  readonly id: string;
  /** Of a refused change of a message: what it was to say. Empty for a deletion and for an agreement. */
  readonly text: string;
  /** Whether it says that its author has understood somebody's message. */
  readonly agreement?: true;
  /** When it was sent (ISO instant of this machine's clock). */
  readonly at: string;
  /** Why the server will not have it; its author may try again or discard it. */
  readonly refused?: Refusal;
}

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
    if (name === 'chat:agree') return [{ id, text, at, agreement: true, ...(refused && { refused: told(refused) }) }];
    return [{ id, text, at, ...(refused && { refused }) }];
  });
}

/** `CONFLICT`, of an agreement, is not that somebody else was faster: the member agreed in another browser. */
function told(refused: Refusal): Refusal {
  return refused.code === 'CONFLICT' ? { ...refused, code: 'AGREED' } : refused;
}

/** The conversation with the changes of messages that are on their way, by the reducer that will confirm them. */
export function withPendingChanges(
  messages: readonly Message[],
  pending: readonly PendingCommand[],
): readonly Message[] {
  return reduceMessages(messages, pending.flatMap(changeOf));
}

function changeOf({ id, by, at, command: { name, payload }, refused }: PendingCommand): MessageRecord[] {
  if (refused) return [];
  const head = { n: 0, at, by, id };
  if (name === 'chat:edit') return [{ ...head, type: 'message-edited', message: payload.message, text: payload.text }];
  if (name === 'chat:agree') return [{ ...head, type: 'message-agreed', message: payload.message }];
  return name === 'chat:delete' ? [{ ...head, type: 'message-deleted', message: payload.message }] : [];
}
