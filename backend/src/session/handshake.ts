import type { Socket } from 'socket.io';
import { tokenIn } from './cookie.js';
import type { Identity, Sessions } from './sessions.js';

/** Finds out from its cookie who connects; nobody for a visitor. */
export function handshake(sessions: Sessions) {
  return async (
    socket: Pick<Socket<object, object, object, Partial<Identity>>, 'data' | 'handshake'>,
  ): Promise<void> => {
    Object.assign(socket.data, await sessions.identify(tokenIn(socket.handshake.headers.cookie)));
  };
}
