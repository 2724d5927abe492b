import { Adapter, type BroadcastOptions } from 'socket.io-adapter';
import { Encoder, type Packet } from 'socket.io-parser';
import { disconnectSlowReader } from './slow-readers.js';
import type { RealtimeSocket } from './socket.js';
import { DirectWriter } from './socket-internals.js';
import { textFrame } from './websocket-frame.js';

/** Type of an engine.io packet that carries one of socket.io. */
const MESSAGE = '4';

/**
 * socket.io's adapter, with one difference: broadcasting is mostly writing to sockets, so the frame is made once, as one
 * buffer, and written straight to every WebSocket with nothing in flight. The others get the packet from socket.io, after
 * what waits for them; a socket for which too much waits is disconnected.
 */
export class BroadcastAdapter extends Adapter {
  private readonly writer = new DirectWriter();
  private readonly frames = new Encoder();

  override broadcast(packet: Packet, options: BroadcastOptions): void {
    const waiting = this.writeDirectly({ ...packet, nsp: this.namespace.name }, this.socketsOf(options));
    if (waiting.length === 0) return;
    // Every socket is alone in a room of its own id.
    super.broadcast(packet, { ...options, rooms: new Set(waiting.map(({ id }) => id)), except: new Set() });
    for (const socket of waiting) disconnectSlowReader(socket);
  }

  /** Returns the sockets to which it could not be written. */
  private writeDirectly(packet: Packet, sockets: readonly RealtimeSocket[]): readonly RealtimeSocket[] {
    const [text, ...binary] = this.frames.encode(packet) as [string, ...Buffer[]];
    if (binary.length > 0) return sockets;
    const frame = textFrame(MESSAGE + text);
    return sockets.filter((socket) => !this.writer.write(socket, frame));
  }

  /** The sockets that a packet is for. */
  private socketsOf({ rooms, except = new Set() }: BroadcastOptions): readonly RealtimeSocket[] {
    const others = this.idsIn(except);
    const ids = rooms.size > 0 ? this.idsIn(rooms) : this.sids.keys();
    const { sockets } = this.namespace;
    return [...ids].flatMap((id) => (others.has(id) ? [] : (sockets.get(id) ?? [])));
  }

  /** Everybody in these rooms, each once. */
  private idsIn(rooms: ReadonlySet<string>): ReadonlySet<string> {
    const sets = [...rooms].map((room) => this.rooms.get(room) ?? new Set<string>());
    const [only] = sets;
    return only && sets.length === 1 ? only : new Set(sets.flatMap((ids) => [...ids]));
  }

  private get namespace(): { readonly name: string; readonly sockets: ReadonlyMap<string, RealtimeSocket> } {
    return this.nsp as never;
  }
}
