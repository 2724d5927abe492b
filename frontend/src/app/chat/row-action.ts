import type { Message } from 'backend/contract';
import type { IconName } from '../ui/icon';

/** What somebody can do with a message, besides reading it. */
export type RowActionName = 'agree' | 'quote' | 'pin' | 'edit' | 'delete';

export interface RowAction {
  readonly name: RowActionName;
  readonly icon: IconName;
  /** The key that does it while the message has the focus, as in `KeyboardEvent.key`. */
  readonly key: string;
  /** What the button is called, filled with `email`, the author. */
  readonly label: string;
}

const ACTIONS: Readonly<Record<RowActionName, RowAction>> = {
  agree: { name: 'agree', icon: 'done', key: 'a', label: 'chat.agreeWith' },
  quote: { name: 'quote', icon: 'quote', key: 'q', label: 'chat.quote' },
  pin: { name: 'pin', icon: 'pin', key: 'p', label: 'chat.pin' },
  edit: { name: 'edit', icon: 'edit', key: 'e', label: 'chat.edit' },
  delete: { name: 'delete', icon: 'delete', key: 'Delete', label: 'chat.delete' },
};

/** What a member may do with a message; nothing for a visitor, and nothing with one that is deleted. */
export function actionsOn(message: Message, member: string | null, pinned: boolean): readonly RowAction[] {
  if (member === null || message.deletedAt) return [];
  const own = message.by === member;
  const names: RowActionName[] = [];
  if (!own && !message.agreed?.includes(member)) names.push('agree');
  names.push('quote');
  if (!pinned) names.push('pin');
  if (own) names.push('edit', 'delete');
  return names.map((name) => ACTIONS[name]);
}
