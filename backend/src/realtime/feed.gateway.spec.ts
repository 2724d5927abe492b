import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { type Ack, LIMITS, type Resumed, type Snapshot } from '../contract/index.js';
import type { Client } from '../../test/client.js';
import { cursorAt } from '../../test/cursor.js';
import { TestServer } from '../../test/server.js';
import { FeedGateway } from './feed.gateway.js';
import { evictions } from './measured.js';
import { OpenSockets } from './open-sockets.js';
import type { RealtimeServer } from './socket.js';

describe('the feed', () => {
  let server: TestServer;
  let ana: Client;
  let beto: Client;
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
    beto = await server.join('beto@acme.com');
  });
  afterEach(() => server.end());

  const at = (n: number) => cursorAt(server, n);

  it('begins empty', async () => {
    expect(await ana.join(null)).toEqual({
      mode: 'snapshot',
      journal: expect.stringMatching(/^[0-9a-f-]{36}$/),
      n: 0,
      products: [],
      messages: [],
      more: false,
      // Ana is a member, has not read anything, and has nothing to catch up with.
      mark: 0,
      visit: { n: 0, at: expect.any(String) },
    });
  });

  it('begins with everything as it is for somebody new', async () => {
    const { product } = await ana.do('product:add', { title: 'Taza', price: 3 });
    await say(ana, LIMITS.snapshotMessages + 1);

    const snapshot = await (await server.connect()).snapshot();

    expect(snapshot).toMatchObject({ n: LIMITS.snapshotMessages + 2, products: [product], more: true });
    expect(snapshot.messages.map(({ n }) => n)).toEqual(range(3, LIMITS.snapshotMessages + 2));
  });

  it('says nothing to those who have not joined', async () => {
    const carla = await server.connect('carla@acme.com');

    await say(ana, 3);
    await carla.do('chat:send', { text: 'yo también' });

    await carla.roundTrip();
    expect(carla.packets).toBe(0);
  });

  it('reaches the sender as well, after the acknowledgement', async () => {
    const events: string[] = [];
    const id = randomUUID();
    await new Promise<void>((resolve) => {
      ana.socket.on('feed', () => {
        events.push('feed');
        resolve();
      });
      ana.socket.emit('chat:send', { id, text: 'hola' }, () => events.push('ack'));
    });

    expect(events).toEqual(['ack', 'feed']);
    expect(ana.received).toMatchObject([{ id }]);
  });

  it('sends what is stored together as one packet, in order and without gaps', async () => {
    await say(ana, 300);

    await beto.waitForRecord(300);
    expect(beto.received.map(({ n }) => n)).toEqual(range(1, 300));
    expect(beto.packets).toBeLessThan(150);
  });

  it('sends a lone change at once', async () => {
    await ana.do('chat:send', { text: 'uno' });
    await beto.roundTrip();
    await ana.do('chat:send', { text: 'dos' });
    await beto.roundTrip();

    expect(beto.packets).toBe(2);
  });

  describe('for somebody who comes back', () => {
    it.each([0, 1, 7])('has the %i records that were missed', async (missed) => {
      const { journal } = await beto.snapshot();
      await say(ana, 10);

      const answer = await (await server.connect()).join(await at(10 - missed));

      expect(answer).toMatchObject({ mode: 'resumed', journal, n: 10 });
      expect(numbers(answer)).toEqual(range(11 - missed, 10));
    });

    it('is the same for all who missed the same, and never as it was before the newest record', async () => {
      for (let n = 1; n <= 12; n++) {
        await say(ana, 1);
        for (const client of [ana, beto]) {
          expect(numbers(await client.join(await at(0)))).toEqual(range(1, n));
          expect(numbers(await client.join(await at(n)))).toEqual([]);
          expect((await client.snapshot()).messages.map((message) => message.n)).toEqual(range(1, n));
        }
      }
    });

    it('has the records that were missed over a restart', async () => {
      await say(ana, 5);
      const { journal } = await beto.snapshot();
      const received = [...beto.received];
      await server.restart();
      const back = await server.connect('beto@acme.com');

      const records = received.slice(3);
      const visit = { n: 0, at: expect.any(String) };
      expect(await back.join(await at(3))).toEqual({ mode: 'resumed', journal, n: 5, records, mark: 0, visit });

      await back.do('chat:send', { text: 'sigue' });
      await back.roundTrip();
      expect(back.received.map(({ n }) => n)).toEqual([6]);
    });

    it('is everything when more was missed than a client may catch up with', async () => {
      const total = LIMITS.resumeRecords + 5;
      await say(ana, total);
      const back = await server.connect();

      const longest = await back.join(await at(5));
      expect(numbers(longest)).toEqual(range(6, total));
      expect(await back.join(await at(4))).toMatchObject({ mode: 'snapshot', n: total });

      await server.restart();
      const after = await server.connect();
      expect(numbers(await after.join(await at(5)))).toEqual(range(6, total));
      expect(await after.join(await at(4))).toMatchObject({ mode: 'snapshot', n: total });
    });

    it('is the missed records, and no more, after many thousand records', async () => {
      const total = 2 * LIMITS.resumeRecords + 1;
      await say(ana, total);

      expect(numbers(await beto.join(await at(total - 3)))).toEqual([total - 2, total - 1, total]);
    });

    it('is everything when the cursor is ahead: the journal is an older copy', async () => {
      await say(ana, 3);

      expect(await beto.join(await at(4))).toMatchObject({ mode: 'snapshot', n: 3 });
    });

    it('is everything when the cursor is of another journal', async () => {
      await say(ana, 3);

      expect(await beto.join({ ...(await at(2)), journal: randomUUID() })).toMatchObject({ mode: 'snapshot', n: 3 });
    });
  });

  it('continues exactly after the answer for everybody who joins in the middle of load', async () => {
    const total = 1_500;
    const load = say(ana, total);
    const joined = Array.from({ length: 12 }, async (_, index) => {
      await beto.waitForRecord(1 + index * 100);
      const client = await server.connect();
      return { client, answer: await client.join(null) };
    });

    for (const { client, answer } of await Promise.all(joined)) {
      if (answer.n < total) await client.waitForRecord(total);
      expect(client.received.map(({ n }) => n)).toEqual(range(answer.n + 1, total));
      expect(answer).toMatchObject({
        messages: range(answer.n - 49, answer.n)
          .filter((n) => n > 0)
          .map((n) => ({ n })),
      });
    }
    await load;
  });

  it('has no gap and no double for somebody who asks again in the middle of load', async () => {
    const total = 1_000;
    const load = say(ana, total);
    for (let n = 50; n < total; n += 50) {
      await beto.waitForRecord(n);
      const answered = Promise.withResolvers<{ readonly answer: Ack<Resumed | Snapshot>; readonly received: number }>();
      const cursor = await at(n);
      beto.socket.emit('feed:join', { cursor }, (answer) => {
        answered.resolve({ answer, received: beto.received.length });
      });

      const { answer, received } = await answered.promise;
      // Everything up to `received` was sent before the answer, and nothing after it.
      expect(answer).toMatchObject({ ok: true, data: { mode: 'resumed', n: received } });
      expect(answer.ok && numbers(answer.data)).toEqual(range(n + 1, received));
    }
    await load;
    await beto.waitForRecord(total);
    expect(beto.received.map(({ n }) => n)).toEqual(range(1, total));
  });

  it.each([
    {},
    { cursor: [] },
    { cursor: 'x' },
    { cursor: 5 },
    { cursor: {} },
    { cursor: { journal: 'x' } },
    { cursor: { journal: 5, n: 1 } },
    { cursor: { journal: 'x'.repeat(101), n: 1 } },
    { cursor: { journal: 'x', n: -1 } },
    { cursor: { journal: 'x', n: 0.5 } },
    { cursor: { journal: 'x', n: null } },
    { cursor: { journal: 'x', n: 1, more: 1 } },
    { cursor: null, more: 1 },
  ])('refuses to be joined with %j', async (payload) => {
    const carla = await server.connect();

    expect(await carla.raw('feed:join', payload)).toMatchObject({ ok: false, error: { code: 'INVALID' } });

    await ana.do('chat:send', { text: 'hola' });
    await carla.roundTrip();
    expect(carla.packets).toBe(0);
  });
});

