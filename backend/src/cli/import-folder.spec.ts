import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { newFolder, storedIn } from '../../test/journal/folders.js';
import { owner } from '../../test/owner.js';
import { ServerProcess, build } from '../../test/server-process.js';
import { TestServer } from '../../test/server.js';
import { FileRecordStore } from '../journal/file/file-record-store.js';
import { RESTORING_FILE } from '../journal/file/traces.js';
import { NoSpace } from '../journal/record-store.js';
import { formatInstant } from '../chat/transcript-line.js';

const FOLDER_FILES = ['chat.txt', 'products.json'];

const ask = (folder: string) => owner(folder, 'import');

describe('a folder that has lost its journal', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await TestServer.start();
    const ana = await server.join('ana@acme.com');
    const beto = await server.join('beto@acme.com');
    const { n } = await ana.do('chat:send', { text: 'hola «ñ»\ndos 😀 } " ⏎' });
    await beto.do('chat:send', { text: 'otro' });
    await ana.do('chat:edit', { message: n, text: 'hola, corregido' });
    await beto.do('chat:agree', { message: n });
    await beto.do('chat:send', { text: 'borrar' });
    await beto.do('chat:delete', { message: 5 });
    await ana.do('product:add', { title: 'Taza', price: 3.5, stock: 7, code: 'T-1', lowStock: 2 });
    await ana.do('chat:send', { text: '#T-1 -3 rotura\n⇒ 1 → 2' });
    await beto.do('product:add', { title: 'Plato', price: 1 });
    await server.stop();
    expect(await readdir(server.folder)).toContain('journal.checkpoint');
    await rm(server.path('journal.jsonl'));
  });
  afterEach(() => server.end());

  it('gets its conversation and its products back by an import, with their authors and instants', async () => {
    const [chat, list] = await Promise.all(FOLDER_FILES.map((name) => server.read(name)));
    expect(await ask(server.folder)).toEqual({
      code: 0,
      said: ['Imported 4 messages, 3 later changes of messages and 2 products.'],
    });
    const records = await storedIn(server.folder);
    expect(records.map(({ at }) => at)).toEqual(records.map(({ at }) => at).sort());

    await server.restart();

    const client = await server.join();
    const { messages, products } = await client.snapshot();
    expect(messages).toMatchObject([
      { by: 'ana@acme.com', text: 'hola, corregido', agreed: ['beto@acme.com'] },
      { by: 'beto@acme.com', text: 'otro' },
      { by: 'beto@acme.com', text: '', deletedAt: expect.any(String) },
      // What it moved stays part of what is read, and is not moved again.
      { by: 'ana@acme.com', text: '#T-1 -3 rotura\n⇒ 1 → 2 ⇒ 7 → 4' },
    ]);
    expect(products).toMatchObject([
      { by: 'ana@acme.com', title: 'Taza', price: 3.5, stock: 4, code: 'T-1', lowStock: 2 },
      { by: 'beto@acme.com', title: 'Plato', price: 1, stock: 0 },
    ]);
    const [firstOld] = JSON.parse(list!) as { at: string }[];
    expect(products[0]!.at).toBe(firstOld!.at);
    // The file is unchanged, and is continued.
    expect(await server.read('chat.txt')).toBe(chat);
    const { at } = await (await server.join('ana@acme.com')).do('chat:send', { text: 'sigue' });
    await server.waitForFile('chat.txt', `${chat}ana@acme.com [${formatInstant(at)}] : sigue\n`);
  });

  it('names what cannot be read, line by line, imports the rest, and keeps the files aside', async () => {
    const strange = 'Acta de la reunión\nana@acme.com [31/02/2026 10:00:00] : no hay tal día\n';
    const chat = `${strange}${await server.read('chat.txt')}beto@acme.com [01/01/2026 10:00:00] : ✗ [01/01/2020 10:00:00]\n`;
    await writeFile(server.path('chat.txt'), chat);
    await writeFile(
      server.path('products.json'),
      '[{"title":"Taza","price":-1},{"title":"Olla","price":2,"color":"rojo"},7]',
    );
    expect(await ask(server.folder)).toEqual({
      code: 0,
      said: [
        'chat.txt, line 1: not a line of a conversation.',
        'chat.txt, line 2: not a line of a conversation.',
        'chat.txt, line 10: no message of that time.',
        'products.json, product 1: not valid: price.',
        'products.json, product 3: not valid: title, price.',
        'Imported 4 messages, 3 later changes of messages and 1 product.',
        '5 could not be read; the files are kept as they are, aside, at the next start.',
      ],
    });
    await server.restart();
    const names = await readdir(server.folder);
    const aside = names.filter((name) => name.includes('.unverified-')).sort();
    expect(aside).toEqual(
      ['chat.txt', 'journal.checkpoint', 'marks.json', 'products.json'].map((name) => expect.stringContaining(name)),
    );
    expect(await server.read(aside[0]!)).toBe(chat);
    expect(await server.read('products.json')).toContain('Olla');
  });

  it('is not imported a second time, nor where there is nothing', async () => {
    await ask(server.folder);
    expect(await ask(server.folder)).toMatchObject({
      code: 78,
      said: [expect.stringContaining('has a journal already')],
    });
    const empty = await newFolder();
    expect(await ask(empty)).toMatchObject({
      code: 78,
      said: [expect.stringContaining('no chat.txt and no products')],
    });
    expect(await readdir(empty)).toEqual([]);
  });

  it('is left without a journal by an import that finds no space, and is imported by the next', async () => {
    const before = await readdir(server.folder);
    const full = jest.spyOn(FileRecordStore.prototype, 'append').mockRejectedValueOnce(new NoSpace('ENOSPC'));
    expect(await ask(server.folder)).toEqual({
      code: 70,
      said: [`There is no space in ${server.folder}. Nothing was imported.`],
    });
    full.mockRestore();
    expect(await readdir(server.folder)).toEqual(before);
    expect(await ask(server.folder)).toMatchObject({ code: 0 });
    expect(await storedIn(server.folder)).toHaveLength(9);
  });

  it('is not imported where a restore was cut off, which has the journal', async () => {
    await writeFile(server.path(RESTORING_FILE), '');
    const before = await readdir(server.folder);
    expect(await ask(server.folder)).toEqual({
      code: 78,
      said: [expect.stringContaining('Restore again with --set-aside')],
    });
    expect(await readdir(server.folder)).toEqual(before);
  });

  it('is refused by a start with a sentence that names both ways on, and left as it is', async () => {
    await build();
    const before = await Promise.all(FOLDER_FILES.map((name) => server.read(name)));
    const environment = { PORT: '0', DATA_DIR: server.folder };
    const { code, stderr } = await new ServerProcess(environment, server.folder).ended;
    expect(code).toBe(78);
    expect(stderr).toMatch(
      /^\S+ has chat\.txt, products\.json, journal\.checkpoint but no journal\.jsonl\. Restore a backup of the whole folder; or take in .+: npm run journal -- import\.\n$/,
    );
    expect(await Promise.all(FOLDER_FILES.map((name) => server.read(name)))).toEqual(before);
    await ask(server.folder);
  });

  it.each([
    ['is empty', 0],
    ['ends within its first line', 50],
  ])('is treated the same where the file is there and %s', async (_what, bytes) => {
    await build();
    await writeFile(server.path('journal.jsonl'), '{'.repeat(bytes));
    const before = await Promise.all(FOLDER_FILES.map((name) => server.read(name)));
    const { code, stderr } = await new ServerProcess({ PORT: '0', DATA_DIR: server.folder }, server.folder).ended;
    expect({ code, stderr }).toEqual({
      code: 78,
      stderr: expect.stringContaining('but nothing in journal.jsonl. Restore a backup'),
    });
    expect(await Promise.all(FOLDER_FILES.map((name) => server.read(name)))).toEqual(before);
    const none = { code: 78, said: [`There is no journal in ${server.folder}.`] };
    for (const command of ['verify', 'repair', 'pictures', 'stats'])
      expect(await owner(server.folder, command)).toEqual(none);
    expect((await ask(server.folder)).code).toBe(0);
    await server.restart();
    expect((await (await server.join()).snapshot()).products).toHaveLength(2);
  });
});

it('a folder with a checkpoint and no journal is refused, one with the secret of the sessions alone is new', async () => {
  await build();
  const folder = join(await newFolder(), 'data');
  await mkdir(folder);
  await writeFile(join(folder, 'journal.checkpoint'), 'x');
  const environment = { PORT: '0', DATA_DIR: folder };
  // No import: that has nothing to read.
  expect(await new ServerProcess(environment, folder).ended).toMatchObject({
    code: 78,
    stderr: `${folder} has journal.checkpoint but no journal.jsonl. Restore a backup of the whole folder; or begin anew in another folder.\n`,
  });
  await rm(join(folder, 'journal.checkpoint'));
  await writeFile(join(folder, 'session-secret'), 'x'.repeat(43));
  const server = new ServerProcess(environment, folder);
  await server.url();
  expect((await server.kill('SIGTERM')).code).toBe(0);
});
