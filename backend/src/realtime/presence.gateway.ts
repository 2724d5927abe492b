import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { OnGatewayConnection, OnGatewayDisconnect, OnGatewayInit } from '@nestjs/websockets';
import { asyncScheduler, Subject, throttleTime } from 'rxjs';
import { Presence } from './presence.js';
import { RealtimeGateway } from './realtime-gateway.js';
import { memberRoom, OUTSIDE_ROOM, type RealtimeServer, type RealtimeSocket } from './socket.js';

/** For how long newcomers wait for one another when many come. */
const GATHER_MS = 250;

/** Logs who connects and disconnects (B12), and sends everybody the list of who is online (B9). */
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
  /** Ids of the sockets that have not got the list yet. */
  private newcomers: string[] = [];
  /** Ids of the sockets that were busy when the list changed, and get it later. */
  private busy: string[] = [];

  constructor(private readonly presence: Presence) {}

  afterInit(server: RealtimeServer): void {
    this.presence.changes.subscribe(() => {
      this.busy = busyAmong(server.sockets.sockets.values());
      // Lists must not pile up for somebody who reads slowly: only the newest counts.
      server.except([...this.newcomers, OUTSIDE_ROOM]).volatile.emit('presence', this.presence.now);
      this.tryAgainSoon();
    });
    this.arrivals.pipe(throttleTime(GATHER_MS, asyncScheduler, { leading: true, trailing: true })).subscribe(() => {
      // In one packet, encoded once: to a server that starts again everybody comes back, and each gets the whole list.
      if (this.newcomers.length > 0) server.to(this.newcomers).emit('presence', this.presence.now);
      this.newcomers = [];
      this.sendToBusy(server);
    });
  }

  private sendToBusy(server: RealtimeServer): void {
    const due = this.busy;
    if (due.length === 0) return;
    this.busy = busyAmong(due.flatMap((id) => server.sockets.sockets.get(id) ?? []));
    server.to(due).volatile.emit('presence', this.presence.now);
    this.tryAgainSoon();
  }

  private tryAgainSoon(): void {
    if (this.busy.length > 0) setTimeout(() => this.arrivals.next(), GATHER_MS).unref();
  }

  handleConnection(socket: RealtimeSocket): void {
    const { email, isOutside } = socket.data;
    this.logger.log(`${email ?? 'A visitor'} connected (${socket.id})`, {
      event: 'connected',
      by: email,
      socket: socket.id,
    });
    if (email) void socket.join(memberRoom(email));
    if (isOutside) void socket.join(OUTSIDE_ROOM);
    else this.newcomers.push(socket.id);
    this.presence.enter(email);
    this.arrivals.next();
  }

  handleDisconnect(socket: RealtimeSocket, reason?: string): void {
    const { email, left = false } = socket.data;
    const why = left ? 'left' : (reason ?? 'unknown');
    this.logger.log(`${email ?? 'A visitor'} disconnected (${socket.id}): ${why}`, {
      event: 'disconnected',
      by: email,
      socket: socket.id,
      reason: why,
    });
    this.presence.exit(email, left);
  }

  onApplicationShutdown(): void {
    this.arrivals.complete();
  }
}

/** Those who have not taken yet what was sent to them last: what is volatile passes them by. */
function busyAmong(sockets: Iterable<RealtimeSocket>): string[] {
  return [...sockets].filter(({ conn, data }) => !data.isOutside && !conn.transport.writable).map(({ id }) => id);
}
