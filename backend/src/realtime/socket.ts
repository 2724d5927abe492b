import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { ClientEvents, ServerEvents } from '../contract/index.js';

/** Who a connection belongs to; empty for a visitor. */
export interface SocketData {
  /** E-mail of the member, from the session of the handshake. */
  email?: string;
  /** Id of that session. */
  session?: string;
  /** Whether the member chose to leave, rather than lost the connection. */
  left?: boolean;
}

export type RealtimeSocket = Socket<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;
export type RealtimeServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;

/** The room of everybody who has joined the feed. */
export const FEED_ROOM = 'feed';

/** The room of all connections of one member. No e-mail has a blank, so no other room has that name. */
export function memberRoom(email: string): string {
  return `member ${email}`;
}
