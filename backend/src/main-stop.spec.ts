import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '../test/client.js';
import { allMessages, resend, type Sent, sendUntilDisconnected } from '../test/load.js';
import { build, ServerProcess } from '../test/server-process.js';

beforeAll(build, 120_000);

/** How often the process is replaced by the next one under load. */
const UPDATES = 3;
/** What a supervisor waits before it kills, in ms: `stop_grace_period` of the Compose file. */
const GRACE = 30_000;

describe('a stop of the built server', () => {
  let folder: string;
  let server: ServerProcess;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'lonja-'))));
  afterEach(async () => {
    await server.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  const start = (environment: NodeJS.ProcessEnv = {}): Promise<string> => {
    server = new ServerProcess({ PORT: '0', DATA_DIR: folder, ...environment }, folder);
    return server.url();
  };
  const lastLine = async () =>
    JSON.parse((await readFile(join(folder, 'journal.jsonl'), 'utf8')).trimEnd().split('\n').at(-1)!) as object;

  it('costs no command: each is acknowledged, or stored once by the next process', async () => {
    const sent: Sent[] = [];
    for (let update = 0; update < UPDATES; update++) {
      const url = await start({ LOG_LEVEL: 'error' });
      const now = await sendUntilDisconnected(url, async () => {
        expect(await server.kill('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
      });
      expect(await lastLine()).toHaveProperty('closed');
      const refused = now.flatMap(({ answer }) => (answer && !answer.ok ? [answer.error] : []));
      for (const error of refused) expect(error).toMatchObject({ code: 'SHUTTING_DOWN', retry: true });
      sent.push(...now);
    }

    const url = await start({ LOG_LEVEL: 'error', RATE_LIMITS: 'no' });
    const answers = await resend(url, sent);

    for (const [index, { answer }] of sent.entries())
      expect(answers[index]).toMatchObject(answer?.ok ? answer : { ok: true });
    const texts = (await allMessages(url)).map(({ text }) => text);
    expect(texts.toSorted()).toEqual(sent.map(({ command }) => command.text).toSorted());
  });

  it.each([
    ['SIGTERM', 'SIGTERM'],
    ['SIGINT', 'SIGTERM'],
    ['SIGTERM', 'SIGINT'],
  ] as const)('is one stop, whatever comes after it: %s, %s', async (first, second) => {
    const clients = await connected(await start());
    const began = performance.now();
    server.signal(first);
    await server.prints(/Lonja stops/);
    server.signal(second);

    const { code, stdout, stderr } = await server.ended;

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.match(/Lonja stops \(\w+\)/g)).toEqual([`Lonja stops (${first})`]);
    expect(await lastLine()).toMatchObject({ closed: 0 });
    expect(performance.now() - began).toBeLessThan(GRACE);
    for (const client of clients) client.close();
  });

  it('during the start ends it: at once, or when the journal can be closed again', async () => {
    server = new ServerProcess({ PORT: '0', DATA_DIR: folder }, folder);
    const made = watch(folder);
    await once(made, 'change');
    made.close();

    const { code, stdout, stderr } = await server.kill('SIGTERM');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toContain('Lonja is at');
    expect((await fetch(`${await start()}/health/ready`)).status).toBe(200);
  });

  it('closes each connection so that its client comes back by itself', async () => {
    const [client] = await connected(await start(), 1);
    const reason = new Promise((resolve) => {
      client!.socket.once('disconnect', resolve);
    });

    await server.kill('SIGTERM');

    // Not `io server disconnect`, after which socket.io does not come back.
    expect(await reason).toMatch(/^transport (?:close|error)$/);
    client!.close();
  });

  async function connected(url: string, count = 20): Promise<Client[]> {
    return Promise.all(Array.from({ length: count }, (_, index) => Client.connect(url, `member${index}@acme.com`)));
  }
});
