import type { CommandPayload, Message } from 'backend/contract';
import { newCommandId } from '../realtime/command-id';

/** What somebody does with a message: from its row up to where it is carried out, passed on as it is. */
export type MessageAction = { readonly message: Message } & (
  | { readonly kind: 'edit' }
  | { readonly kind: 'dismiss' }
  | { readonly kind: 'save'; readonly text: string }
  | { readonly kind: 'delete' }
  | { readonly kind: 'agree' }
  | { readonly kind: 'pin'; readonly pinned: boolean }
);

/** The actions of which each is a command to the server. */
export type MessageCommand = Extract<MessageAction, { kind: 'save' | 'delete' | 'agree' | 'pin' }>;

const NAMES = { save: 'chat:edit', delete: 'chat:delete', agree: 'chat:agree', pin: 'chat:pin' } as const;
export type MessageCommandName = (typeof NAMES)[MessageCommand['kind']];

/** The command that an action asks for, about exactly that message: no other history's of the same number. */
export function commandOf({ kind, message, ...rest }: MessageCommand): {
  readonly name: MessageCommandName;
  readonly payload: CommandPayload<MessageCommandName>;
} {
  const { n, command } = message;
  return { name: NAMES[kind], payload: { id: newCommandId(), message: n, refers: { n, command }, ...rest } };
}
