import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';
import { FileRecordStore } from '../journal/file/file-record-store.js';
import { FeedGateway } from './feed.gateway.js';
import { RequestDispatcher } from './request-dispatcher.js';
import type { RealtimeServer } from './socket.js';

/** Queries that one socket may have unanswered. */
const MAX_UNANSWERED = 64;

let io: RealtimeServer | undefined;
let server: TestServer;
let ana: Client;
beforeEach(async () => {
  const { afterInit } = FeedGateway.prototype;
  jest.spyOn(FeedGateway.prototype, 'afterInit').mockImplementation(function (this: FeedGateway, started) {
    io = started;
    afterInit.call(this, started);
  });
  // What a flood does that is let through.
  server = await TestServer.start({ RATE_LIMITS: 'no' });
  ana = await server.connect('ana@acme.com');
});
afterEach(async () => {
  await server.end();
  jest.restoreAllMocks();
});

it('disconnects who asks and asks and never reads the answers, before they fill the memory', async () => {
  const conn = io!.sockets.sockets.get(ana.socket.id!)!.conn;
  // As when the kernel takes no more: everything waits in the memory of the server.
  conn.transport.writable = false;
  const closed = new Promise<void>((resolve) => {
    conn.once('close', () => resolve());
  });
  const back = new Promise<void>((resolve) => {
    ana.socket.once('disconnect', () => ana.socket.once('connect', resolve));
  });
  let waiting = 0;
  conn.on('packetCreate', () => waiting++);

  for (let count = 0; count < 20_000; count++) ana.socket.emit('chat:send', { id: '', text: '' }, () => undefined);

  await closed;
  expect(waiting).toBeLessThan(15_000);
  await back;
  expect(server.log.lines).toContain('ana@acme.com is disconnected because it reads too slowly');
  await ana.do('chat:send', { text: 'hola' });
});

it('lets the others have their turn while one connection sends as fast as it can', async () => {
  const beto = await server.connect('beto@acme.com');
  const handled: string[] = [];
  const { dispatch } = RequestDispatcher.prototype;
  jest.spyOn(RequestDispatcher.prototype, 'dispatch').mockImplementation(function (this: RequestDispatcher, ...all) {
    handled.push(all[0].data.email!);
    dispatch.apply(this, all);
  });

  for (let count = 0; count < 20_000; count++) ana.socket.emit('chat:typing', {});
  await beto.roundTrip();

  expect(handled.indexOf('beto@acme.com')).toBeLessThan(1_000);
  await ana.roundTrip();
  expect(handled.filter((email) => email === 'ana@acme.com')).toHaveLength(20_001);
});

it('answers some queries at once, and the rest with a refusal that says to try again', async () => {
  for (let count = 0; count < 3; count++) await ana.do('chat:send', { text: 'hola' });
  const gate = Promise.withResolvers<undefined>();
  const { read } = FileRecordStore.prototype;
  jest.spyOn(FileRecordStore.prototype, 'read').mockImplementation(async function (this: FileRecordStore, ...range) {
    await gate.promise;
    return read.apply(this, range);
  });
  const ask = () => ana.ask('chat:history', { before: 3, limit: 2 });
  const some = Array.from({ length: MAX_UNANSWERED }, ask);
  for (let count = 0; count < 3; count++) {
    expect(await ask()).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED', retry: true } });
  }
  // Commands are counted elsewhere, and those of others not at all.
  await ana.do('chat:send', { text: 'hola' });
  const others = (await server.connect('beto@acme.com')).ask('chat:history', { before: 3, limit: 2 });

  gate.resolve(undefined);
  const answers = [...(await Promise.all(some)), await others, await ask()];
  expect(answers).toEqual(answers.map(() => ({ ok: true, data: expect.objectContaining({ more: false }) })));
});
