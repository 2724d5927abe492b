/**
 * The servers to compare with, run as `tsx baselines.ts <kind> [number of earlier messages]`: none of them stores anything.
 *
 * - `socket.io`: acknowledges and does `io.emit` for each message; whoever joins is answered and in a room;
 * - `ws`: sends one prebuilt frame for each message to each client;
 * - `ws-batched`: one prebuilt frame for all messages of a turn of the event loop.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { type WebSocket, WebSocketServer } from 'ws';

const http = createServer();
/** All records, for clients that reconnect; the program's argument is the number of those before its start. */
const records: object[] = [];

interface Join {
  readonly cursor: { readonly n: number } | null;
}

function record(payload: object): object {
  const created = {
    n: records.length + 1,
    at: new Date().toISOString(),
    by: 'ana@acme.com',
    type: 'message-posted',
    ...payload,
  };
  records.push(created);
  return created;
}

const KINDS: Readonly<Record<string, () => void>> = {
  'socket.io': () => {
    const io = new Server(http, { perMessageDeflate: false });
    io.on('connection', (socket) => {
      socket.on('feed:join', ({ cursor }: Join, answer: (ack: object) => void) => {
        void socket.join('feed');
        const { length: n } = records;
        answer({ ok: true, data: { mode: 'resumed', journal: 'none', n, records: records.slice(cursor?.n ?? n) } });
      });
      socket.on('chat:send', (payload: object, answer: (ack: object) => void) => {
        const posted = record(payload);
        answer({ ok: true, data: { n: records.length } });
        io.emit('feed', { records: [posted] });
      });
    });
  },
  ws: () => {
    listen((payload) => broadcast([record(payload)]));
  },
  'ws-batched': () => {
    let batch: object[] = [];
    listen((payload) => {
      if (batch.length === 0) {
        setImmediate(() => {
          broadcast(batch);
          batch = [];
        });
      }
      batch.push(record(payload));
    });
  },
};

const sockets = new Set<WebSocket>();

function listen(post: (payload: object) => void): void {
  new WebSocketServer({ server: http, perMessageDeflate: false }).on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('message', (data: Buffer) => {
      const line = data.toString();
      const space = line.indexOf(' ');
      socket.send(`a${line.slice(0, space)}`);
      post(JSON.parse(line.slice(space + 1)) as object);
    });
  });
}

/** Builds the frame once and writes the same bytes to every socket, without the work that `ws` does for each send. */
function broadcast(records: readonly object[]): void {
  const payload = Buffer.from(JSON.stringify(['feed', { records }]));
  const frame = Buffer.concat([header(payload.length), payload]);
  for (const socket of sockets) streamOf(socket)?.write(frame);
}

/** The start of an unmasked text frame (RFC 6455, 5.2). */
function header(length: number): Buffer {
  if (length < 126) return Buffer.from([0x81, length]);
  if (length < 65_536) return Buffer.from([0x81, 126, length >> 8, length & 0xff]);
  const large = Buffer.alloc(10);
  large.writeUInt16BE(0x817f);
  large.writeBigUInt64BE(BigInt(length), 2);
  return large;
}

function streamOf(socket: WebSocket): NodeJS.WritableStream | undefined {
  return Reflect.get(socket, '_socket') as NodeJS.WritableStream | undefined;
}

KINDS[process.argv[2] ?? '']?.();
for (let said = 0; said < Number(process.argv[3] ?? 0); said++)
  record({ id: randomUUID(), text: `message ${said + 1}` });
http.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(http.address() as AddressInfo).port}\n`);
});
process.on('SIGTERM', () => process.exit(0));
