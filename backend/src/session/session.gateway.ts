import { type OnGatewayConnection, type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { RealtimeServer, RealtimeSocket } from '../realtime/socket.js';
import { Sessions } from './sessions.js';

/** How long a connection may take to hand over what was sent to it, before it is cut off. */
const CLOSING_MS = 500;

/** Closes the sockets of a session that has ended; their page comes back as a visitor. */
@WebSocketGateway()
export class SessionGateway implements OnGatewayInit<RealtimeServer>, OnGatewayConnection<RealtimeSocket> {
  constructor(private readonly sessions: Sessions) {}

  afterInit(server: RealtimeServer): void {
    this.sessions.ends.subscribe(({ session }) => {
      for (const socket of server.sockets.sockets.values()) if (socket.data.session === session) close(socket);
    });
  }

  /** The session may have ended while the handshake was under way. */
  handleConnection(socket: RealtimeSocket): void {
    const { email, session } = socket.data;
    if (email && session && !this.sessions.isOpen({ email, session })) close(socket);
  }
}

function close(socket: RealtimeSocket): void {
  // From here on nothing of it is handled, and nothing is sent to it, however long the connection takes to close.
  socket.data.left = true;
  for (const room of socket.rooms) void socket.leave(room);
  // Not `disconnect()`: that would stop the client's automatic reconnection.
  socket.conn.close();
  setTimeout(() => socket.conn.close(true), CLOSING_MS).unref();
}
