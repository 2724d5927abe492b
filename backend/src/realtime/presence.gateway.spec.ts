import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';
import { Presence } from './presence.js';

const ANA = 'ana@acme.com';
const BETO = 'beto@acme.com';

describe('presence', () => {
  let server: TestServer;
  let beto: Client;
  beforeEach(async () => {
    server = await TestServer.start();
    beto = await server.join(BETO);
  });
  afterEach(() => server.end());

  it('is sent to everybody who connects, also before joining the feed', async () => {
    const visitor = await server.connect();

    expect(await visitor.waitForMembers(BETO)).toEqual({ members: [BETO], visitors: 1 });
  });

  it('is sent in few packets to many who connect at once', async () => {
    const pictures = jest.spyOn(server.get(Presence), 'now', 'get');
    const many = await Promise.all(Array.from({ length: 50 }, () => server.tab(beto.cookie)));

    for (const tab of many) await tab.waitForMembers(BETO);
    expect(pictures.mock.calls.length).toBeLessThan(many.length / 2);
  });

  it('is sent to another tab, though nothing has changed for the others', async () => {
    await beto.waitForMembers(BETO);

    expect(await (await server.tab(beto.cookie)).waitForMembers(BETO)).toEqual({ members: [BETO], visitors: 0 });
  });

  it('is sent to the others when somebody comes, and when a lost connection does not come back', async () => {
    const exit = jest.spyOn(server.get(Presence), 'exit');
    const ana = await server.connect(ANA);
    expect(await beto.waitForMembers(ANA, BETO)).toEqual({ members: [ANA, BETO], visitors: 0 });

    ana.close();

    expect(await beto.waitForMembers(BETO)).toEqual({ members: [BETO], visitors: 0 });
    // Not as somebody who left: it might have been a reload.
    expect(exit.mock.calls).toEqual([[ANA, false]]);
  });

  it('counts one person in two tabs and two browsers as one member', async () => {
    const ana = await server.connect(ANA);
    await server.tab(ana.cookie);
    await server.connect('ANA@acme.com');
    await server.connect('carla@acme.com');

    await beto.waitForMembers(ANA, BETO, 'carla@acme.com');

    expect(beto.presences.every(({ members }) => new Set(members).size === members.length)).toBe(true);
  });

  it('shows at once that somebody leaves, and they come back as a visitor', async () => {
    const ana = await server.connect(ANA);
    await beto.waitForMembers(ANA, BETO);

    const connected = again(ana);
    await leave(server.url, ana.cookie);
    await connected;

    expect(await beto.waitForMembers(BETO)).toMatchObject({ members: [BETO] });
    expect(await ana.refused('chat:send', { text: 'hola' })).toMatchObject({ code: 'UNIDENTIFIED' });
    expect(server.log.lines.filter((line) => line.startsWith(`${ANA} disconnected`))).toEqual([
      expect.stringMatching(/: left$/),
    ]);
  });

  it('ends every tab of the session that is left, and no other session', async () => {
    const ana = await server.connect(ANA);
    const secondTab = await server.tab(ana.cookie);
    const otherBrowser = await server.connect(ANA);
    const untouched = [beto, otherBrowser].map(({ socket }) => socket.id);

    const connected = [ana, secondTab].map(again);
    await leave(server.url, ana.cookie);
    await Promise.all(connected);

    for (const tab of [ana, secondTab])
      expect((await tab.refused('chat:send', { text: 'x' })).code).toBe('UNIDENTIFIED');
    await otherBrowser.do('chat:send', { text: 'sigo aquí' });
    expect([beto, otherBrowser].map(({ socket }) => socket.id)).toEqual(untouched);
    expect(await beto.waitForMembers(ANA, BETO)).toMatchObject({ members: [ANA, BETO] });
  });

  it('of connections and their ends, with the reason, is in the log', async () => {
    const ana = await server.connect(ANA);
    const { id } = ana.socket;
    ana.close();
    await beto.waitForMembers(BETO);
    const visitor = await server.connect();
    const visitorId = visitor.socket.id;
    const connected = again(visitor);
    visitor.socket.io.engine.close();
    await connected;

    const log = server.log.lines.filter((line) => line.includes('connected ('));
    expect(log).toContain(`${ANA} connected (${id})`);
    expect(log).toContain(`${ANA} disconnected (${id}): client namespace disconnect`);
    expect(log).toContain(`A visitor connected (${visitorId})`);
    expect(log).toContain(`A visitor disconnected (${visitorId}): transport close`);
    expect(log).toContain(`A visitor connected (${visitor.socket.id})`);
  });

  it('has the return of somebody with a cursor in the log', async () => {
    const { journal } = await beto.snapshot();
    await beto.do('chat:send', { text: 'hola' });

    await beto.join({ journal, n: 0 });
    await (await server.connect()).join({ journal: 'otro', n: 7 });

    const log = server.log.lines.filter((line) => line.includes('reconnected'));
    expect(log).toEqual([`${BETO} reconnected: resumed from 0 to 1`, 'A visitor reconnected: snapshot from 7 to 1']);
  });
});

/** «Salir», as the page does it: the browser forgets the cookie as well. */
async function leave(url: string, cookie: string | undefined): Promise<void> {
  const response = await fetch(`${url}/api/session`, { method: 'DELETE', headers: { cookie: String(cookie) } });
  expect(response.status).toBe(204);
}

/** Waits until somebody has lost the connection and come back, without a cookie. */
function again({ socket }: Client): Promise<void> {
  return new Promise((resolve) => {
    socket.once('disconnect', () => {
      socket.io.opts.extraHeaders = {};
      socket.once('connect', resolve);
    });
  });
}
