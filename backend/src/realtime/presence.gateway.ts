import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { OnGatewayConnection, OnGatewayDisconnect, OnGatewayInit } from '@nestjs/websockets';
import { asyncScheduler, Subject, throttleTime } from 'rxjs';
import { Presence } from './presence.js';
import { RealtimeGateway } from './realtime-gateway.js';
import type { RealtimeServer, RealtimeSocket } from './socket.js';

/** Milliseconds for which newcomers wait for one another when many come. */
const GATHER = 250;

/** Who connects and disconnects: logged (B12), and told to everybody (B9). */
@RealtimeGateway()
export class PresenceGateway
  implements
    OnGatewayInit<RealtimeServer>,
    OnGatewayConnection<RealtimeSocket>,
    OnGatewayDisconnect<RealtimeSocket>,
    OnApplicationShutdown
{
  private readonly logger = new Logger(PresenceGateway.name);
  private readonly arrivals = new Subject<void>();
  /** Ids of the sockets that have not been told yet who is here. */
  private newcomers: string[] = [];
  /** Ids of the sockets that were busy when something changed, and are told again. */
  private busy: string[] = [];

  constructor(private readonly presence: Presence) {}

  afterInit(server: RealtimeServer): void {
    this.presence.changes.subscribe(() => {
      this.busy = busyAmong(server.sockets.sockets.values());
      // Pictures of who is here must not pile up for somebody who reads slowly: only the newest counts.
      server.except(this.newcomers).volatile.emit('presence', this.presence.now);
      this.lookAgain();
    });
    this.arrivals.pipe(throttleTime(GATHER, asyncScheduler, { leading: true, trailing: true })).subscribe(() => {
      // In one packet, encoded once: a server that starts again meets everybody, each to be told of everybody.
      if (this.newcomers.length > 0) server.to(this.newcomers).emit('presence', this.presence.now);
      this.newcomers = [];
      this.tellBusy(server);
    });
  }

  private tellBusy(server: RealtimeServer): void {
    const due = this.busy;
    if (due.length === 0) return;
    this.busy = busyAmong(due.flatMap((id) => server.sockets.sockets.get(id) ?? []));
    server.to(due).volatile.emit('presence', this.presence.now);
    this.lookAgain();
  }

  private lookAgain(): void {
    if (this.busy.length > 0) setTimeout(() => this.arrivals.next(), GATHER).unref();
  }

  handleConnection(socket: RealtimeSocket): void {
    const { email } = socket.data;
    this.logger.log(`${email ?? 'A visitor'} connected (${socket.id})`);
    this.newcomers.push(socket.id);
    this.presence.enter(email);
    this.arrivals.next();
  }

  handleDisconnect(socket: RealtimeSocket, reason?: string): void {
    const { email, left = false } = socket.data;
    this.logger.log(`${email ?? 'A visitor'} disconnected (${socket.id}): ${left ? 'left' : (reason ?? 'unknown')}`);
    this.presence.exit(email, left);
  }

  onApplicationShutdown(): void {
    this.arrivals.complete();
  }
}

/** Those who have not taken yet what was sent to them last: what is volatile passes them by. */
function busyAmong(sockets: Iterable<RealtimeSocket>): string[] {
  return [...sockets].filter(({ conn }) => !conn.transport.writable).map(({ id }) => id);
}
