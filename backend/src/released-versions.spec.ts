import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyOf, journalBytes, journalPath, linesOf, storedIn } from '../test/journal/folders.js';
import { TestServer } from '../test/server.js';
import { owner } from '../test/owner.js';
import { addChecksum, withoutChecksum } from './journal/file/checksum.js';

/** Data folders as released versions have left them; the README there says how they were made. */
const FIXTURES = fileURLToPath(new URL('../test/fixtures', import.meta.url));
const RELEASED = ['data-0.1.0', 'data-0.1.0-killed', 'data-0.2.0'];

describe('a data folder of a released version', () => {
  let server: TestServer;
  beforeEach(async () => (server = await TestServer.start()));
  afterEach(() => server.end());

  const restartWith = (fixture: string) =>
    server.restart(async () => {
      for (const name of await readdir(server.folder)) await rm(join(server.folder, name), { recursive: true });
      await cp(join(FIXTURES, fixture), server.folder, { recursive: true });
    });

  it.each(RELEASED)('%s is taken over: all of it is there, work goes on, and it starts again', async (fixture) => {
    await restartWith(fixture);
    const ana = await server.join('ana@acme.com');
    const { messages, products } = await ana.snapshot();
    const told = messages.map(({ text, editedAt, deletedAt }) => [text, Boolean(editedAt), Boolean(deletedAt)]);
    expect(told.slice(0, 3)).toEqual([
      ['Hola a todos', true, false],
      ['Bien', false, false],
      ['', false, true],
    ]);
    const isNow = fixture === 'data-0.2.0';
    const cup = { title: 'Taza ñandú', code: 'T-1', price: isNow ? 5 : 4, stock: isNow ? 6 : 7 };
    expect(products[0]).toMatchObject(cup);
    expect(products.map(({ title }) => title)).toEqual(isNow ? ['Taza ñandú', 'Plato', 'Vaso'] : ['Taza ñandú']);

    const { n } = await ana.do('chat:send', { text: '#T-1 -1 sigue' });
    await ana.query('search', { query: 'hola', limit: 5 });
    await server.restart();
    const again = await (await server.join('beto@acme.com')).snapshot();
    expect([again.n, again.products[0]!.stock]).toEqual([n, cup.stock - 1]);
    expect((await owner(server.folder, 'verify')).said).toEqual([
      expect.stringMatching(/^whole: \d+ records, \d+ bytes$/),
    ]);
  });

  it.each(RELEASED)('%s keeps every byte of its journal and of its chat.txt', async (fixture) => {
    const [journal, chat] = await Promise.all(
      ['journal.jsonl', 'chat.txt'].map((name) => readFile(join(FIXTURES, fixture, name))),
    );
    await restartWith(fixture);
    await server.stop();
    const bytes = await journalBytes(server.folder);
    // Of the one that was killed all but its last line, which was cut off: it is aside, and comes from its second file.
    const whole = journal!.subarray(0, journal!.lastIndexOf('\n') + 1);
    expect(bytes.subarray(0, whole.length).equals(whole)).toBe(true);
    expect((await storedIn(server.folder)).length).toBeGreaterThanOrEqual(10);
    expect((await server.read('chat.txt')).startsWith(chat!.toString())).toBe(true);
  });

  it('of this version keeps what members have set', async () => {
    await restartWith('data-0.2.0');
    await server.stop();
    const parts = await Promise.all(['marks.json', 'follows.json', 'audit.jsonl'].map((name) => server.read(name)));
    for (const [index, name] of ['marks.json', 'follows.json', 'audit.jsonl'].entries()) {
      expect(parts[index]).toBe(await readFile(join(FIXTURES, 'data-0.2.0', name), 'utf8'));
    }
  });
});

describe('a data folder of a later version', () => {
  const NOTHING = expect.stringMatching(/^This version \(\d+\.\d+\.\d+\) does not know .+ Nothing was changed\.$/);
  const header = (folder: string, format: number) =>
    changed(folder, ([first, ...rest]) => {
      const { crc: _crc, ...content } = JSON.parse(first!.toString()) as { crc: string };
      return [addChecksum(withoutChecksum({ ...content, format })), ...rest];
    });
  const record = (folder: string) =>
    changed(folder, (lines) => {
      const place = lines.findIndex((line) => line.includes('"type":"product-changed"'));
      const sung = lines[place]!.toString().replace('product-changed', 'product-sung');
      const { crc: _crc, ...content } = JSON.parse(sung) as { crc: string };
      return lines.with(place, addChecksum(withoutChecksum(content)));
    });

  async function changed(folder: string, change: (lines: Buffer[]) => Buffer[]): Promise<void> {
    await writeFile(journalPath(folder), Buffer.concat(change(linesOf(await journalBytes(folder)))));
    // It covers the line, and is proven by it.
    await rm(join(folder, 'journal.checkpoint'));
  }

  it.each<[string, (folder: string) => Promise<void>]>([
    ['a format', (folder) => header(folder, 2)],
    ['a record', record],
  ])('is refused for %s that is not known, by a start and by every command, and stays as it is', async (_, change) => {
    const folder = await copyOf(join(FIXTURES, 'data-0.2.0'));
    await change(folder);
    const before = await journalBytes(folder);
    await expect(TestServer.start({ DATA_DIR: folder })).rejects.toMatchObject({ exitCode: 78, message: NOTHING });
    const to = join(await copyOf(folder), 'to');
    for (const words of [
      ['verify'],
      ['stats'],
      ['repair'],
      ['backup', '--to', to],
      ['restore', '--from', folder, '--data', to],
    ]) {
      expect([words[0], await owner(folder, ...words)]).toEqual([words[0], { code: 78, said: [NOTHING] }]);
    }
    expect(await journalBytes(folder)).toEqual(before);
  });
});
