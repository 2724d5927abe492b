import { Adapter, type BroadcastOptions } from 'socket.io-adapter';
import { Encoder, type Packet } from 'socket.io-parser';
import { broadcasts } from './measured.js';
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
    const from = performance.now();
    const frame = this.frameOf({ ...packet, nsp: this.namespace.name });
    const sockets = this.socketsOf(options);
    const waiting = frame ? sockets.filter((socket) => !this.writer.write(socket, frame)) : sockets;
    if (waiting.length > 0) this.broadcastTo(waiting, packet, options);
    if (!broadcasts.observed) return;
    const [event] = packet.data as [string];
    broadcasts.next({ event, bytes: frame?.length ?? 0, ms: performance.now() - from });
  }

  /** By socket.io's own way. */
  private broadcastTo(waiting: readonly RealtimeSocket[], packet: Packet, options: BroadcastOptions): void {
    // Every socket is alone in a room of its own id.
    super.broadcast(packet, { ...options, rooms: new Set(waiting.map(({ id }) => id)), except: new Set() });
    for (const socket of waiting) disconnectSlowReader(socket);
  }

  /** The one frame for all; undefined for what is not text alone. */
  private frameOf(packet: Packet): Buffer | undefined {
    const [text, ...binary] = this.frames.encode(packet) as [string, ...Buffer[]];
    return binary.length > 0 ? undefined : textFrame(MESSAGE + text);
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
