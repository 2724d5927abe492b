import {
  indexOfMessage,
  isMessageRecord,
  reduceMessages,
  type CommandName,
  type Message,
  type MessageRecord,
  type Refused,
} from 'backend/contract';
import { intendedRecord, reasonOf, type PendingCommand } from '../realtime/command';
import { isSoAlready } from '../ui/refusal';

/** Why, with a code of the page's own where the server's says less. */
export type ExplainedRefusal = Omit<Refused, 'code'> & { readonly code: string };

/** A message that its author sees below the others, until the feed brings it; or a change of one, when it was refused. */
export interface PendingMessage {
  /** The command's id, which the record will carry. */
  readonly id: string;
  readonly name: CommandName;
  /** What it was to say; empty for a change that says nothing. */
  readonly text: string;
  /** The products that it is about besides those that it mentions. */
  readonly about?: readonly number[];
  /** When it was sent (ISO instant of this machine's clock). */
  readonly at: string;
  /** Why the server will not have it; its author may try again or discard it. */
  readonly refused?: ExplainedRefusal;
}

/**
 * The pending commands of the chat: messages, and changes that were refused, so that no text is lost with them. A doubtful
 * message stays hidden while the conversation shows one of the same words, which is probably itself.
 */
export function pendingMessages(
  pending: readonly PendingCommand[],
  messages: readonly Message[],
): readonly PendingMessage[] {
  return pending.flatMap((entry): PendingMessage[] => {
    const { id, by, at, command, status } = entry;
    const refused = reasonOf(entry);
    const record = intendedRecord(entry);
    if (!record || !isMessageRecord(record) || (record.type !== 'message-posted' && !refused)) return [];
    const text = 'text' in record ? record.text : '';
    const isShown = messages.some((message) => message.by === by && message.text === text);
    if (status.kind === 'doubtful' && isShown) return [];
    const about = command.name === 'chat:send' ? command.payload.about : undefined;
    return [
      { id, name: command.name, text, at, ...(about && { about }), ...(refused && { refused: explained(refused) }) },
    ];
  });
}

/** In the chat, a conflict with nothing to decide is not that somebody else was faster. */
function explained(refused: Refused): ExplainedRefusal {
  return isSoAlready(refused) ? { ...refused, code: 'SO_ALREADY' } : refused;
}

/** The conversation with the pending changes of messages, by the reducer that will confirm them. */
export function withPendingChanges(
  messages: readonly Message[],
  pending: readonly PendingCommand[],
): readonly Message[] {
  return reduceMessages(
    messages,
    pendingChanges(pending).map((record) => withAbout(record, messages)),
  );
}

/** What an edited message is about the server says; until then it is about the same. */
function withAbout(record: MessageRecord, messages: readonly Message[]): MessageRecord {
  if (record.type !== 'message-edited') return record;
  const about = messages[indexOfMessage(messages, record.message)]?.about;
  return about ? { ...record, about } : record;
}

/** The expected records of one's own pending changes of messages. */
export function pendingChanges(pending: readonly PendingCommand[]): readonly MessageRecord[] {
  return pending.flatMap((entry): MessageRecord[] => {
    const record = reasonOf(entry) ? undefined : intendedRecord(entry);
    return record && isMessageRecord(record) && record.type !== 'message-posted' ? [record] : [];
  });
}
