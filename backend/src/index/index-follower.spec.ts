import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import type { Client } from '../../test/client.js';
import { TestServer } from '../../test/server.js';
import { IndexFollower } from './index-follower.js';
import type { IndexThread } from './index-thread.js';

let server: TestServer;
let ana: Client;
let product: number;
beforeEach(async () => {
  server = await TestServer.start({ RATE_LIMITS: 'no' });
  ana = await server.join('ana@acme.com');
  ({ n: product } = await ana.do('product:add', { title: 'Mesa', price: 1, stock: 5 }));
});
afterEach(() => server.end());

const FILE = 'index.sqlite';
const move = () => ana.do('stock:move', { product, delta: 1 });
const timeline = (client: Client) => client.query('product:timeline', { product, limit: 100 });
const numbers = async (client: Client) => (await timeline(client)).entries.map(({ n }) => n);
const indexFiles = async () => (await readdir(server.folder)).filter((name) => name.startsWith(FILE)).sort();

/** Changes the closed index as another program would. */
async function change(sql: string): Promise<void> {
  await Promise.resolve();
  const database = new DatabaseSync(server.path(FILE));
  database.exec(sql);
  database.close();
}

describe('the file of the index', () => {
  it('is readable by its owner only, and one file after a clean stop', async () => {
    expect(await numbers(ana)).toEqual([1]);
    await server.stop();
    expect((await stat(server.path(FILE))).mode & 0o777).toBe(0o600);
    expect(await indexFiles()).toEqual([FILE]);
  });

  it('goes on where it was after a restart', async () => {
    expect(await numbers(ana)).toEqual([1]);
    // What is built anew has no such table.
    await server.restart(() => change('create table kept (x)'));
    ana = await server.join('ana@acme.com');
    await move();
    expect(await numbers(ana)).toEqual([2, 1]);
    await server.stop();
    await change('select * from kept');
  });

  it.each<[string, () => Promise<void>]>([
    ['deleted', () => rm(server.path(FILE))],
    ['no database', () => writeFile(server.path(FILE), 'no database at all'.repeat(1_000))],
    ['empty', () => writeFile(server.path(FILE), '')],
    ['cut off', async () => truncate(server.path(FILE), (await stat(server.path(FILE))).size / 2)],
    ['another program’s', () => rm(server.path(FILE)).then(() => change('create table other (x)'))],
    ['of another version', () => change(`update meta set value = 0 where name = 'version'`)],
    ['of another journal', () => change(`update meta set value = 'other' where name = 'journal'`)],
    ['ahead of the journal', () => change(`update meta set value = 900 where name = 'n'`)],
    ['of a history that went another way', () => change(`update meta set value = 'x' where name = 'command'`)],
    ['not on the disk when the machine stopped', () => change(`update meta set value = 'x' where name = 'opened'`)],
  ])('is built anew when it is %s', async (_, spoil) => {
    await numbers(ana);
    await server.restart(async () => {
      if ((await indexFiles()).length > 0) await change(`update message set body = ''; delete from change`);
      await spoil();
    });
    ana = await server.join('ana@acme.com');
    expect(await numbers(ana)).toEqual([1]);
    await move();
    expect(await numbers(ana)).toEqual([2, 1]);
  });

  it('is kept after the server was killed, and built anew where it is a copy of what was being written', async () => {
    await numbers(ana);
    const wasKilled = async () => {
      const [boot, { ino }] = [
        await readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
        await stat(server.path(FILE)),
      ];
      await change(
        `create table if not exists kept (x); update meta set value = '${boot.trim()} ${ino}' where name = 'opened'`,
      );
    };
    await server.restart(wasKilled);
    expect(await numbers(await server.join())).toEqual([1]);
    await server.restart(async () => {
      await change('select * from kept');
      await wasKilled();
      await copyFile(server.path(FILE), server.path('copy'));
      await rename(server.path('copy'), server.path(FILE));
    });
    expect(await numbers(await server.join())).toEqual([1]);
    await server.stop();
    await expect(change('select * from kept')).rejects.toThrow('no such table');
  });

  it('may be deleted while the server runs', async () => {
    await numbers(ana);
    for (const name of await indexFiles()) await rm(server.path(name));
    await move();
    expect(await numbers(ana)).toEqual([2, 1]);
    await server.restart();
    expect(await numbers(await server.join())).toEqual([2, 1]);
  });
});

describe('a server whose index', () => {
  it('cannot be made goes on, says so, and makes it as soon as it can', async () => {
    await server.restart(() => mkdir(server.path(FILE)));
    ana = await server.join('ana@acme.com');

    const answer = await ana.ask('product:timeline', { product, limit: 1 });
    expect(answer).toMatchObject({ ok: false, error: { code: 'SHUTTING_DOWN', retry: true } });
    await move();
    expect(server.log.lines.filter((line) => line.includes(FILE))).toHaveLength(1);

    await rm(server.path(FILE), { recursive: true });
    await untilAnswered(ana);
    expect(await numbers(ana)).toEqual([2, 1]);
  });

  it('lost its thread starts another one', async () => {
    await numbers(ana);
    await (Reflect.get(server.get(IndexFollower), 'thread') as IndexThread).end();
    await move();
    await untilAnswered(ana);
    expect(await numbers(ana)).toEqual([2, 1]);
  });
});

/** Asks until there is an answer: the server looks for itself once a second. */
async function untilAnswered(client: Client): Promise<void> {
  while (!(await client.ask('product:timeline', { product, limit: 1 })).ok);
}
