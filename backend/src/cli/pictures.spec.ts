import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdir, stat, writeFile } from 'node:fs/promises';
import type { StoredPicture } from '../contract/index.js';
import type { Client } from '../../test/client.js';
import { journalPath } from '../../test/journal/folders.js';
import { owner, ownerAt } from '../../test/owner.js';
import { JPEG, PNG, postPicture, WEBP } from '../../test/pictures.js';
import { TestServer } from '../../test/server.js';

const DAY_MS = 24 * 60 * 60 * 1_000;

describe('the owner who lists pictures that no product shows', () => {
  let server: TestServer;
  let ana: Client;
  let links: string[];
  beforeEach(async () => {
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
    links = [];
    for (const bytes of [PNG, JPEG, WEBP]) {
      const response = await postPicture(server.url, bytes, { cookie: ana.cookie! });
      links.push(((await response.json()) as StoredPicture).link);
    }
  });
  afterEach(() => server.end());

  const ask = (days: number, ...words: string[]) =>
    ownerAt({ folder: server.folder, now: () => Date.now() + days * DAY_MS }, 'pictures', ...words);
  const nameOf = (link: string) => link.slice('/pictures/'.length);
  const kept = async () => (await readdir(server.path('pictures'))).sort();
  const add = (thumbnail: string) => ana.do('product:add', { title: 'Taza', price: 3, thumbnail });

  it('sees them while the server runs, the oldest first, with their sizes and since when', async () => {
    await add(links[0]!);
    const { n } = await add(links[1]!);
    const { at } = await ana.do('product:change', { product: n, base: n, fields: { thumbnail: '' } });

    const { code, said } = await ask(0);

    expect(code).toBe(0);
    const posted = new Date((await stat(server.path(`.${links[2]!}`))).mtimeMs).toISOString();
    expect(said).toEqual([
      `pictures     3 in ${PNG.length + JPEG.length + WEBP.length} bytes`,
      'not shown    2',
      `${nameOf(links[2]!)}  ${WEBP.length} bytes  since ${posted}`,
      `${nameOf(links[1]!)}  ${JPEG.length} bytes  since ${at}`,
    ]);
  });

  it('removes what none has shown for a day, and nothing that is shown or that may be undone', async () => {
    await add(links[0]!);
    const { n } = await add(links[1]!);
    await ana.do('product:remove', { product: n });
    await server.stop();

    expect((await ask(0, '--remove')).said).toContain('removed      0, not shown for a day');
    expect(await kept()).toHaveLength(3);

    expect((await ask(2, '--remove')).said).toContain('removed      2, not shown for a day');
    expect(await kept()).toEqual([nameOf(links[0]!)]);
  });

  it('does not see one that one of two products still shows', async () => {
    await add(links[0]!);
    const { n } = await add(links[0]!);
    await ana.do('product:remove', { product: n });
    await server.stop();

    await ask(2, '--remove');

    expect(await kept()).toEqual([nameOf(links[0]!)]);
  });

  it('does not see one whose product was restored', async () => {
    const { n } = await add(links[2]!);
    await ana.do('product:remove', { product: n });
    await ana.do('product:restore', { product: n });
    await server.stop();

    await ask(2, '--remove');

    expect(await kept()).toEqual([nameOf(links[2]!)]);
  });

  it('does not remove files with other names', async () => {
    await writeFile(server.path('pictures/mine.png'), 'x');
    await server.stop();

    await ask(2, '--remove');

    expect(await kept()).toEqual(['mine.png']);
  });

  it('cannot remove any while a server runs', async () => {
    const { code, said } = await ask(2, '--remove');

    expect(code).toBe(75);
    expect(said.at(-1)).toContain('Another Lonja already uses');
    expect(await kept()).toHaveLength(3);
  });

  it('cannot remove any when the journal is damaged', async () => {
    await add(links[0]!);
    await ana.do('chat:send', { text: 'hola' });
    await server.stop();
    const journal = await server.read('journal.jsonl');
    await writeFile(journalPath(server.folder), journal.replace('Taza', 'Tazo'));

    expect(await ask(2, '--remove')).toEqual({
      code: 65,
      said: ['The journal is damaged: it does not say which pictures products show.'],
    });
    expect(await kept()).toHaveLength(3);
  });

  it('sees an empty list before the first upload', async () => {
    const other = await TestServer.start();
    try {
      const { said } = await owner(other.folder, 'pictures');
      expect(said).toEqual(['pictures     0 in 0 bytes', 'not shown    0']);
    } finally {
      await other.end();
    }
  });
});
