import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '../test/client.js';
import { build, ServerProcess } from '../test/server-process.js';

beforeAll(build, 120_000);

const ANA = 'ana@acme.com';
const UUID = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}';

describe('the log of the built server', () => {
  let folder: string;
  let server: ServerProcess;
  let clients: Client[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lonja-'));
    clients = [];
  });
  afterEach(async () => {
    for (const client of clients) client.close();
    await server.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });

  async function start(settings: NodeJS.ProcessEnv = {}): Promise<string> {
    server = new ServerProcess({ PORT: '0', DATA_DIR: folder, ...settings }, folder);
    return server.url();
  }
  async function connect(url: string, email?: string): Promise<Client> {
    const client = await Client.connect(url, email);
    clients.push(client);
    return client;
  }

  /** A visitor and a member come, one asks what is refused, one returns with a cursor, and both go. */
  async function visit(url: string): Promise<{ visitor: string; member: string }> {
    const [visitor, member] = [await connect(url), await connect(url, ANA)];
    const ids = { visitor: visitor.socket.id!, member: member.socket.id! };
    const { journal } = await member.snapshot();
    await member.do('chat:send', { text: 'hola' });
    await member.join({ journal, n: 0 });
    await visitor.refused('chat:send', { text: 'hola' });
    visitor.socket.io.reconnection(false);
    visitor.socket.io.engine.close();
    member.close();
    return ids;
  }
  /** What is printed after the three lines of the start for people, and those of the log on start and stop. */
  const lines = (stdout: string) =>
    stdout
      .split('\n')
      .slice(3, -1)
      .filter((text) => !/ listens on port | Lonja stops /.test(text));
  const line = (level: string, message: string) =>
    expect.stringMatching(new RegExp(`^\\[Lonja\\] \\d+ .* ${level} \\[\\w+\\] ${message}$`));

  it('says who connects, who returns, and who disconnects for which reason', async () => {
    const { visitor, member } = await visit(await start());
    await server.prints(new RegExp(`${ANA} disconnected`));
    await server.prints(new RegExp(`visitor disconnected`));

    const { stdout, stderr } = await server.kill('SIGTERM');

    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Lonja is at http:\S+\nData: \S+\nStop: Ctrl\+C\n/);
    const [first, audited, second, third, ...ends] = lines(stdout);
    expect([first, audited, second, third]).toEqual([
      line('LOG', `A visitor connected \\(${visitor}\\)`),
      line('LOG', `{"at":"\\S+","event":"entered","by":"${ANA}","network":"127.0.0.1",.*}`),
      line('LOG', `${ANA} connected \\(${member}\\)`),
      line('LOG', `${ANA} reconnected: resumed from 0 to 1`),
    ]);
    expect(ends).toHaveLength(2);
    expect(ends).toContainEqual(line('LOG', `A visitor disconnected \\(${visitor}\\): transport close`));
    expect(ends).toContainEqual(line('LOG', `${ANA} disconnected \\(${member}\\): client namespace disconnect`));
  });

  it.each([
    ['warn', [line('WARN', 'A request for the host evil.example was refused\\..* HOST_NAMES\\.')]],
    ['error', []],
  ])('says less at LOG_LEVEL=%s', async (LOG_LEVEL, expected) => {
    const url = await start({ LOG_LEVEL });
    await visit(url);
    const [refused] = (await once(get(url, { headers: { host: 'evil.example' } }), 'response')) as [IncomingMessage];
    expect(refused.resume().statusCode).toBe(403);

    expect(lines((await server.kill('SIGTERM')).stdout)).toEqual(expected);
  });

  it('claims no address in a container, which does not know under which its port is published', async () => {
    server = new ServerProcess({ PORT: '0', DATA_DIR: folder }, folder, ['--container']);
    const port = await server.port();

    const { stdout } = await server.kill('SIGTERM');

    expect(stdout.split('\n').slice(0, -1)).toEqual([
      line('LOG', `Lonja \\S+ listens on port ${port} \\(AUTH=open, data in ${folder}\\)`),
      line('LOG', 'Lonja stops \\(SIGTERM\\)'),
    ]);
    expect(stdout).not.toContain('localhost');
  });

  it('says more at LOG_LEVEL=debug: also what is refused, and to whom', async () => {
    await visit(await start({ LOG_LEVEL: 'debug' }));
    await server.prints(new RegExp(`${ANA} disconnected`));

    const { stdout } = await server.kill('SIGTERM');

    expect(stdout).toMatch(/^Lonja is at /);
    expect(lines(stdout)).toEqual(
      expect.arrayContaining([
        line('LOG', `${ANA} connected .*`),
        line('DEBUG', `A visitor is refused chat:send: UNIDENTIFIED \\(${UUID}\\)`),
      ]),
    );
  });
});
