import type { SocketAdapterOptions } from '../src/realtime/socket-adapter.js';

/** Of an adapter that lets everybody in, as nobody, as often as they like. */
export const OPEN_DOOR: SocketAdapterOptions = {
  admits: () => true,
  networkOf: () => '127.0.0.1',
  identify: () => Promise.resolve(),
  rates: { take: () => Promise.resolve() },
  refused: () => undefined,
};