describe('somebody who reads too slowly', () => {
  let server: TestServer;
  afterEach(() => server.end());

  it('is disconnected before the memory is full, and resumes', async () => {
    let sockets: RealtimeServer['sockets'] | undefined;
    const { afterInit } = FeedGateway.prototype;
    jest.spyOn(FeedGateway.prototype, 'afterInit').mockImplementationOnce(function (this: FeedGateway, io) {
      sockets = io.sockets;
      afterInit.call(this, io);
    });
    server = await TestServer.start();
    const [ana, beto] = [await server.join('ana@acme.com'), await server.join('beto@acme.com')];
    const stalled = sockets!.sockets.get(beto.socket.id!)!;
    // As when the kernel takes no more: everything waits in the memory of the server.
    stalled.conn.transport.writable = false;
    for (let packet = 0; packet <= 300; packet++) stalled.emit('chat:typing', { by: 'a'.repeat(4_000) });
    const back = new Promise<void>((resolve) => {
      beto.socket.once('disconnect', () => beto.socket.once('connect', resolve));
    });

    const evicted: string[] = [];
    evictions.subscribe((reason) => evicted.push(reason));
    expect(server.get(OpenSockets).waitingBytes).toBeGreaterThan(1_000_000);
    await ana.do('chat:send', { text: 'hola' });

    await back;
    expect(numbers(await beto.join(await cursorAt(server, 0)))).toEqual([1]);
    expect(ana.socket.connected).toBe(true);
    expect(evicted).toEqual(['slow-reader']);
    expect(server.get(OpenSockets).waitingBytes).toBeLessThan(1_000_000);
    expect(server.log.lines).toContain('beto@acme.com is disconnected because it reads too slowly');
  });
});

async function say(client: Client, count: number): Promise<void> {
  await Promise.all(range(1, count).map((n) => client.do('chat:send', { text: String(n) })));
}

/** The numbers from one to another, both included. */
function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

function numbers(answer: Awaited<ReturnType<Client['join']>>): number[] | string {
  return answer.mode === 'resumed' ? answer.records.map(({ n }) => n) : answer.mode;
}
