import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { FairTurns, REQUESTS_PER_TURN as MOST } from './fair-turns.js';
import type { RealtimeSocket } from './socket.js';

describe('requests of several connections', () => {
  let handled: string[];
  let turns: FairTurns;
  beforeEach(() => {
    handled = [];
    turns = new FairTurns((_socket, name) => handled.push(name));
  });

  const connection = () => {
    const webSocket = { pause: jest.fn(), resume: jest.fn() };
    return { webSocket, socket: { conn: { transport: { socket: webSocket } } } as object as RealtimeSocket };
  };
  const names = (letter: string, count: number) => Array.from({ length: count }, (_, index) => `${letter}${index}`);

  it('are handled at once while they are few', () => {
    const { socket, webSocket } = connection();

    for (const name of names('a', MOST)) turns.take(socket, name, []);

    expect(handled).toEqual(names('a', MOST));
    expect(webSocket.pause).not.toHaveBeenCalled();
  });

  it('take turns when one sends many: they stay in their order, and nothing more is read of that one meanwhile', async () => {
    const [many, few] = [connection(), connection()];

    for (const name of names('a', 2.5 * MOST)) turns.take(many.socket, name, []);
    turns.take(few.socket, 'b', []);
    expect(handled).toEqual([...names('a', MOST), 'b']);
    expect(many.webSocket.pause).toHaveBeenCalledTimes(1);

    await setImmediate();
    // What was read already comes after what waits.
    turns.take(many.socket, `a${2.5 * MOST}`, []);
    expect(handled.slice(MOST + 1)).toEqual(names('a', 2 * MOST).slice(MOST));
    expect(many.webSocket.resume).not.toHaveBeenCalled();

    await setImmediate();
    expect(handled.slice(2 * MOST + 1)).toEqual(names('a', 2.5 * MOST + 1).slice(2 * MOST));
    expect(many.webSocket.resume).toHaveBeenCalledTimes(1);
    expect(few.webSocket.pause).not.toHaveBeenCalled();
  });

  it('may be as many again in the next turn', async () => {
    const { socket, webSocket } = connection();
    for (let turn = 0; turn < 3; turn++) {
      for (const name of names('a', MOST)) turns.take(socket, name, []);
      await setImmediate();
    }

    expect(handled).toHaveLength(3 * MOST);
    expect(webSocket.pause).not.toHaveBeenCalled();
  });
});
