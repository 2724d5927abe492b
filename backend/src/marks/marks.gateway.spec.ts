import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdir, writeFile } from 'node:fs/promises';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';

let server: TestServer;
let ana: Client;
beforeEach(async () => {
  server = await TestServer.start();
  ana = await server.join('ana@acme.com');
  for (const text of ['uno', 'dos', 'tres']) await ana.do('chat:send', { text });
});
afterEach(() => server.end());

const set = (client: Client, n: number) => client.ask('mark:set', { n });
const markOf = async (client: Client) => (await client.join(null)).mark;

describe('how far a member has read', () => {
  it('is told to another device of that member, and to nobody else', async () => {
    const phone = await server.tab(ana.cookie);
    const beto = await server.join('beto@acme.com');

    expect(await set(ana, 2)).toEqual({ ok: true, data: { n: 2 } });

    for (const client of [ana, beto, phone]) await client.roundTrip();
    expect([phone.marks, ana.marks, beto.marks]).toEqual([[2], [], []]);
  });

  it('is in the answer to who joins, new or with a cursor', async () => {
    await set(ana, 2);
    const phone = await server.tab(ana.cookie);

    const { journal, ...snapshot } = await phone.snapshot();
    expect(snapshot.mark).toBe(2);
    const [last] = snapshot.messages.slice(-1);
    const resumed = await phone.join({ journal, n: 3, command: last!.command });
    expect(resumed).toMatchObject({ mode: 'resumed', mark: 2 });
  });

  it('is 0 for who has not read yet, and not in the answer to a visitor', async () => {
    const visitor = await server.connect();

    expect(await markOf(ana)).toBe(0);
    expect(await visitor.join(null)).not.toHaveProperty('mark');
  });

  it('never goes back, nor further than there are records', async () => {
    const phone = await server.tab(ana.cookie);
    await set(ana, 2);

    expect(await set(ana, 1)).toEqual({ ok: true, data: { n: 2 } });
    expect(await set(ana, 1_000)).toEqual({ ok: true, data: { n: 3 } });

    await phone.roundTrip();
    expect(phone.marks).toEqual([2, 3]);
  });

  it('cannot be said by a visitor, nor be anything but the number of a record', async () => {
    const visitor = await server.connect();

    expect(await set(visitor, 1)).toMatchObject({ ok: false, error: { code: 'UNIDENTIFIED' } });
    for (const payload of [{}, { n: 0 }, { n: '1' }, { n: 1.5 }, { n: 1, by: 'beto@acme.com' }]) {
      expect(await ana.raw('mark:set', payload)).toMatchObject({ ok: false, error: { code: 'INVALID' } });
    }
  });

  it('survives a restart', async () => {
    await set(ana, 2);
    const { cookie } = ana;

    await server.restart();

    expect(await markOf(await server.tab(cookie))).toBe(2);
  });
});

describe('up to where a member has caught up', () => {
  const visit = (client: Client, n: number) => client.ask('mark:set', { n, of: 'visit' });
  const visitOf = async (client: Client) => (await client.join(null)).visit;

  it('is where the member came first, and moves forward, for every device, apart from what was read', async () => {
    const phone = await server.tab(ana.cookie);
    const first = await visitOf(ana);
    expect(first).toEqual({ n: 0, at: expect.any(String) });

    expect(await visit(ana, 2)).toEqual({ ok: true, data: { n: 2, of: 'visit' } });
    expect(await visit(ana, 1)).toEqual({ ok: true, data: { n: 2, of: 'visit' } });
    expect(await set(ana, 3)).toEqual({ ok: true, data: { n: 3 } });

    await phone.roundTrip();
    expect(phone.marks).toEqual([2, 3]);
    const { n, at } = (await visitOf(phone))!;
    expect(n).toBe(2);
    expect(at >= first!.at).toBe(true);
    expect(await markOf(phone)).toBe(3);
  });

  it('is now for who comes later, and nothing for a visitor', async () => {
    expect(await visitOf(await server.join('beto@acme.com'))).toMatchObject({ n: 3 });
    expect(await (await server.connect()).join(null)).not.toHaveProperty('visit');
    expect(await ana.raw('mark:set', { n: 1, of: 'other' })).toMatchObject({ ok: false, error: { code: 'INVALID' } });
  });

  it('survives a restart, with its instant', async () => {
    await visit(ana, 2);
    const before = await visitOf(ana);
    const { cookie } = ana;
    await server.restart();
    expect(await visitOf(await server.tab(cookie))).toEqual(before);
  });

  it('begins anew where the file has none that can be read', async () => {
    await set(ana, 2);
    const { cookie } = ana;
    await server.restart(async () => {
      const stored = JSON.parse(await server.read('marks.json')) as object;
      await writeFile(server.path('marks.json'), JSON.stringify({ ...stored, visits: { 'ana@acme.com': 5 } }));
    });
    const phone = await server.tab(cookie);
    expect(await visitOf(phone)).toMatchObject({ n: 3 });
    expect(await markOf(phone)).toBe(2);
  });
});

describe('the file of the marks', () => {
  const asides = async () => (await readdir(server.folder)).filter((name) => name.startsWith('marks.json.'));

  /** Ana has read as far as 2; then the server finds that in the place of its file. */
  async function restartedWith(change: (stored: object) => string): Promise<Client> {
    await set(ana, 2);
    const { cookie } = ana;
    await server.restart(async () => {
      const stored = JSON.parse(await server.read('marks.json')) as object;
      await writeFile(server.path('marks.json'), change(stored));
    });
    return server.tab(cookie);
  }

  it('is left as it is when it is of a later version, and said to be', async () => {
    let later = '';
    const client = await restartedWith((stored) => (later = JSON.stringify({ ...stored, format: 2 })));

    expect(await markOf(client)).toBe(0);
    expect(await set(client, 3)).toEqual({ ok: true, data: { n: 3 } });
    await server.stop();
    expect(await server.read('marks.json')).toBe(later);
    expect(server.log.lines.join()).toContain('later version (2)');
  });

  it.each<[string, (stored: object) => string]>([
    ['of another journal', (stored) => JSON.stringify({ ...stored, journal: 'another' })],
    ['cut off', (stored) => JSON.stringify(stored).slice(0, -10)],
    ['no object', () => 'null'],
    ['without numbers', (stored) => JSON.stringify({ ...stored, marks: { 'ana@acme.com': 'x' } })],
  ])('is put aside when it is %s', async (_, change) => {
    const client = await restartedWith(change);

    expect(await markOf(client)).toBe(0);
    expect(await asides()).toHaveLength(1);
    expect(await set(client, 1)).toEqual({ ok: true, data: { n: 1 } });
  });

  it('holds no mark beyond the journal after an older copy of that was restored', async () => {
    const client = await restartedWith((stored) => JSON.stringify({ ...stored, marks: { 'ana@acme.com': 900 } }));

    expect(await markOf(client)).toBe(3);
  });
});
