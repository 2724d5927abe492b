import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { appendFile, mkdir, rm, stat, truncate } from 'node:fs/promises';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';
import { LineFile } from './line-file.js';
import { Journal } from '../journal/index.js';
import { formatInstant } from './transcript-line.js';

describe('chat.txt', () => {
  let server: TestServer;
  let ana: Client;
  let beto: Client;
  let stopping: PromiseWithResolvers<undefined>;
  beforeEach(async () => {
    stopping = Promise.withResolvers();
    server = await TestServer.start();
    ana = await server.join('ana@acme.com');
    beto = await server.join('beto@acme.com');
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await server.end();
  });

  it('is there from the start, empty, and only the owner may read it', async () => {
    expect(await server.read('chat.txt')).toBe('');
    expect((await stat(server.path('chat.txt'))).mode & 0o777).toBe(0o600);
  });

  it('gets a line for each message, while the server runs', async () => {
    const first = await ana.do('chat:send', { text: 'hola «ñ»' });
    await server.waitForFile('chat.txt', `ana@acme.com [${formatInstant(first.at)}] : hola «ñ»\n`);
    const second = await beto.do('chat:send', { text: 'dos\nlíneas' });

    await server.waitForFile(
      'chat.txt',
      `ana@acme.com [${formatInstant(first.at)}] : hola «ñ»\n` +
        `beto@acme.com [${formatInstant(second.at)}] : dos ⏎ líneas\n`,
    );
  });

  it('gets edits and deletions as separate lines after the message that they change', async () => {
    const post = formatInstant((await ana.do('chat:send', { text: 'ohla' })).at);
    const edit = formatInstant((await ana.do('chat:edit', { message: 1, text: 'hola' })).at);
    const deletion = formatInstant((await ana.do('chat:delete', { message: 1 })).at);

    await server.waitForFile(
      'chat.txt',
      `ana@acme.com [${post}] : ohla\n` +
        `ana@acme.com [${edit}] : ✎ [${post}] hola\n` +
        `ana@acme.com [${deletion}] : ✗ [${post}]\n`,
    );
  });

  it('gets an agreement as a separate line after its message', async () => {
    const post = formatInstant((await ana.do('chat:send', { text: 'hoy cerramos a las 6' })).at);
    const agreement = formatInstant((await beto.do('chat:agree', { message: 1 })).at);

    await server.waitForFile(
      'chat.txt',
      `ana@acme.com [${post}] : hoy cerramos a las 6\n` + `beto@acme.com [${agreement}] : ✓ [${post}]\n`,
    );
  });

  it('has nothing of products', async () => {
    const { n } = await ana.do('product:add', { title: 'Taza', price: 3, stock: 3 });
    await ana.do('stock:move', { product: n, delta: -1, note: 'rotura' });
    const { at } = await ana.do('chat:send', { text: 'hola' });

    await server.waitForFile('chat.txt', `ana@acme.com [${formatInstant(at)}] : hola\n`);
  });

  it('has everything that was acknowledged when the server has stopped', async () => {
    await ana.do('chat:send', { text: 'primero' });
    const edits = Array.from({ length: 100 }, (_, index) => ana.do('chat:edit', { message: 1, text: `${index}` }));
    const posts = Array.from({ length: 200 }, (_, index) => beto.do('chat:send', { text: `${index}` }));
    await Promise.all([...edits, ...posts]);

    await server.stop();

    expect(lines(await server.read('chat.txt'))).toHaveLength(301);
  });

  it('is completed before the server ends, however many records it lacks', async () => {
    holdUpWriting();
    goOnWhenStopped();
    for (const text of ['uno', 'dos', 'tres', 'cuatro']) await ana.do('chat:send', { text });

    await server.stop();

    const texts = lines(await server.read('chat.txt')).map((line) => line.slice(line.indexOf(' : ') + 3));
    expect(texts).toEqual(['uno', 'dos', 'tres', 'cuatro']);
  });

  describe('after a restart', () => {
    let before: string;
    beforeEach(async () => {
      await ana.do('chat:send', { text: 'primero' });
      await ana.do('product:add', { title: 'Taza', price: 3 });
      await beto.do('chat:send', { text: 'segundo, con ñ y 😀' });
      await ana.do('chat:edit', { message: 1, text: 'primero, corregido' });
      await ana.do('product:remove', { product: 2 });
      await beto.do('chat:delete', { message: 3 });
      await ana.do('chat:send', { text: 'último, con ñ' });
      await server.stop();
      before = await server.read('chat.txt');
      expect(lines(before)).toHaveLength(5);
    });

    it.each<[string, () => Promise<void>]>([
      ['nothing happened to it', () => Promise.resolve()],
      ['it was removed', () => rm(server.path('chat.txt'))],
      ['it was emptied', () => truncate(server.path('chat.txt'))],
      ['its last line is missing', () => cut(lines(before).slice(0, 4))],
      ['its last four lines are missing', () => cut(lines(before).slice(0, 1))],
      ['its last line has no end', () => truncate(server.path('chat.txt'), Buffer.byteLength(before) - 1)],
      ['its last line ends inside a letter', () => truncate(server.path('chat.txt'), Buffer.byteLength(before) - 2)],
      ['somebody wrote a line into it', () => appendFile(server.path('chat.txt'), 'mallory : hola\n')],
      ['somebody wrote half a line into it', () => appendFile(server.path('chat.txt'), 'mallory')],
    ])('is the same when %s, and continues', async (_, happened) => {
      await server.restart(happened);

      await server.waitForFile('chat.txt', before);

      const { at } = await (await server.join('ana@acme.com')).do('chat:send', { text: 'sigue' });
      await server.waitForFile('chat.txt', `${before}ana@acme.com [${formatInstant(at)}] : sigue\n`);
    });

    it('is not what the server reads: whatever is written into it is no message', async () => {
      await server.restart(() => appendFile(server.path('chat.txt'), 'mallory@acme.com [x] : hola\n'));

      const { messages } = await (await server.join()).snapshot();

      expect(messages.map(({ by }) => by)).not.toContain('mallory@acme.com');
      expect(messages).toHaveLength(3);
    });

    function cut(rest: readonly string[]): Promise<void> {
      return truncate(server.path('chat.txt'), Buffer.byteLength(rest.map((line) => `${line}\n`).join('')));
    }
  });

  it('is completed over thousands of records, wherever it ends', async () => {
    const posts = Array.from({ length: 2_300 }, (_, index) => ana.do('chat:send', { text: `mensaje ${index}` }));
    await Promise.all(posts);
    await server.stop();
    const whole = await server.read('chat.txt');
    expect(lines(whole)).toHaveLength(2_300);

    for (const kept of [0, 1, 299, 300, 301, 1_299, 1_300, 1_301, 2_299]) {
      const rest = lines(whole).slice(0, kept);
      const bytes = Buffer.byteLength(rest.map((line) => `${line}\n`).join(''));
      await server.restart(() => truncate(server.path('chat.txt'), bytes));
      await server.waitForFile('chat.txt', whole);
    }
  });

  it('misses nothing when the server ends while it is made anew', async () => {
    await Promise.all(Array.from({ length: 1_200 }, (_, index) => ana.do('chat:send', { text: `mensaje ${index}` })));
    await server.stop();
    const whole = await server.read('chat.txt');
    holdUpWriting();
    await server.restart(() => rm(server.path('chat.txt')));
    goOnWhenStopped();
    const { at } = await (await server.join('ana@acme.com')).do('chat:send', { text: 'sigue' });

    await server.restart();

    await server.waitForFile('chat.txt', `${whole}ana@acme.com [${formatInstant(at)}] : sigue\n`);
  });

  /** The next write takes until the server ends. */
  function holdUpWriting(): void {
    const { append } = LineFile.prototype;
    jest.spyOn(LineFile.prototype, 'append').mockImplementationOnce(async function (this: LineFile, due) {
      await stopping.promise;
      await append.call(this, due);
    });
  }

  /** Lets the write that is held up go on when the server has begun to wait for it. */
  function goOnWhenStopped(): void {
    const journal = server.get(Journal);
    const shutdown = journal.beforeApplicationShutdown.bind(journal);
    jest.spyOn(journal, 'beforeApplicationShutdown').mockImplementation(() => {
      const done = shutdown();
      stopping.resolve(undefined);
      return done;
    });
  }

  it('is written where its cursor cannot be, which is said once, and the next start compares line by line', async () => {
    await server.restart(async () => {
      await rm(server.path('chat.txt.cursor'), { force: true });
      await mkdir(server.path('chat.txt.cursor'));
    });
    server.log.lines.length = 0;
    const again = await server.join('ana@acme.com');
    const { at } = await again.do('chat:send', { text: 'hola' });
    await server.waitForFile('chat.txt', `ana@acme.com [${formatInstant(at)}] : hola\n`);
    await server.stop();
    const said = server.log.lines.filter((line) => line.startsWith('chat.txt'));
    expect(said).toEqual([expect.stringMatching(/^chat\.txt\.cursor cannot be written \(E\w+\): /)]);
    await server.restart();
    expect(await server.read('chat.txt')).toBe(`ana@acme.com [${formatInstant(at)}] : hola\n`);
  });

  it('does not stop the chat when it cannot be written, and is complete after the next start', async () => {
    const { at } = await ana.do('chat:send', { text: 'hola' });
    await server.restart(async () => {
      await rm(server.path('chat.txt'));
      await mkdir(server.path('chat.txt'));
    });
    const again = await server.join('ana@acme.com');

    const next = await again.do('chat:send', { text: 'sigo' });

    expect(server.log.lines.join()).toContain('chat.txt could not be written');
    await server.restart(() => rm(server.path('chat.txt'), { recursive: true }));
    expect(await server.read('chat.txt')).toBe(
      `ana@acme.com [${formatInstant(at)}] : hola\nana@acme.com [${formatInstant(next.at)}] : sigo\n`,
    );
  });
});

function lines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}
