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

  constructor(private readonly presence: Presence) {}

  afterInit(server: RealtimeServer): void {
    this.presence.changes.subscribe(() => {
      this.newcomers = [];
      server.emit('presence', this.presence.now);
    });
    this.arrivals.pipe(throttleTime(GATHER, asyncScheduler, { leading: true, trailing: true })).subscribe(() => {
      // In one packet, encoded once: a server that starts again meets everybody, each to be told of everybody.
      if (this.newcomers.length > 0) server.to(this.newcomers).emit('presence', this.presence.now);
      this.newcomers = [];
    });
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
