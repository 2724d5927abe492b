import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { type Client, identify } from '../../test/client.js';
import { leave } from '../../test/leave.js';
import { TestServer } from '../../test/server.js';
import { LIMITS } from '../contract/index.js';

const refusedAs = (code: string) => ({ ok: false, error: { code, message: expect.any(String), retry: false } });

/** What other programs send, and what ends other servers. */
const NO_PAYLOADS: [string, unknown[]][] = [
  ['nothing', []],
  ['null', [null]],
  ['undefined', [undefined]],
  ['an empty array', [[]]],
  ['an array of payloads', [[{ id: randomUUID(), text: 'hola' }]]],
  ['a string', ['hola']],
  ['a number', [5]],
  ['a boolean', [true]],
  [
    'two payloads',
    [
      { id: randomUUID(), text: 'hola' },
      { id: randomUUID(), text: 'hola' },
    ],
  ],
  ['bytes', [Buffer.from('hola')]],
];

describe('a socket', () => {
  let server: TestServer;
  let ana: Client;
  let beto: Client;
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
    beto = await server.join('beto@acme.com');
  });
  afterEach(async () => {
    // After any invalid input: a valid command works, and only that one was broadcast.
    const { n } = await ana.do('chat:send', { text: 'sigo aquí' });
    await beto.waitForRecord(n);
    expect(beto.received).toMatchObject([{ n: 1, text: 'sigo aquí' }]);
    await server.end();
  });

  it.each(NO_PAYLOADS)('that sends %s gets one answer: INVALID', async (_, args) => {
    const answers = countAnswers(ana);

    expect(await ana.raw('chat:send', ...args)).toMatchObject(refusedAs('INVALID'));

    await ana.roundTrip();
    // The second is that of `settle`.
    expect(answers()).toBe(2);
  });

  it.each(NO_PAYLOADS)('that sends %s and no callback gets no answer', async (_, args) => {
    const answers = countAnswers(ana);

    emit(ana, 'chat:send', ...args);

    await ana.roundTrip();
    expect(answers()).toBe(1);
  });

  it.each([
    ['an empty object', {}],
    ['a key of the protocol', { id: randomUUID(), text: 'hola', event: 'feed', data: {} }],
    ['a key that nobody knows', { id: randomUUID(), text: 'hola', admin: true }],
    ['an id without a text', { id: randomUUID() }],
  ])('that sends %s gets one answer: INVALID', async (_, payload) => {
    const answers = countAnswers(ana);

    expect(await ana.raw('chat:send', payload)).toMatchObject(refusedAs('INVALID'));

    await ana.roundTrip();
    expect(answers()).toBe(2);
  });

  it('that sends something else than a callback at the end gets no answer', async () => {
    emit(ana, 'chat:send', { id: randomUUID(), text: 'hola' }, 'no soy una función');
    emit(ana, 'chat:send', { id: randomUUID(), text: 'hola' }, { call: 'me' });
    emit(ana, 'chat:send', { id: randomUUID(), text: 'hola' }, null);

    await ana.roundTrip();
  });

  it.each(['nope', 'chat:nope', 'CHAT:SEND', 'error', 'message', 'feed', 'presence', '__proto__', 'toString', ''])(
    'that asks for %j, which is no request, gets one answer: INVALID',
    async (name) => {
      const answers = countAnswers(ana);

      expect(await ana.raw(name, { id: randomUUID(), text: 'hola' })).toMatchObject(refusedAs('INVALID'));
      emit(ana, name, { id: randomUUID(), text: 'hola' });

      await ana.roundTrip();
      expect(answers()).toBe(2);
    },
  );

  it.each(['__proto__', 'constructor', 'prototype'])('changes nothing but its own request with %s', async (key) => {
    const json = `{"before":1,"limit":1,"${key}":{"limit":100,"polluted":true,"prototype":{"polluted":true}}}`;

    await ana.raw('chat:history', JSON.parse(json));

    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each(['2', '2999', '3', '3999[]'])('that sends %s, which names no request, is passed over', async (packet) => {
    const { id } = ana.socket;

    ana.socket.io.engine.send(packet);

    await ana.roundTrip();
    expect(ana.socket.id).toBe(id);
  });

  it.each([
    ['objects', '{"a":'.repeat(8_000) + '1' + '}'.repeat(8_000)],
    ['arrays', '['.repeat(30_000) + ']'.repeat(30_000)],
  ])('that sends %s in each other without end is refused', async (_, json) => {
    const answer = new Promise((resolve) => {
      ana.socket.io.engine.on('packet', ({ type, data }) => {
        if (type === 'message' && String(data).startsWith('3')) resolve(data);
      });
    });

    ana.socket.io.engine.send(`2999["chat:history",${json}]`);

    expect(await answer).toContain('"ok":false');
    // Too deep for the recursion of the checks: a defect by name, but one request's only.
    server.log.errors.splice(0);
  });

  it('that sends a packet over the limit is closed, and comes back', async () => {
    const back = comesBack(ana);

    emit(ana, 'chat:send', { id: randomUUID(), text: 'x'.repeat(LIMITS.packetBytes) });

    await back;
  });

  it.each(['', '2{', '2["connect",1]', '2["disconnect"]', '2{"a":1}', '5["a"]', '9'])(
    'that sends %j, which is no packet, is closed, and comes back',
    async (packet) => {
      const back = comesBack(ana);

      ana.socket.io.engine.send(packet);

      await back;
    },
  );
});

describe('a socket that has just connected', () => {
  let server: TestServer;
  beforeEach(async () => (server = await TestServer.start()));
  afterEach(() => server.end());

  it.each(['websocket', 'polling'] as const)('loses nothing that it sends at once, by %s', async (transport) => {
    const beto = await server.join('beto@acme.com');
    const cookie = await identify(server.url, 'ana@acme.com');
    const socket = io(server.url, { transports: [transport], forceNew: true, extraHeaders: { cookie } });
    // Before it is connected: socket.io keeps it and sends it on `connect`.
    const early: Promise<unknown> = socket.emitWithAck('chat:send', { id: randomUUID(), text: 'antes' });
    const prompt = new Promise((resolve) => {
      socket.on('connect', () => {
        socket.emit('chat:send', { id: randomUUID(), text: 'enseguida' }, resolve);
      });
    });

    expect(await Promise.all([early, prompt])).toMatchObject([{ ok: true }, { ok: true }]);

    await beto.waitForRecord(2);
    const texts = beto.received.map((record) => record.type === 'message-posted' && record.text);
    expect(texts.toSorted()).toEqual(['antes', 'enseguida']);
    await leave(socket);
  });
});

/** Sends anything at all, without a callback. */
function emit(client: Client, name: string, ...args: unknown[]): void {
  (client.socket as { emit(name: string, ...args: unknown[]): void }).emit(name, ...args);
}

/** Waits until somebody has lost the connection and has a new one. */
function comesBack({ socket }: Client): Promise<void> {
  return new Promise((resolve) => {
    socket.once('disconnect', () => socket.once('connect', resolve));
  });
}

/** Counts the acknowledgements that arrive from now on, expected or not. */
function countAnswers(client: Client): () => number {
  let count = 0;
  client.socket.io.engine.on('packet', ({ type, data }) => {
    if (type === 'message' && /^3\d+\[/.test(String(data))) count++;
  });
  return () => count;
}
