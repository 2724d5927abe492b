import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import type { ClientEvents, JournalRecord, ServerEvents } from '../contract/index.js';
import { leave } from '../../test/leave.js';
import { TestServer } from '../../test/server.js';

/** What one connection hears, in the order in which it comes. */
class Listener {
  readonly heard: string[] = [];
  readonly socket: Socket<ServerEvents, ClientEvents>;
  private changed: () => void = () => undefined;

  constructor(url: string, transport: 'websocket' | 'polling', cookie?: string) {
    this.socket = io(url, { transports: [transport], forceNew: true, ...(cookie && { extraHeaders: { cookie } }) });
    this.socket.on('feed', ({ records }) => this.hear(...records.map(textOf)));
    this.socket.on('chat:typing', ({ by }) => this.hear(`${by} types`));
  }

  async join(): Promise<void> {
    await this.socket.emitWithAck('feed:join', { cursor: null });
  }

  async hears(count: number): Promise<void> {
    while (this.heard.length < count) {
      await new Promise<void>((resolve) => {
        this.changed = resolve;
      });
    }
  }

  private hear(...texts: readonly string[]): void {
    this.heard.push(...texts);
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
        // Answers to this listener are on their way meanwhile.
        if (index % 10 === 0) await beto.socket.emitWithAck('chat:history', { before: 1, limit: 1 });
      }
      await Promise.all([beto.hears(texts.length), ...stored]);
      expect(beto.heard).toEqual(texts);
    },
  );

  it('does not come to its cause, where it is for the others', async () => {
    const [ana, beto] = [await server.connect('ana@acme.com'), await server.connect('beto@acme.com')];
    const [first, other] = [await listener('websocket', ana.cookie), await listener('websocket', beto.cookie)];
    first.socket.emit('chat:typing', {});
    await other.hears(1);
    await ana.do('chat:send', { text: 'hola' });
    await first.hears(1);
    await other.hears(2);
    expect(first.heard).toEqual(['hola']);
    expect(other.heard).toEqual(['ana@acme.com types', 'hola']);
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
    expect(visitor.heard).toEqual([]);
  });
});
