/**
 * The server of the socket.io tutorial (steps "Server delivery" and "Client delivery", socket.io/docs/v4/tutorial): a row
 * for each message, unique by the client's own offset; a client that reconnects sends the number of the last row it received
 * and gets the rows after it. What the tutorial leaves to the reader is written in the same style.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Server } from 'socket.io';

const database = new DatabaseSync(join(process.env['DATA_DIR'] ?? '.', 'chat.db'));
database.exec(
  'CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY AUTOINCREMENT, client_offset TEXT UNIQUE, content TEXT)',
);
const insert = database.prepare('INSERT INTO messages (content, client_offset) VALUES (?, ?)');
const after = database.prepare('SELECT id, content FROM messages WHERE id > ? ORDER BY id');

const http = createServer();
const io = new Server(http, { connectionStateRecovery: {} });

io.on('connection', (socket) => {
  socket.on('chat message', (content: string, offset: string, callback: () => void) => {
    let id: number | bigint;
    try {
      id = insert.run(content, offset).lastInsertRowid;
    } catch (error) {
      // SQLITE_CONSTRAINT_UNIQUE: the message was inserted before, so the acknowledgement stops the retries of the client.
      if (error instanceof Error && error.message.includes('UNIQUE')) callback();
      return;
    }
    io.emit('chat message', content, Number(id));
    callback();
  });
  if (socket.recovered) return;
  const { serverOffset = 0 } = socket.handshake.auth as { readonly serverOffset?: number };
  for (const { id, content } of after.all(serverOffset) as { id: number; content: string }[])
    socket.emit('chat message', content, id);
});

http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`The tutorial is at http://127.0.0.1:${(http.address() as AddressInfo).port}\n`);
});
