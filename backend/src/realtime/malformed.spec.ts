import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { WebSocket } from 'ws';
import { TestServer } from '../../test/server.js';
import { Journal } from '../journal/index.js';

const RANDOM_RUNS = 750;
/** What one connection may be left with after everything is collected. */
const MEMORY = 1.05;

const UUID = '3b241101-e2bb-4255-8caf-4136c566a962';
const SEND = `{"id":"${UUID}","text":"x","extra":1}`;
const DEEP = '['.repeat(20_000);

/** Packets of engine.io, nearly all with one of socket.io inside, that no client of ours sends. */
const HAND_MADE: readonly string[] = [
  ...[
    '',
    ' ',
    '4',
    '40',
    '41',
    '42',
    '43',
    '44',
    '45',
    '46',
    '47',
    '48',
    '49',
    '4x',
    '4\u0000',
    '9',
    'x',
    'b',
    'bAAAA',
    '0',
    '1x',
    '2',
    '3',
    '5',
    '6',
  ],
  ...[
    '40{',
    '40null',
    '40[]',
    '40"x"',
    '40/admin',
    '40/admin,',
    '40/__proto__,{}',
    '40{"__proto__":{"polluted":1}}',
    '41,',
    '41/x,',
  ],
  ...[
    '42[]',
    '42{}',
    '42null',
    '42"chat:send"',
    '42[1]',
    '42[null]',
    '42[["chat:send"]]',
    '42["chat:send"]',
    '42["chat:send",]',
    '42["chat:send"',
  ],
  ...[
    '42["connect"]',
    '42["disconnect"]',
    '42["error",{}]',
    '42["newListener",1]',
    '42["removeListener"]',
    '42["disconnecting"]',
    '42["__proto__",{}]',
    '42["constructor",{}]',
    '42["toString"]',
  ],
  ...[
    `420["chat:send",${SEND}]`,
    `42-1["chat:send",${SEND}]`,
    `4299999999999999999999["chat:send",${SEND}]`,
    `42["chat:send",${SEND},${SEND}]`,
  ],
  `420["chat:send",{"id":"${UUID}","text":{"__proto__":{"polluted":1}}}]`,
  `420["chat:send",{"__proto__":{"id":"${UUID}","text":"x"}}]`,
  `420["chat:send",{"constructor":{"prototype":{"polluted":1}},"id":"${UUID}","text":["x"]}]`,
  `420["chat:send",{"id":"${UUID}","text":"x","after":{"$gt":""}}]`,
  `420["product:add",{"id":"${UUID}","title":"x","price":1e400}]`,
  `420["product:add",{"id":"${UUID}","title":"x","price":"1"}]`,
  `420["feed:join",{"cursor":{"journal":"x","n":-1}}]`,
  `420["feed:join",{"cursor":{"journal":"../../etc/passwd","n":1e300,"command":[]}}]`,
  `420["search",{"query":"${'('.repeat(150)}","limit":1e9}]`,
  ...[
    '450-["x",{"_placeholder":true,"num":0}]',
    '451-["chat:send",{"_placeholder":true,"num":0}]',
    '459999999-["x"]',
    '45-1-[]',
    '451-["x",{"_placeholder":true,"num":5}]',
    '461-[{"_placeholder":true,"num":-1}]',
    '430[]',
    '43x',
    '431e3[{}]',
  ],
  ...[
    `42${DEEP}`,
    `420["chat:send",${DEEP}`,
    `420["chat:send",{"id":"${'x'.repeat(60_000)}"}]`,
    '4'.repeat(60_000),
    '\ud800',
    '42["\\ud800",{}]',
  ],
];

/** Pieces of packets in any order. No id is a UUID, so nothing of it can be a command. */
const anyPacket = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '4',
        '2',
        '0',
        '5',
        '1',
        '-',
        '["chat:send",',
        '["feed:join",',
        '{"id":"',
        '"}',
        ']',
        '[',
        '{',
        '}',
        '"__proto__":',
      ),
      fc.constantFrom('{"_placeholder":true,"num":0}', ',', 'null', '1e999', '/x,', '\u001e', 'b', '6', '420', '451-'),
      fc.string({ maxLength: 20 }),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** Frames as bytes on the wire: wrong lengths, reserved bits, no mask, controls in pieces. */
const RAW_FRAMES: readonly (readonly number[])[] = [
  [0x81, 0x05, 1, 2, 3, 4, 5],
  [0xf1, 0x80, 0, 0, 0, 0],
  [0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0x09, 0x80, 0, 0, 0, 0],
  [0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0],
  [0x80, 0x80, 0, 0, 0, 0],
  [0x83, 0x80, 0, 0, 0, 0],
  [0x88, 0x81, 0, 0, 0, 0, 1],
  [0x81, 0x84, 0, 0, 0, 0, 0xff, 0xfe, 0xfd, 0xfc],
  [0x01, 0x80, 0, 0, 0, 0, 0x81, 0x80, 0, 0, 0, 0],
  [0x0d, 0x0a, 0x0d, 0x0a],
];

