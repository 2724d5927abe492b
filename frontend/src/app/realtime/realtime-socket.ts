import { Service, inject, type EnvironmentProviders } from '@angular/core';
import type { Ack, ClientEvents, Data, Payload, Presence, RequestName, ServerEvents } from 'backend/contract';
import { Socket, provideSocketIo } from 'ngx-socket-io';
import { map, merge, share, type Observable } from 'rxjs';
import type { ManagerOptions, SocketOptions } from 'socket.io-client';
import { growingDelay } from './growing-delay';
import { UNANSWERED, type FeedPacket, type Requester } from './requester';

const options: Partial<ManagerOptions & SocketOptions> = {
  // Opened by `open`, when everybody listens: no first `connect` and no first packet can be missed.
  autoConnect: false,
  // ms. A commit that waits for a slow disk takes less; a connection that died without a word takes forever.
  ackTimeout: 10_000,
  // WebSocket at once, without the round trips of an upgrade; polling only where a proxy lets nothing else through.
  transports: ['websocket', 'polling'],
  tryAllTransports: true,
  // ms, growing, and spread so that a restarted server does not meet everybody in one second.
  reconnectionDelay: 500,
  reconnectionDelayMax: 5_000,
  randomizationFactor: 0.5,
};

/** The socket of the page, to the server that served it. */
export function provideRealtime(): EnvironmentProviders {
  return provideSocketIo({ url: '', options });
}

/** `emitWithAck` with one generic signature: a type parameter does not get through socket.io's conditional types. */
interface Asking {
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

  /** Connects, and from then on comes back by itself. Called once, when everybody listens. */
  open(): void {
    this.socket.on('disconnect', (reason) => {
      if (reason === 'io server disconnect') this.comeBack();
    });
    // Refused by the server: socket.io gives up then, and says so by `active`. Otherwise it tries again itself.
    this.socket.on('connect_error', () => {
      if (!this.socket.active) this.comeBack();
    });
    this.socket.connect();
  }

  /** Closes and connects again, so that the handshake carries the cookie as it is now. */
  reopen(): void {
    this.socket.disconnect();
    this.socket.connect();
  }

  async request<Name extends RequestName>(name: Name, payload: Payload<Name>): Promise<Ack<Data<Name>>> {
    // socket.io would keep it and send it after the next connect, beside what the outbox sends then.
    if (!this.socket.connected) return UNANSWERED;
    try {
      return await this.asking.emitWithAck(name, payload);
    } catch {
      // emitWithAck rejects when its time is over and when the connection is cut: both happen to any network.
      return UNANSWERED;
    }
  }

  /** Tells the others that this member types, if it can be sent at once; nobody answers. */
  tellTyping(): void {
    if (this.socket.connected) this.socket.volatile.emit('chat:typing', {});
  }

  private comeBack(): void {
    // The server closed on purpose, so there is no hurry: a fixed step instead of a count that each connect resets.
    setTimeout(() => this.socket.connect(), growingDelay(2));
  }
}
