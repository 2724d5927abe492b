import { describe, expect, it, jest } from '@jest/globals';
import type { RealtimeSocket } from './socket.js';
import { writeDirectly } from './write-directly.js';

const FRAME = Buffer.from('frame');

/** A connection with nothing on its way, but for what is said. */
function connection({ engine = {}, transport = {}, webSocket = {}, stream = {} }: Record<string, object> = {}) {
  const write = jest.fn();
  const socket = { writable: true, writableLength: 0, write, ...stream };
  const conn = {
    readyState: 'open',
    writeBuffer: [],
    transport: {
      name: 'websocket',
      writable: true,
      socket: { readyState: 1, _socket: socket, ...webSocket },
      ...transport,
    },
    ...engine,
  };
  return { socket: { conn } as object as RealtimeSocket, write };
}

describe('a frame for everybody', () => {
  it('is written to a connection with nothing on its way', () => {
    const { socket, write } = connection();
    expect(writeDirectly(socket, FRAME)).toBe(true);
    expect(write.mock.calls).toEqual([[FRAME]]);
  });

  it.each([
    ['packets wait', { engine: { writeBuffer: [{}] } }],
    ['a packet is being written', { transport: { writable: false } }],
    ['bytes wait for a reader', { stream: { writableLength: 1 } }],
    ['the network has no more room', { stream: { writable: false } }],
    ['the connection is polled', { transport: { name: 'polling' } }],
    ['it is about to be closed', { engine: { readyState: 'closing' } }],
    ['the other side is closing', { webSocket: { readyState: 2 } }],
    ['it has lost its network', { webSocket: { _socket: null } }],
  ])('takes the usual way where %s', (_what, state) => {
    const { socket, write } = connection(state);
    expect(writeDirectly(socket, FRAME)).toBe(false);
    expect(write).not.toHaveBeenCalled();
  });
});
