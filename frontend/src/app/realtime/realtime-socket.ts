import { Service, inject, type EnvironmentProviders } from '@angular/core';
import {
  COMMANDS,
  type Ack,
  type Alert,
  type ClientEvents,
  type Data,
  type Follows,
  type Mark,
  type Payload,
  type Presence,
  type RequestName,
  type SeeAlerts,
  type ServerEvents,
} from 'backend/contract';
import { Socket, provideSocketIo } from 'ngx-socket-io';
import { filter, map, merge, share, type Observable } from 'rxjs';
import type { ManagerOptions, SocketOptions } from 'socket.io-client';
import { growingDelay } from './growing-delay';
import { UNANSWERED, type FeedPacket, type Requester } from './requester';

const options: Partial<ManagerOptions & SocketOptions> = {
  // Opened by `open`, when all listeners are there: no first `connect` and no first packet can be missed.
  autoConnect: false,
  // WebSocket at once, without the round trips of an upgrade; polling only where a proxy allows nothing else.
  transports: ['websocket', 'polling'],
  tryAllTransports: true,
  // ms, growing and randomized, so that not all pages connect to a restarted server in the same second. No more than two seconds
  // after an update that takes three everybody is back, within the five that people do not mind.
  reconnectionDelay: 500,
  reconnectionDelayMax: 2_000,
  randomizationFactor: 0.5,
};

/** ms. A commit on a slow disk takes less; a connection that broke without a notice would take forever. */
const COMMAND_LIMIT_MS = 10_000;
/**
 * ms. An answer to a read has up to `LIMITS.pageBytes`, and the limit counts its transfer too: one that makes progress must not
 * be given up. On a connection that carries nothing the heartbeat fails long before.
 */
const READ_LIMIT_MS = 60_000;

/** The socket of the page, to the server that served it. */
export function provideRealtime(): EnvironmentProviders {
  return provideSocketIo({ url: '', options });
}

/** `emitWithAck` with one generic signature: a type parameter is lost in socket.io's conditional types. */
interface Asking {
  /** How long the next request waits for its answer, in ms. */
  timeout(limit: number): Asking;
  emitWithAck<Name extends RequestName>(name: Name, payload: Payload<Name>): Promise<Ack<Data<Name>>>;
}

/**
 * socket.io, typed by the contract. The only place that knows ngx-socket-io, whose `fromEvent` leaks a listener when it
 * is called twice for one event: hence one field for each.
 */
@Service()
export class RealtimeSocket implements Requester {
  private readonly socket = inject<Socket<ServerEvents, ClientEvents>>(Socket);
  private readonly asking = inject<Asking>(Socket);

  /** Each change: true after `connect`, false after `disconnect`. */
  readonly connected: Observable<boolean> = merge(
    this.socket.fromEvent('connect').pipe(map(() => true)),
    this.socket.fromEvent('disconnect').pipe(map(() => false)),
  ).pipe(share());
  readonly feed: Observable<FeedPacket> = this.socket.fromEvent('feed');
  readonly presence: Observable<Presence> = this.socket.fromEvent('presence');
  readonly typing: Observable<{ readonly by: string }> = this.socket.fromEvent('chat:typing');

  /** What this member follows, as another of the member's connections set it. */
  readonly follows: Observable<Follows> = this.socket.fromEvent('follows');
  readonly alerts: Observable<Alert> = this.socket.fromEvent('alert');
  /** Up to where the member has seen alerts on another device. */
  readonly alertsSeen: Observable<SeeAlerts> = this.socket.fromEvent('alerts-seen');

  /** How far this member has read on another device, each time that changes. */
  private readonly anyMark: Observable<Mark> = this.socket.fromEvent('mark');
  readonly marks = this.anyMark.pipe(filter(({ of }) => of !== 'visit'));
  /** Up to where the member has caught up, as another of the member's connections set it. */
  readonly visits = this.anyMark.pipe(filter(({ of }) => of === 'visit'));

  /** Connects, and from then on reconnects by itself. Called once, when all listeners are there. */
  open(): void {
    this.socket.on('disconnect', (reason) => {
      if (reason === 'io server disconnect') this.reconnect();
    });
    // Refused by the server: socket.io does not try again then, and `active` is false. Otherwise it tries again itself.
    this.socket.on('connect_error', () => {
      if (!this.socket.active) this.reconnect();
    });
    this.socket.connect();
  }

  /** Closes and connects again, so that the handshake carries the cookie as it is now. */
  reopen(): void {
    this.socket.disconnect();
    this.socket.connect();
  }

  async request<Name extends RequestName>(name: Name, payload: Payload<Name>): Promise<Ack<Data<Name>>> {
    // socket.io would buffer it and send it after the next connect, beside what the outbox sends then.
    if (!this.socket.connected) return UNANSWERED;
    try {
      const limit = name in COMMANDS ? COMMAND_LIMIT_MS : READ_LIMIT_MS;
      return await this.asking.timeout(limit).emitWithAck(name, payload);
    } catch {
      // emitWithAck rejects after its time limit and when the connection is cut: both happen on any network.
      return UNANSWERED;
    }
  }

  /** Notifies the others that this member types, if that can be sent at once; it has no answer. */
  notifyTyping(): void {
    if (this.socket.connected) this.socket.volatile.emit('chat:typing', {});
  }

  private reconnect(): void {
    // The server closed the connection on purpose, so a fixed delay is enough, without a count that each connect resets.
    setTimeout(() => this.socket.connect(), growingDelay(2));
  }
}
