import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, JournalRecord, ServerEvents } from '../contract/index.js';
import { leave } from '../../test/leave.js';
import { TestServer } from '../../test/server.js';

/** The events of one connection, in order. */
class Listener {
  readonly received: string[] = [];
  readonly socket: Socket<ServerEvents, ClientEvents>;
  private changed: () => void = () => undefined;

  constructor(url: string, transport: 'websocket' | 'polling', cookie?: string) {
    this.socket = io(url, { transports: [transport], forceNew: true, ...(cookie && { extraHeaders: { cookie } }) });
    this.socket.on('feed', ({ records }) => this.receive(...records.map(textOf)));
    this.socket.on('chat:typing', ({ by }) => this.receive(`${by} types`));
  }

  async join(): Promise<void> {
    await this.socket.emitWithAck('feed:join', { cursor: null });
  }

  async waitForCount(count: number): Promise<void> {
    while (this.received.length < count) {
      await new Promise<void>((resolve) => {
        this.changed = resolve;
      });
    }
  }

  private receive(...texts: readonly string[]): void {
    this.received.push(...texts);
    this.changed();
  }
}

function textOf(record: JournalRecord): string {
  return record.type === 'message-posted' ? record.text : record.type;
}

describe('a broadcast', () => {
  let server: TestServer;
  const listeners: Listener[] = [];
  beforeEach(async () => (server = await TestServer.start()));
  afterEach(async () => {
    for (const { socket } of listeners.splice(0)) await leave(socket);
    await server.end();
  });

  async function listener(transport: 'websocket' | 'polling', cookie?: string): Promise<Listener> {
    const made = new Listener(server.url, transport, cookie);
    listeners.push(made);
    await made.join();
    return made;
  }

  it.each(['websocket', 'polling'] as const)(
    'comes once and in order by %s, among answers of its own',
    async (transport) => {
      const ana = await server.join('ana@acme.com');
      const beto = await listener(transport, ana.cookie);
      const texts = Array.from({ length: 200 }, (_, index) => `message ${index}`);
      const stored: Promise<unknown>[] = [];
      for (const [index, text] of texts.entries()) {
        stored.push(ana.do('chat:send', { text }));
        // Answers to this listener are in flight meanwhile.
        if (index % 10 === 0) await beto.socket.emitWithAck('chat:history', { before: 1, limit: 1 });
      }
      await Promise.all([beto.waitForCount(texts.length), ...stored]);
      expect(beto.received).toEqual(texts);
    },
  );

  it('does not come to its cause, where it is for the others', async () => {
    const [ana, beto] = [await server.connect('ana@acme.com'), await server.connect('beto@acme.com')];
    const [first, other] = [await listener('websocket', ana.cookie), await listener('websocket', beto.cookie)];
    first.socket.emit('chat:typing', {});
    await other.waitForCount(1);
    await ana.do('chat:send', { text: 'hola' });
    await first.waitForCount(1);
    await other.waitForCount(2);
    expect(first.received).toEqual(['hola']);
    expect(other.received).toEqual(['ana@acme.com types', 'hola']);
  });

  it('comes to nobody who has not joined', async () => {
    const ana = await server.join('ana@acme.com');
    const visitor = new Listener(server.url, 'websocket');
    listeners.push(visitor);
    await new Promise<void>((resolve) => {
      visitor.socket.once('presence', () => resolve());
    });
    await ana.do('chat:send', { text: 'hola' });
    await visitor.join();
    expect(visitor.received).toEqual([]);
  });
});
