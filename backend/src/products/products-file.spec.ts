import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';

const FILE = 'products.json';

describe('products.json', () => {
  let server: TestServer;
  let ana: Client;
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
  });
  afterEach(() => server.end());

  const listed = async () => `${JSON.stringify((await ana.snapshot()).products, null, 2)}\n`;

  it('is there from the start, an empty list, and only the owner may read it', async () => {
    expect(await server.read(FILE)).toBe('[]\n');
    expect((await stat(server.path(FILE))).mode & 0o777).toBe(0o600);
  });

  it('follows every kind of change while the server runs', async () => {
    const { n } = await ana.do('product:add', { title: 'Taza «ñ» 😀', price: 3.5, stock: 2 });
    await server.waitForFile(FILE, await listed());
    await ana.do('product:change', { product: n, base: n, fields: { title: 'Tacita' } });
    await server.waitForFile(FILE, await listed());
    await ana.do('stock:move', { product: n, delta: 3 });
    await server.waitForFile(FILE, await listed());
    expect(JSON.parse(await server.read(FILE))).toMatchObject([{ id: n, title: 'Tacita', stock: 5 }]);

    await ana.do('product:remove', { product: n });
    await server.waitForFile(FILE, '[]\n');
  });

  it('has everything that was acknowledged when the server has stopped', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, index) => ana.do('product:add', { title: `${index}`, price: 1 })));
    const list = await listed();

    await server.stop();

    expect(await server.read(FILE)).toBe(list);
    expect(JSON.parse(list)).toHaveLength(60);
  });

  it.each<[string, () => Promise<void>]>([
    ['nothing happened to it', () => Promise.resolve()],
    ['it was removed', () => rm(server.path(FILE))],
    ['it is out of date', () => writeFile(server.path(FILE), '[]\n')],
    ['it is torn', () => writeFile(server.path(FILE), '[{"id":1,"tit')],
    ['somebody changed it', () => writeFile(server.path(FILE), '[{"id":99,"title":"de otro"}]')],
  ])('is the list again after a restart when %s', async (_, happened) => {
    for (const title of ['Taza', 'Plato']) await ana.do('product:add', { title, price: 3 });
    await ana.do('product:change', { product: 1, base: 1, fields: { price: 4 } });
    const list = await listed();

    await server.restart(happened);

    expect(await server.read(FILE)).toBe(list);
    ana = await server.join('ana@acme.com');
    expect(await listed()).toBe(list);
  });

  it('leaves nothing but its cursor in the folder', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, index) => ana.do('product:add', { title: `${index}`, price: 1 })));
    await server.stop();

    expect((await readdir(server.folder)).filter((name) => name.startsWith(FILE)).sort()).toEqual([
      FILE,
      `${FILE}.cursor`,
    ]);
  });

  it('puts aside what is not proven to be a list of this journal, before it is replaced', async () => {
    await ana.do('product:add', { title: 'Taza', price: 3 });
    const theirs = '[{"id":99,"title":"de otro"}]';
    await server.restart(() => writeFile(server.path(FILE), theirs));

    const aside = (await readdir(server.folder)).filter((name) => name.startsWith(`${FILE}.unverified-`));
    expect(aside).toHaveLength(1);
    expect(await server.read(aside[0]!)).toBe(theirs);
    expect(server.log.lines.join()).toContain('products.json is not a list of this journal. It was put aside:');
    expect(await server.read(FILE)).toContain('Taza');
  });

  it('is known as its own after a kill between its cursor and itself: nothing is put aside', async () => {
    await ana.do('product:add', { title: 'Taza', price: 3 });
    await server.restart();
    const before = await server.read(FILE);
    ana = await server.join('ana@acme.com');
    await ana.do('product:add', { title: 'Plato', price: 3 });
    await server.restart(() => writeFile(server.path(FILE), before));

    expect((await readdir(server.folder)).filter((name) => name.includes('unverified'))).toEqual([]);
    expect(await server.read(FILE)).toContain('Plato');
  });

  it('does not stop the catalogue when it cannot be written', async () => {
    await server.restart(async () => {
      await rm(server.path(FILE));
      await mkdir(server.path(FILE));
    });
    ana = await server.join('ana@acme.com');

    await ana.do('product:add', { title: 'Taza', price: 3 });

    expect(server.log.lines.join()).toContain('products.json could not be written');
    await server.restart(() => rm(server.path(FILE), { recursive: true }));
    expect(JSON.parse(await server.read(FILE))).toMatchObject([{ title: 'Taza' }]);
  });
});
