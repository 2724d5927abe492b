import { cp, readdir, rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyWhileWritten, storedIn } from '../../test/journal/folders.js';
import { TestServer } from '../../test/server.js';
import { isMessageRecord } from '../contract/index.js';
import { transcriptLine } from './transcript-line.js';

const COPIES = 6;

/** What `chat.txt` must be, from the records alone. */
async function expected(folder: string): Promise<string> {
  const records = await storedIn(folder);
  const lines = records.filter(isMessageRecord).map((record) => {
    const posted = record.type === 'message-posted' ? record : records[record.message - 1]!;
    return `${transcriptLine(record, posted.at)}\n`;
  });
  return lines.join('');
}

/** Restores a copy into an empty folder, starts on it, and waits until its `chat.txt` is what its journal says. */
async function expectProven(copy: string): Promise<void> {
  const server = await TestServer.start();
  await server.restart(async () => {
    for (const name of await readdir(server.folder)) await rm(server.path(name));
    await cp(copy, server.folder, { recursive: true });
  });
  await server.waitForFile('chat.txt', await expected(server.folder));
  await server.end();
}

describe('chat.txt beside a journal', () => {
  let server: TestServer;
  beforeEach(async () => (server = await TestServer.start()));
  afterEach(() => server.end());

  it('is right after a restore of copies that were made under load, whatever each file had reached', async () => {
    const ana = await server.join('ana@acme.com');
    let writing = true;
    const load = Array.from({ length: 30 }, async (_, caller) => {
      for (let turn = 0; writing; turn++) await ana.do('chat:send', { text: `${caller} ${turn}` });
    });
    const copies: string[] = [];
    for (let copy = 0; copy < COPIES; copy++) {
      await ana.waitForRecord(ana.received.length + 200);
      copies.push(await copyWhileWritten(server.folder));
    }
    writing = false;
    await Promise.all(load);
    for (const copy of copies) await expectProven(copy);
  });

  it.each([['with'], ['without']])('of another history is put aside and made anew, %s its cursor', async (how) => {
    const ana = await server.join('ana@acme.com');
    for (const text of ['uno', 'dos', 'tres']) await ana.do('chat:send', { text });
    await server.stop();
    const other = await TestServer.start();
    const beto = await other.join('beto@acme.com');
    await Promise.all(Array.from({ length: 500 }, (_, index) => beto.do('chat:send', { text: `${index}` })));
    await other.stop();
    const theirs = await other.read('chat.txt');
    await cp(other.path('chat.txt'), server.path('chat.txt'));
    if (how === 'with') await cp(other.path('chat.txt.cursor'), server.path('chat.txt.cursor'));
    await other.end();

    await server.restart();

    await server.waitForFile('chat.txt', await expected(server.folder));
    const [aside] = (await readdir(server.folder)).filter((name) => name.startsWith('chat.txt.unverified-'));
    expect(await server.read(aside!)).toBe(theirs);
    expect(server.log.lines.join()).toContain('bytes in chat.txt are not what the journal has. They were put aside:');
  });

  it('is kept by its cursor, and the rest of it is compared line by line', async () => {
    const ana = await server.join('ana@acme.com');
    for (const text of ['uno', 'dos', 'tres']) await ana.do('chat:send', { text });
    await server.stop();
    const chat = await server.read('chat.txt');
    const changed = chat.replace(': dos', ': DOS');
    // A line that the cursor covers, of the same length.
    await server.restart(() => writeFile(server.path('chat.txt'), changed));

    await server.waitForFile('chat.txt', chat);
    const [aside] = (await readdir(server.folder)).filter((name) => name.startsWith('chat.txt.unverified-'));
    expect(await server.read(aside!)).toBe(changed.slice(changed.indexOf('\n') + 1));
  });
});
