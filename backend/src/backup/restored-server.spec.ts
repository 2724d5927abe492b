import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cursorAt } from '../../test/cursor.js';
import { newFolder } from '../../test/journal/folders.js';
import { PNG, postPicture } from '../../test/pictures.js';
import { TestServer } from '../../test/server.js';
import type { StoredPicture } from '../contract/index.js';
import { backUp } from './back-up.js';
import { restore } from './restore.js';

const ANA = 'ana@acme.com';
const BETO = 'beto@acme.com';

describe('a server that was restored from a backup that it made while it ran', () => {
  let server: TestServer;
  let to: string;
  let now: number;
  beforeEach(async () => {
    server = await TestServer.start();
    to = await newFolder();
    now = Date.now();
  });
  afterEach(() => server.end());

  const make = async () => (await backUp({ from: server.folder, to, now: now++ })).path;
  const restoreFrom = (from: string) => async () => {
    for (const name of await readdir(server.folder)) await rm(join(server.folder, name), { recursive: true });
    await restore({ from, to: server.folder, now });
  };

  it('gives a client with a later history exactly the restored state, and recognises what it had stored', async () => {
    const ana = await server.join(ANA);
    const kept = { id: randomUUID(), text: 'Uno' };
    const { n: first } = await ana.query('chat:send', kept);
    const { n: product } = await ana.do('product:add', { title: 'Taza', price: 3, stock: 9 });
    const restored = await ana.snapshot();
    const path = await make();

    const lost = { id: randomUUID(), text: 'Dos' };
    const { n: second } = await ana.query('chat:send', lost);
    await ana.do('stock:move', { product, delta: -4 });
    const { n: last } = await ana.do('chat:edit', { message: first, text: 'Uno, corregido' });
    const [atTheEnd, atTheBackup] = [await cursorAt(server, last), await cursorAt(server, product)];
    await server.restart(restoreFrom(path));

    const again = await server.connect(ANA);
    for (const cursor of [atTheEnd, atTheBackup]) {
      // Both are of the other history: nobody knows what else the page has of it.
      expect(await again.join(cursor)).toMatchObject({ mode: 'snapshot', n: restored.n });
    }
    const { messages, products, journal, n } = await again.snapshot();
    expect({ messages, products, n }).toEqual({
      messages: restored.messages,
      products: restored.products,
      n: restored.n,
    });
    expect(journal).not.toBe(restored.journal);

    // What waits in a page, over another history: stored before, stored in the lost part, about a record of that.
    const refers = { n: second, command: lost.id };
    expect(await again.refused('chat:edit', { message: second, text: 'Tres', refers })).toMatchObject({
      code: 'CONFLICT',
    });
    expect((await again.query('chat:send', kept)).n).toBe(first);
    expect((await again.query('chat:send', lost)).n).toBe(second);
    expect((await again.snapshot()).messages.map(({ text }) => text)).toEqual(['Uno', 'Dos']);
    expect(again.received.map(({ n: number }) => number)).toEqual([second]);
  });

  it('has its pictures, its marks and follows, and nobody’s session', async () => {
    const ana = await server.join(ANA);
    const beto = await server.join(BETO);
    const answer = await postPicture(server.url, PNG, { cookie: ana.cookie! });
    const { link } = (await answer.json()) as StoredPicture;
    const { n: product } = await ana.do('product:add', { title: 'Taza', price: 3, thumbnail: link });
    const { n } = await ana.do('chat:send', { text: 'hola' });
    await beto.query('mark:set', { n });
    await beto.query('follow:set', { follow: { on: { product }, price: true } });
    // What members set is written within a second, and at the end.
    await server.restart();
    await server.restart(restoreFrom(await make()));

    expect(Buffer.from(await (await fetch(`${server.url}${link}`)).arrayBuffer())).toEqual(PNG);
    expect(await server.read('marks.json')).toContain(`"${BETO}":${n}`);
    expect(await server.read('follows.json')).toContain(`"product":${product}`);
    const session = await fetch(`${server.url}/api/session`, { headers: { cookie: ana.cookie! } });
    expect(await session.text()).not.toContain(ANA);
    expect(server.log.lines.filter((line) => line.includes('put aside'))).toEqual([]);
  });
});
