import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { RecordedLog } from '../../test/recorded-log.js';
import { Presence } from './presence.js';
import { PresenceGateway } from './presence.gateway.js';
import type { RealtimeServer, RealtimeSocket } from './socket.js';

const GATHER_MS = 250;

Logger.overrideLogger(new RecordedLog());

/** A server with sockets that are writable or not, and what was sent to which. */
class FakeServer {
  readonly sent: { readonly to: readonly string[]; readonly members: readonly string[] }[] = [];
  readonly sockets = {
    sockets: new Map<string, { id: string; data: object; conn: { transport: { writable: boolean } } }>(),
  };

  add(id: string): { writable: boolean } {
    const transport = { writable: true };
    this.sockets.sockets.set(id, { id, data: {}, conn: { transport } });
    return transport;
  }

  to = (ids: readonly string[]) => this.audience(ids, false);
  except = (ids: readonly string[]) =>
    this.audience(
      [...this.sockets.sockets.keys()].filter((id) => !ids.includes(id)),
      false,
    );

  private audience(ids: readonly string[], isVolatile: boolean): object {
    const emit = (_name: string, { members }: { members: readonly string[] }): void => {
      const to = ids.filter((id) => !isVolatile || this.sockets.sockets.get(id)?.conn.transport.writable);
      if (to.length > 0) this.sent.push({ to, members });
    };
    return isVolatile ? { emit } : { emit, volatile: this.audience(ids, true) };
  }
}

describe('somebody who reads slowly', () => {
  let server: FakeServer;
  let presence: Presence;
  let gateway: PresenceGateway;
  beforeEach(() => {
    jest.useFakeTimers();
    server = new FakeServer();
    presence = new Presence();
    gateway = new PresenceGateway(presence);
    gateway.afterInit(server as object as RealtimeServer);
  });
  afterEach(() => {
    gateway.onApplicationShutdown();
    presence.onApplicationShutdown();
    jest.useRealTimers();
  });

  it('gets no list of who is online while the others do, and the newest one when there is room', () => {
    server.add('quick');
    const slow = server.add('slow');
    slow.writable = false;
    presence.enter('ana@acme.com');
    jest.advanceTimersByTime(GATHER_MS);
    presence.enter('beto@acme.com');
    jest.advanceTimersByTime(10 * GATHER_MS);
    expect(server.sent.every(({ to }) => !to.includes('slow'))).toBe(true);
    slow.writable = true;
    jest.advanceTimersByTime(2 * GATHER_MS);
    const pictures = server.sent.filter(({ to }) => to.includes('slow'));
    expect(pictures).toEqual([{ to: ['slow'], members: ['ana@acme.com', 'beto@acme.com'] }]);
    jest.advanceTimersByTime(10 * GATHER_MS);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('gets a list for certain right after connecting', () => {
    const { writable } = server.add('new');
    expect(writable).toBe(true);
    server.sockets.sockets.get('new')!.conn.transport.writable = false;
    const socket = { id: 'new', data: { email: 'ana@acme.com' }, join: () => undefined };
    gateway.handleConnection(socket as object as RealtimeSocket);
    expect(server.sent).toEqual([{ to: ['new'], members: ['ana@acme.com'] }]);
  });
});
