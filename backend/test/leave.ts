import { once } from 'node:events';
import type { Socket } from 'socket.io-client';

/**
 * Disconnects, and waits until that is done. Required of clients that poll: a poll that fails because the server has stopped
 * starts a request of its own, perhaps after the tests, and Jest then ends with an error although every test passed.
 */
export async function leave(socket: Pick<Socket, 'io' | 'disconnect'>): Promise<void> {
  const { engine } = socket.io;
  const closed = engine.readyState === 'closed' ? undefined : once(engine as never, 'close');
  socket.disconnect();
  await closed;
}
