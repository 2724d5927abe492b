import { Logger } from '@nestjs/common';
import type { OnGatewayConnection, OnGatewayDisconnect, OnGatewayInit } from '@nestjs/websockets';
import { Presence } from './presence.js';
import { RealtimeGateway } from './realtime-gateway.js';
import type { RealtimeServer, RealtimeSocket } from './socket.js';

/** Who connects and disconnects: logged (B12), and told to everybody (B9). */
@RealtimeGateway()
export class PresenceGateway
  implements OnGatewayInit<RealtimeServer>, OnGatewayConnection<RealtimeSocket>, OnGatewayDisconnect<RealtimeSocket>
{
  private readonly logger = new Logger(PresenceGateway.name);

  constructor(private readonly presence: Presence) {}

  afterInit(server: RealtimeServer): void {
    this.presence.changes.subscribe(() => server.emit('presence', this.presence.now));
  }

  handleConnection(socket: RealtimeSocket): void {
    const { email } = socket.data;
    this.logger.log(`${email ?? 'A visitor'} connected (${socket.id})`);
    this.presence.enter(email);
    socket.emit('presence', this.presence.now);
  }

  handleDisconnect(socket: RealtimeSocket, reason?: string): void {
    const { email, left = false } = socket.data;
    this.logger.log(`${email ?? 'A visitor'} disconnected (${socket.id}): ${left ? 'left' : (reason ?? 'unknown')}`);
    this.presence.exit(email, left);
  }
}
