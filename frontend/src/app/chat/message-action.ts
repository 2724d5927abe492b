import type { CommandHead, CommandName, CommandPayload, Message, Refused } from 'backend/contract';

/** The commands about one message. */
export type MessageCommand = {
  [Name in CommandName]: CommandPayload<Name> extends { readonly message: number } ? Name : never;
}[CommandName];

/** What somebody does with a message, from its row up to the store: a command about it, and what that says besides. */
export type MessageAction = {
  [Name in MessageCommand]: { readonly name: Name; readonly message: Message } & Omit<
    CommandPayload<Name>,
    keyof CommandHead | 'message'
  >;
}[MessageCommand];

/** How an action goes: refused where what was typed can still be changed. */
export type Attempt =
  { readonly state: 'sending' } | { readonly state: 'refused'; readonly reason: Refused } | { readonly state: 'done' };

/** The texts of the question for actions that a person is asked about first; of one's own message, and of another's. */
export const CONFIRMATIONS: Readonly<
  Partial<Record<MessageCommand, { readonly title: string; readonly titleOf: string; readonly yes: string }>>
> = {
  'chat:delete': { title: 'chat.confirmDelete', titleOf: 'chat.confirmDeleteOf', yes: 'chat.deleteIt' },
};