describe('what no client of ours sends', () => {
  let server: TestServer;
  let cookie: string;
  let last: number;
  const prototype = JSON.stringify(Object.getOwnPropertyNames(Object.prototype).sort());
  beforeAll(async () => {
    server = await TestServer.start({ RATE_LIMITS: 'no' });
    const ana = await server.join('ana@acme.com');
    cookie = ana.cookie!;
    ({ n: last } = await ana.do('chat:send', { text: 'vorher' }));
  });
  afterAll(() => server.end());

  /** It answers, nothing was stored, and no prototype has got a property. */
  async function isUnharmed(): Promise<void> {
    const beto = await server.connect('beto@acme.com');
    expect((await beto.snapshot()).n).toBe(last);
    expect(server.get(Journal).ready).toBe(true);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype).sort())).toBe(prototype);
    beto.close();
  }

  /** Over one WebSocket: resolves when the server has handled it, or closed the connection. */
  async function byWebSocket(packet: string): Promise<void> {
    const url = `${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(url, { headers: { cookie } });
    const closed = new Promise<void>((resolve) => {
      socket.on('error', () => undefined).once('close', () => resolve());
    });
    const answered = new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => {
        const text = data.toString();
        if (text.startsWith('0')) socket.send('40');
        else if (text.startsWith('40')) {
          socket.send(packet);
          // Whatever that was, this is answered when it was handled, unless the connection is closed for it.
          socket.send('42777["chat:history",{"before":1,"limit":1}]');
        } else if (text.startsWith('43777')) resolve();
      });
    });
    await Promise.race([answered, closed]);
    socket.terminate();
    await closed;
  }

  /** By polling: the body of a request of a session that stands. */
  async function byPolling(packet: string): Promise<void> {
    const url = `${server.url}/socket.io/?EIO=4&transport=polling`;
    const { sid } = JSON.parse((await (await fetch(url, { headers: { cookie } })).text()).slice(1)) as { sid: string };
    const post = (body: string) =>
      fetch(`${url}&sid=${sid}`, { method: 'POST', body, headers: { cookie } }).catch(() => undefined);
    await post('40');
    await post(packet);
    await post('41');
    await post('1');
    // Whatever the server still wants to say: it would wait for somebody who asks.
    await fetch(`${url}&sid=${sid}`, { headers: { cookie } });
  }

  it.each([
    ['a WebSocket', byWebSocket],
    ['polling', byPolling],
  ])('does no harm by %s, made by hand', async (_transport, send) => {
    expect(HAND_MADE.length).toBeGreaterThanOrEqual(60);
    for (const packet of HAND_MADE) await send(packet);
    await isUnharmed();
  });

  it.each([
    ['a WebSocket', byWebSocket],
    ['polling', byPolling],
  ])('does no harm by %s, made by chance, and leaves no memory behind', async (_transport, send) => {
    const packets = fc.sample(anyPacket, RANDOM_RUNS);
    // What is made once, such as compiled code, counts before.
    for (const packet of packets.slice(0, 100)) await send(packet);
    const before = await heapBytes();

    for (const packet of packets) await send(packet);
    await isUnharmed();
    expect(await heapBytes()).toBeLessThan(before * MEMORY);
  });

  it('does no harm as bytes that are no frames', async () => {
    for (const bytes of RAW_FRAMES) {
      const stream = await upgraded(server.url, cookie);
      const closed = once(stream, 'close');
      stream.end(Buffer.from(bytes));
      await closed;
    }
    await isUnharmed();
  });

  it('holds no place when it begins to connect and never ends', async () => {
    const slow = await Promise.all(Array.from({ length: 300 }, () => upgraded(server.url, cookie)));
    const { hostname, port } = new URL(server.url);
    const slower = Array.from({ length: 100 }, () => connect(Number(port), hostname).on('error', () => undefined));
    for (const stream of slower) stream.write('GET / HTTP/1.1\r\nHost: ');

    const carla = await server.connect('carla@acme.com');
    expect((await carla.waitForMembers('ana@acme.com', 'carla@acme.com')).visitors).toBe(0);
    await isUnharmed();
    for (const stream of [...slow, ...slower]) stream.destroy();
  });

  it('does no harm over plain TCP: what is no HTTP is answered or closed', async () => {
    const { hostname, port } = new URL(server.url);
    for (const text of [
      '\0\0\0',
      'GET',
      'GET / HTTP/9.9\r\n\r\n',
      'POST /socket.io/ HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n',
      `GET /${'x'.repeat(40_000)} HTTP/1.1\r\n\r\n`,
    ]) {
      const stream = connect(Number(port), hostname);
      stream.on('error', () => undefined).resume();
      const closed = once(stream, 'close');
      stream.end(text);
      await closed;
    }
    await isUnharmed();
  });
});

/** A connection that the server takes for a WebSocket. */
async function upgraded(url: string, cookie: string): Promise<Socket> {
  const { hostname, port, host } = new URL(url);
  const stream = connect(Number(port), hostname);
  stream.on('error', () => undefined);
  stream.write(
    [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      `Host: ${host}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      `Cookie: ${cookie}`,
      '\r\n',
    ].join('\r\n'),
  );
  await once(stream, 'data');
  stream.resume();
  return stream;
}

/** What is in use after a collection: the least of some, because what has just been closed takes its turns to go. */
async function heapBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const samples: number[] = [];
  for (let count = 0; count < 10; count++) {
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    collect();
    samples.push(process.memoryUsage().heapUsed);
  }
  return Math.min(...samples);
}
