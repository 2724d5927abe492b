import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from '../test/client.js';
import { journalBytes, journalPath, newFolder } from '../test/journal/folders.js';
import { build, ServerProcess } from '../test/server-process.js';
import { LIMITS } from './contract/index.js';

beforeAll(build, 120_000);

describe('a server under which an old record rots', () => {
  let folder: string;
  let server: ServerProcess;
  let client: Client;
  beforeEach(async () => {
    folder = await newFolder(tmpdir());
    await start();
  });
  afterEach(async () => {
    client.close();
    await server.kill('SIGKILL');
  });

  async function start(): Promise<void> {
    server = new ServerProcess({ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'error' }, folder);
    client = await Client.connect(await server.url(), 'ana@acme.com');
  }

  const post = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, index) => client.do('chat:send', { text: `mensaje ${index + 1}` })));

  /** Changes one letter of the third message on the disk; returns where its line begins. */
  async function rot(): Promise<number> {
    const bytes = await journalBytes(folder);
    const text = bytes.indexOf('"mensaje 3"');
    const file = await open(journalPath(folder), 'r+');
    await file.write('M', text + 1);
    await file.close();
    return bytes.lastIndexOf('\n', text) + 1;
  }

  /** Expects the server to end, and a new one to refuse to start, both with 65 and a sentence that names the place. */
  async function expectNamed(byte: number): Promise<void> {
    const { code, stderr } = await server.ended;
    expect(code).toBe(65);
    const sentence = (place: string) =>
      `The journal ${journalPath(folder)} is damaged at byte ${byte} (${place}): the checksum does not match. Nothing was changed.\n`;
    expect(stderr.slice(stderr.indexOf('The journal'))).toContain(sentence('record 3'));
    expect(stderr).not.toMatch(/\bat .+:\d+:\d+|node_modules/);

    const again = await new ServerProcess({ PORT: '0', DATA_DIR: folder }, folder).ended;
    expect(again).toMatchObject({ code: 65, stdout: '', stderr: sentence('after record 2') });
  }

  const INTERNAL = {
    ok: false,
    error: { code: 'INTERNAL', message: 'The server could not do that.', retry: false },
  };

  it('answers whoever turns back to it that it cannot, and ends with 65', async () => {
    await post(5);
    const byte = await rot();

    expect(await client.ask('chat:history', { before: 6, limit: 5 })).toEqual(INTERNAL);
    await expectNamed(byte);
  });

  it('answers whoever resumes from it that it cannot, and ends with 65', async () => {
    await post(LIMITS.resumeRecords + 5);
    const { journal } = await client.snapshot();
    const [, , third] = (await journalBytes(folder)).toString().split('\n').slice(1);
    const { id } = JSON.parse(third!) as { id: string };
    client.close();
    await server.kill('SIGTERM');
    await start();
    const byte = await rot();

    expect(await client.ask('feed:join', { cursor: { journal, n: 3, command: id } })).toEqual(INTERNAL);
    await expectNamed(byte);
  });

  it('decides a command about it from memory, and ends with 65 as soon as its line is needed, for chat.txt', async () => {
    await post(5);
    const byte = await rot();
    const gone = new Promise<void>((resolve) => {
      client.socket.once('disconnect', () => resolve());
    });
    client.socket.emit('chat:delete', { id: '9a1f7a52-6f2d-4f0e-9c55-0a8f3cf4a3a1', message: 3 }, () => undefined);
    await gone;

    await expectNamed(byte);
  });
});
