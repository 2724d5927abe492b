import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allMessages, resend, type Sent, sendUntilDisconnected, transcript } from '../test/load.js';
import { build, type Ended, ServerProcess } from '../test/server-process.js';

beforeAll(build, 120_000);

/** How often a process is killed in the middle of work. */
const ROUNDS = 3;

describe('the process', () => {
  let folder: string;
  let processes: ServerProcess[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lonja-'));
    processes = [];
  });
  afterEach(async () => {
    await Promise.all(processes.map((one) => one.kill('SIGKILL')));
    await rm(folder, { recursive: true });
  });

  const start = (environment: NodeJS.ProcessEnv = {}) => {
    const one = new ServerProcess({ PORT: '0', DATA_DIR: join(folder, 'data'), ...environment }, folder);
    processes.push(one);
    return one;
  };
  const live = async (url: string) => (await fetch(`${url}/health/live`)).status;

  it('says where it is, where the data are and how to stop it, and no more', async () => {
    const server = start();
    const url = await server.url();

    expect(await live(url)).toBe(200);
    expect(await server.kill('SIGTERM')).toMatchObject({
      stdout: expect.stringMatching(
        new RegExp(
          `^Lonja is at ${url}\nData: ${join(folder, 'data')}\nStop: Ctrl\\+C\n` +
            `\\S+ \\d+ .* LOG \\[Lonja\\] Lonja \\S+ listens on port ${new URL(url).port} .*\n` +
            `\\S+ \\d+ .* LOG \\[Lonja\\] Lonja stops \\(SIGTERM\\)\n$`,
        ),
      ),
      stderr: '',
    });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends well on %s, with a mark that nothing is missing', async (signal) => {
    const server = start();
    await server.url();

    expect(await server.kill(signal)).toMatchObject({ code: 0, signal: null, stderr: '' });

    expect(JSON.parse((await journalLines(folder)).at(-1)!)).toMatchObject({ closed: 0 });
  });

  it('refuses to share its folder, in one sentence, and the first continues', async () => {
    const first = start();
    const url = await first.url();

    const second = await start().ended;

    expect(second.code).toBe(75);
    expectOneSentence(second, /^Another Lonja already uses .+journal\.jsonl\. /);
    expect(await live(url)).toBe(200);
  });

  it('frees its folder the moment it is killed', async () => {
    const first = start();
    await first.url();
    await first.kill('SIGKILL');

    expect(await live(await start().url())).toBe(200);
  });

  it.each([
    ['PORT', 'http'],
    ['SESSION_SECRET', 'short'],
    ['ORIGINS', 'everywhere'],
  ])('refuses %s=%s in one sentence that names it', async (name, value) => {
    const ended = await start({ [name]: value }).ended;

    expect(ended.code).toBe(78);
    expectOneSentence(ended, new RegExp(`^Wrong settings: .*${name}`));
  });

  it('refuses a port that is in use, in one sentence that names it', async () => {
    const other = createServer();
    await once(other.listen(0), 'listening');
    const port = String((other.address() as AddressInfo).port);

    const ended = await start({ PORT: port }).ended;
    other.close();

    expect(ended.code).toBe(78);
    expectOneSentence(ended, new RegExp(`^Port ${port} is in use\\.`));
  });

  it('refuses a data folder that is a file, in one sentence that names it', async () => {
    const DATA_DIR = join(folder, 'file');
    await writeFile(DATA_DIR, 'mine');

    const ended = await start({ DATA_DIR }).ended;

    expect(ended.code).toBe(78);
    expectOneSentence(ended, /file.* cannot be used \(ENOTDIR\)\.$/);
    expect(await readFile(DATA_DIR, 'utf8')).toBe('mine');
  });

  it('reads a .env file in its working directory; the environment goes before it', async () => {
    await writeFile(join(folder, '.env'), '# comment\nDATA_DIR=from-file\nLOG_LEVEL=loud\nPORT=0\n');
    const server = new ServerProcess({ LOG_LEVEL: 'error' }, folder);
    processes.push(server);
    await server.url();

    expect((await server.kill('SIGTERM')).stdout).toContain(`Data: ${join(folder, 'from-file')}\n`);
    expect(JSON.parse((await journalLines(folder, 'from-file'))[0]!)).toMatchObject({ format: 1 });
  });

  it('refuses what a .env file says wrong', async () => {
    await writeFile(join(folder, '.env'), 'PORT=http\n');
    const server = new ServerProcess({}, folder);
    processes.push(server);

    expect((await server.ended).code).toBe(78);
  });
});

describe('a process that ends while it works', () => {
  let folder: string;
  let server: ServerProcess | undefined;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'lonja-'))));
  afterEach(async () => {
    await server?.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  const start = async () => {
    server = new ServerProcess({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'error', TZ: 'Europe/Madrid' }, folder);
    return server.url();
  };

  it('kill -9: has stored everything that it acknowledged, and stores what is sent again once', async () => {
    const sent: Sent[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      sent.push(...(await sendUntilDisconnected(await start(), () => server!.kill('SIGKILL'))));
    }
    expect(sent.some(({ answer }) => !answer)).toBe(true);

    const url = await start();
    const before = await allMessages(url);
    expect(before.map(({ n }) => n)).toEqual(before.map((_, index) => index + 1));
    for (const { command, by, answer } of sent) {
      if (!answer) continue;
      expect(answer.ok).toBe(true);
      expect(before[answer.ok ? answer.data.n - 1 : 0]).toEqual({
        ...(answer.ok && answer.data),
        by,
        text: command.text,
        command: command.id,
      });
    }

    const again = await resend(url, sent);
    for (const [index, { answer }] of sent.entries()) expect(again[index]).toMatchObject(answer ?? { ok: true });
    const after = await allMessages(url);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.map(({ text }) => text).toSorted()).toEqual(sent.map(({ command }) => command.text).toSorted());

    await server!.kill('SIGTERM');
    expect(await transcript(folder)).toEqual(after.map(({ by, text }) => ({ by, text })));
  });

  it('SIGTERM: has answered or refused, and stored exactly what it acknowledged', async () => {
    const sent = await sendUntilDisconnected(await start(), async () => {
      expect(await server!.kill('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
    });
    const lines = (await readFile(join(folder, 'journal.jsonl'), 'utf8')).trimEnd().split('\n');

    const after = await allMessages(await start());

    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ closed: after.length });
    const stored = new Map(after.map((message) => [message.text, message.n]));
    for (const { command, answer } of sent) {
      if (answer?.ok) expect(stored.get(command.text)).toBe(answer.data.n);
      else if (answer) {
        expect(answer.error).toMatchObject({ code: 'SHUTTING_DOWN', retry: true });
        expect(stored.has(command.text)).toBe(false);
      }
    }
  });
});

/** What the owner reads when it does not start: one line, and nothing of the program's insides. */
function expectOneSentence({ stdout, stderr }: Ended, sentence: RegExp): void {
  expect(stdout).toBe('');
  expect(stderr.endsWith('\n')).toBe(true);
  expect(stderr.trimEnd()).toMatch(sentence);
  expect(stderr.trimEnd()).not.toMatch(/\n|\bat .+:\d+|node_modules/);
}

async function journalLines(folder: string, data = 'data'): Promise<string[]> {
  return (await readFile(join(folder, data, 'journal.jsonl'), 'utf8')).trimEnd().split('\n');
}
