import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { Server, Socket } from 'socket.io';
import { type Identity, Sessions } from './sessions.js';

type Data = Partial<Identity> & { left?: boolean };

/** Closes the sockets of a session that its member left; their page comes back as a visitor. */
@WebSocketGateway()
export class SessionGateway implements OnGatewayInit<Server<object, object, object, Data>> {
  constructor(private readonly sessions: Sessions) {}

  afterInit(server: Server<object, object, object, Data>): void {
    this.sessions.left.subscribe((session) => {
      for (const socket of server.sockets.sockets.values()) if (socket.data.session === session) close(socket);
    });
  }
}

function close(socket: Socket<object, object, object, Data>): void {
  socket.data.left = true;
  // Not `disconnect()`: that would stop the client's automatic reconnection.
  socket.conn.close();
}
