import { Adapter, type BroadcastOptions } from 'socket.io-adapter';
import { disconnectSlowReader } from './slow-readers.js';
import type { RealtimeSocket } from './socket.js';
import { writeDirectly } from './write-directly.js';

/** How a packet goes out; `ws` takes a frame that was made beforehand: header and payload, or both in one. */
interface PacketOptions {
  readonly preEncoded: true;
  readonly volatile?: boolean | undefined;
  readonly compress?: boolean | undefined;
  wsPreEncodedFrame?: readonly Buffer[];
}

/** A packet before it has been given its namespace. */
interface Packet {
  nsp?: string;
}

/** What socket.io's adapter makes of a packet for everybody, which it does not publish. */
type Encode = (packet: Packet, options: PacketOptions) => readonly string[];
/** The usual way of such a packet to one socket. */
type Write = (encoded: readonly string[], options: PacketOptions) => void;

/** What the adapter knows of its namespace. */
interface Namespace {
  readonly name: string;
  readonly sockets: ReadonlyMap<string, RealtimeSocket>;
}

/**
 * socket.io's adapter, with one difference: telling everybody is mostly writing to sockets, so the frame, made once for all,
 * is one buffer and is written past engine.io to every socket with nothing on its way. The others get it behind what is; for
 * whom too much waits is cut loose.
 */
export class BroadcastAdapter extends Adapter {
  override broadcast(packet: Packet, { rooms, except, flags }: BroadcastOptions): void {
    const { name, sockets } = this.nsp as Namespace;
    const options: PacketOptions = { preEncoded: true, volatile: flags?.volatile, compress: flags?.compress };
    packet.nsp = name;
    const encoded = (Reflect.get(this, '_encode') as Encode).call(this, packet, options);
    const frame = options.wsPreEncodedFrame && Buffer.concat(options.wsPreEncodedFrame);
    if (frame) options.wsPreEncodedFrame = [frame];
    const others = this.idsIn(except);
    for (const id of rooms.size > 0 ? this.idsIn(rooms) : this.sids.keys()) {
      const socket = others.has(id) ? undefined : sockets.get(id);
      if (!socket || (frame && writeDirectly(socket, frame))) continue;
      (Reflect.get(socket.client, 'writeToEngine') as Write).call(socket.client, encoded, options);
      disconnectSlowReader(socket);
    }
  }

  /** Everybody in these rooms, each once. */
  private idsIn(rooms: ReadonlySet<string> = new Set()): ReadonlySet<string> {
    const sets = [...rooms].map((room) => this.rooms.get(room) ?? new Set<string>());
    const [only] = sets;
    return only && sets.length === 1 ? only : new Set(sets.flatMap((ids) => [...ids]));
  }
}
