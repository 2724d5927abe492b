import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { ClientEvents, ServerEvents } from '../contract/index.js';

/** Who a connection belongs to; empty for a visitor. */
export interface SocketData {
  /** E-mail of the member, from the session of the handshake. */
  email?: string;
  /** Id of that session. */
  session?: string;
  /** From where it connects: see `networkOf`. */
  network?: string;
  /** Whether nothing may be read: nobody has identified, where that is needed. */
  isOutside?: boolean;
  /** Whether the session has ended, rather than the connection been lost. Nothing of it is handled any more. */
  left?: boolean;
}

export type RealtimeSocket = Socket<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;
export type RealtimeServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;

/** The room of everybody who has joined the feed. */
export const FEED_ROOM = 'feed';

/** The room of those who may read nothing. */
export const OUTSIDE_ROOM = 'outside';

/** The room of all connections of one member. No e-mail has a blank, so no other room has that name. */
export function memberRoom(email: string): string {
  return `member ${email}`;
}
