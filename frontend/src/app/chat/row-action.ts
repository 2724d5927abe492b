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

/** It says whose it is: nobody takes it for one's own. */
const DELETE_OTHERS: RowAction = { ...ACTIONS.delete, label: 'chat.deleteOf' };

interface Circumstances {
  /** Whether it stands on top of the conversation. */
  readonly pinned: boolean;
  /** Whether the member is an admin, who deletes anybody's. */
  readonly isAdmin: boolean;
}

/** What a member may do with a message; nothing for a visitor, and nothing with one that is deleted. */
export function actionsOn(
  message: Message,
  member: string | null,
  { pinned, isAdmin }: Circumstances,
): readonly RowAction[] {
  if (member === null || message.deletedAt) return [];
  const own = message.by === member;
  const names: RowActionName[] = [];
  if (!own && !message.agreed?.includes(member)) names.push('agree');
  names.push('quote');
  if (!pinned) names.push('pin');
  if (own) names.push('edit', 'delete');
  const actions = names.map((name) => ACTIONS[name]);
  return isAdmin && !own ? [...actions, DELETE_OTHERS] : actions;
}
