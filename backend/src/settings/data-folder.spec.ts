import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdir, mkdtemp, open, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { TestServer } from '../../test/server.js';
import { checkDataFolder } from './data-folder.js';
import type { Open } from './writable-folder.js';

/** Each of them can be root's, who is refused nothing in a test. */
const FILES = [
  ...['journal.jsonl', 'chat.txt', 'audit.jsonl', 'index.sqlite', 'index.sqlite-wal', 'index.sqlite-shm'],
  ...['sessions.json', 'invitations.json', 'marks.json', 'follows.json', 'products.json', 'session-secret'],
];

describe('the data folder', () => {
  let DATA_DIR: string;
  beforeEach(async () => {
    DATA_DIR = await mkdtemp(join(tmpdir(), 'lonja-'));
    jest.spyOn(process, 'getuid').mockReturnValue(1000);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await rm(DATA_DIR, { recursive: true });
  });

  /** A system that refuses to open what has this name. */
  const refusing =
    (name: RegExp, code = 'EACCES'): Open =>
    (path, flags, mode) =>
      name.test(basename(path)) ? Promise.reject(Object.assign(new Error(), { code })) : open(path, flags, mode);
  const refusal = (sentence: string) => ({ exitCode: 78, message: `The data folder ${DATA_DIR} ${sentence}` });
  const give = () => `give it to that user (chown -R 1000 ${DATA_DIR}).`;

  it('that cannot be written to is refused, with who cannot and what to do', async () => {
    await expect(checkDataFolder({ DATA_DIR }, refusing(/^\.check-/))).rejects.toMatchObject(
      refusal(`cannot be used by user 1000 (EACCES): ${give()}`),
    );
    await expect(checkDataFolder({ DATA_DIR }, refusing(/^\.check-/, 'EROFS'))).rejects.toMatchObject(
      refusal('cannot be used (EROFS): its file system is read-only.'),
    );
  });

  it.each(FILES)('in which %s is somebody else’s is refused, and named', async (name) => {
    const onlyThat = refusing(new RegExp(`^${name.replace('.', '\\.')}$`));
    await expect(checkDataFolder({ DATA_DIR }, onlyThat)).rejects.toMatchObject(
      refusal(`cannot be used by user 1000 (EACCES, ${name}): ${give()}`),
    );
  });

  it.each(FILES)('in which a folder is in the place of %s is refused', async (name) => {
    await mkdir(join(DATA_DIR, name));
    await expect(checkDataFolder({ DATA_DIR })).rejects.toMatchObject(
      refusal(`cannot be used (EISDIR, ${name}): a folder is in the place of that file.`),
    );
  });

  it('may have a secret that nobody reads', async () => {
    const settings = { DATA_DIR, SESSION_SECRET: 'x'.repeat(32) };
    await expect(checkDataFolder(settings, refusing(/^session-secret$/))).resolves.toBeUndefined();
  });

  it('in which no picture can be stored is refused', async () => {
    await writeFile(join(DATA_DIR, 'pictures'), '');
    await expect(checkDataFolder({ DATA_DIR })).rejects.toMatchObject(refusal('cannot be used (ENOTDIR, pictures).'));
  });

  it('on a full disk can be used, as by a start', async () => {
    await expect(checkDataFolder({ DATA_DIR }, refusing(/^\.check-/, 'ENOSPC'))).resolves.toBeUndefined();
  });

  it('can be used where a check was killed, and has nothing of it afterwards', async () => {
    await writeFile(join(DATA_DIR, `.check-${process.pid}`), '');
    await checkDataFolder({ DATA_DIR });
    expect(await readdir(DATA_DIR)).toEqual([]);
  });

  it('of a server is judged by all that the server uses, and left as it is', async () => {
    const server = await TestServer.start();
    const ana = await server.join('ana@acme.com');
    await ana.do('chat:send', { text: 'hola' });
    await server.stop();
    const names = (await readdir(server.folder)).filter((name) => !/\.(?:cursor|checkpoint)$/.test(name));

    await checkDataFolder({ DATA_DIR: server.folder });

    expect(names.filter((name) => !FILES.includes(name))).toEqual([]);
    await server.end();
  });
});
