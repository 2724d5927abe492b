import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from '../../test/client.js';
import { PROVEN } from '../../test/proven.js';
import { TestServer } from '../../test/server.js';

describe('who may do what', () => {
  let server: TestServer;
  let root: Client;
  let ana: Client;
  beforeEach(async () => {
    server = await TestServer.start(PROVEN);
    root = await server.join('root@acme.com');
    ana = await server.join('ana@acme.com');
  });
  afterEach(() => server.end());

  const set = (client: Client, member: string, access: 'none' | 'reader' | 'member') =>
    client.do('member:access', { member, access });

  it('is for nobody to see who has not identified', async () => {
    const visitor = await server.connect();

    expect((await visitor.refused('feed:join', { cursor: null })).code).toBe('UNIDENTIFIED');
    expect((await visitor.refused('chat:history', { before: 5, limit: 5 })).code).toBe('UNIDENTIFIED');
    expect(await visitor.raw('no:such', {})).toMatchObject({ error: { code: 'UNIDENTIFIED' } });
    await ana.do('chat:send', { text: 'entre nosotros' });
    const carla = await server.join('carla@acme.com');
    await carla.waitForMembers('ana@acme.com', 'carla@acme.com', 'root@acme.com');
    expect([visitor.received, visitor.presences]).toEqual([[], []]);
  });

  it('is for admins to decide, and for nobody else', async () => {
    expect((await ana.refused('member:access', { member: 'beto@acme.com', access: 'none' })).code).toBe('FORBIDDEN');
    expect((await root.refused('member:access', { member: 'root@acme.com', access: 'none' })).code).toBe('FORBIDDEN');
    expect((await root.refused('member:access', { member: 'ana@acme.com', access: 'member' })).code).toBe('CONFLICT');
    expect((await root.refused('member:access', { member: 'Ana@acme.com', access: 'none' })).code).toBe('INVALID');
    expect((await root.refused('member:access', { member: 'ana@acme.com', access: 'admin' })).code).toBe('INVALID');
  });

  it('a reader reads, and writes nothing but the own name', async () => {
    const lee = await server.join('lee@acme.com');
    const { n: message } = await ana.do('chat:send', { text: 'hola' });
    await lee.waitForRecord(message);

    for (const [name, payload] of [
      ['chat:send', { text: 'x' }],
      ['chat:agree', { message }],
      ['chat:pin', { message, pinned: true }],
      ['product:add', { title: 'Taza', price: 1 }],
    ] as const) {
      expect((await lee.refused(name, payload)).code).toBe('FORBIDDEN');
    }
    const { n } = await lee.do('member:profile', { name: 'Lee', colour: 2 });
    expect(await ana.waitForRecord(n)).toMatchObject({ type: 'member-profiled', by: 'lee@acme.com', name: 'Lee' });
  });

  it('a member who is made a reader stops writing at once, and may write again later', async () => {
    await set(root, 'ana@acme.com', 'reader');
    expect((await ana.refused('chat:send', { text: 'x' })).code).toBe('FORBIDDEN');

    await set(root, 'ana@acme.com', 'member');
    await ana.do('chat:send', { text: 'otra vez' });
  });

  it('who is removed is signed out, stays out over a restart, and comes back when let in again', async () => {
    const cookie = ana.cookie;
    const gone = ana.closed();
    await set(root, 'ana@acme.com', 'none');
    await gone;
    const back = await server.tab(cookie);
    expect((await back.refused('feed:join', { cursor: null })).code).toBe('UNIDENTIFIED');

    await server.restart();
    const later = await server.tab(await server.identify('ana@acme.com'));
    expect((await later.refused('chat:send', { text: 'x' })).code).toBe('UNIDENTIFIED');
    const admin = await server.join('root@acme.com');
    await set(admin, 'ana@acme.com', 'member');
    await (await server.join('ana@acme.com')).do('chat:send', { text: 'aquí' });
  });

  it('nothing of a removed member is stored after the removal, however much was under way', async () => {
    const flood = Array.from({ length: 200 }, (_, index) => ana.ask('chat:send', uuid({ text: `mensaje ${index}` })));
    await set(root, 'ana@acme.com', 'none');
    void Promise.allSettled(flood);
    const { n } = await root.do('chat:send', { text: 'fin' });
    await root.waitForRecord(n);

    const removal = root.received.findIndex(({ type }) => type === 'member-access-set');
    expect(root.received.slice(removal).map(({ by }) => by)).toEqual(['root@acme.com', 'root@acme.com']);
  });

  it('an admin deletes anybody’s message, and edits none', async () => {
    const { n: message } = await ana.do('chat:send', { text: 'hola' });

    expect((await root.refused('chat:edit', { message, text: 'otra cosa' })).code).toBe('FORBIDDEN');
    await root.do('chat:delete', { message });
    expect((await root.refused('chat:delete', { message })).code).toBe('NOT_FOUND');
    const beto = await server.connect('beto@acme.com');
    const { n: other } = await ana.do('chat:send', { text: 'otra' });
    expect((await beto.refused('chat:delete', { message: other })).code).toBe('FORBIDDEN');
  });

  it('names and colours are in what a newcomer gets, also after a restart', async () => {
    expect((await ana.refused('member:profile', { name: 'x'.repeat(81) })).code).toBe('INVALID');
    await ana.do('member:profile', { name: 'Ana María', colour: 0 });
    await root.do('member:access', { member: 'carla@acme.com', access: 'reader' });
    const expected = [
      { email: 'ana@acme.com', name: 'Ana María', colour: 0 },
      { email: 'carla@acme.com', access: 'reader' },
    ];
    expect((await root.snapshot()).members).toEqual(expected);

    await server.restart();
    expect((await (await server.connect('beto@acme.com')).snapshot()).members).toEqual(expected);
  });
});

const uuid = <Payload extends object>(payload: Payload) => ({ id: crypto.randomUUID(), ...payload });
