import type { Config } from '../config.js';
import type { RealtimeSocket } from '../realtime/socket.js';
import { tokenIn } from './cookie.js';
import type { Sessions } from './sessions.js';

/** Finds out from its cookie who connects; nobody for a visitor, who reads only where an e-mail is believed. */
export function handshake(sessions: Sessions, { AUTH }: Config) {
  return async (socket: Pick<RealtimeSocket, 'data' | 'handshake'>): Promise<void> => {
    const identity = await sessions.identify(tokenIn(socket.handshake.headers.cookie));
    Object.assign(socket.data, identity ?? { isOutside: AUTH !== 'open' });
  };
}
