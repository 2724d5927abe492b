import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Ended, ServerProcess } from '../test/server-process.js';

beforeAll(build, 120_000);

const SECRETS = {
  SESSION_SECRET: 'hunter2-hunter2-hunter2-hunter2-hunter2',
  SMTP_URL: 'smtps://ana:hunter2@mail.acme.com',
};

let folder: string;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'lonja-'))));
afterEach(() => rm(folder, { recursive: true }));

const run = (environment: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> =>
  new ServerProcess({ DATA_DIR: join(folder, 'data'), ...environment }, folder, args).ended;

describe('--check', () => {
  it('says that the settings are right and what would be used, without secrets, and ends with 0', async () => {
    const ended = await run({ AUTH: 'code', ADMINS: 'ana@acme.com', PORT: '1', ...SECRETS }, '--check');

    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^The settings are right, and the data folder can be used\.\n/);
    for (const line of ['PORT=1', `DATA_DIR=${join(folder, 'data')}`, 'AUTH=code', 'SMTP_URL=(set, not shown)'])
      expect(ended.stdout.split('\n')).toContain(line);
    expect(ended.stdout).not.toContain('hunter2');
  });

  it('leaves nothing behind, in a folder that is there and where none is', async () => {
    await run({}, '--check');
    expect(await readdir(folder)).toEqual([]);

    await mkdir(join(folder, 'data'));
    await run({}, '--check');
    expect(await readdir(join(folder, 'data'))).toEqual([]);
  });

  it('says the same in one JSON object', async () => {
    const { stdout } = await run({ LOG_FORMAT: 'json', ...SECRETS }, '--check');

    expect(JSON.parse(stdout)).toMatchObject({
      level: 'log',
      message: 'The settings are right, and the data folder can be used.',
      settings: { PORT: '3000', AUTH: 'open', SESSION_SECRET: '(set, not shown)', CURRENCY: '' },
    });
    expect(stdout).not.toContain('hunter2');
  });

  it('ends with 78 and the sentence of a start that would fail', async () => {
    expect(await run({ PORT: 'http' }, '--check')).toMatchObject({
      code: 78,
      stdout: '',
      stderr: expect.stringMatching(/^Wrong settings: PORT .*\.\n$/),
    });
  });

  it('and a start end with 78 where backups would go into the data folder, however that is written', async () => {
    await mkdir(join(folder, 'data'));
    await symlink(join(folder, 'data'), join(folder, 'link'));
    for (const BACKUP_DIR of [join(folder, 'data'), join(folder, 'data', 'backups'), join(folder, 'link', 'deep')]) {
      for (const args of [['--check'], []]) {
        expect(await run({ BACKUP_DIR }, ...args)).toMatchObject({
          code: 78,
          stderr: expect.stringMatching(/^Wrong settings: BACKUP_DIR: .+ is inside the data folder .+\n$/),
        });
      }
    }
    expect(await readdir(join(folder, 'data'))).toEqual([]);
    expect((await run({ BACKUP_DIR: join(folder, 'elsewhere') }, '--check')).code).toBe(0);
  });

  it('and a start end with 78 and one sentence where a file of the data folder cannot be used', async () => {
    const DATA_DIR = join(folder, 'data');
    await mkdir(join(DATA_DIR, 'journal.jsonl'), { recursive: true });
    for (const args of [['--check'], []]) {
      expect(await run({ DATA_DIR }, ...args)).toMatchObject({
        code: 78,
        stdout: '',
        stderr: `The data folder ${DATA_DIR} cannot be used (EISDIR, journal.jsonl): a folder is in the place of that file.\n`,
      });
    }
    expect(await readdir(DATA_DIR)).toEqual(['journal.jsonl']);
  });

  it.each(['', 'below'])('ends with 78 where the data folder is a file, or would be in one: %j', async (below) => {
    await writeFile(join(folder, 'file'), 'mine');
    const DATA_DIR = join(folder, 'file', below);

    expect(await run({ DATA_DIR }, '--check')).toMatchObject({
      code: 78,
      stderr: `The data folder ${DATA_DIR} cannot be used (ENOTDIR).\n`,
    });
  });
});

it('what hardly can be meant is a warning of check and start: no admins, and a folder for backups that is a file', async () => {
  await writeFile(join(folder, 'file'), '');
  const given = { AUTH: 'code', MEMBERS: 'ana@acme.com', BACKUP_DIR: join(folder, 'file'), ...SECRETS };
  const { code, stdout } = await run(given, '--check');

  expect(code).toBe(0);
  const warnings = stdout.split('\n').filter((line) => line.includes('WARN'));
  expect(warnings).toEqual([
    expect.stringMatching(/ WARN \[Settings\] ADMINS is not set: nobody can invite or remove members/),
    expect.stringMatching(
      / WARN \[Settings\] BACKUP_DIR: .+file cannot be written to by .+ \(ENOTDIR\), so .+: see whether/,
    ),
  ]);
});

it('the time zone that is used is shown', async () => {
  const zoneOf = async (TZ: string) =>
    (await run({ TZ }, '--check')).stdout.split('\n').find((line) => line.startsWith('TZ='));
  expect(await zoneOf('America/Bogota')).toBe('TZ=America/Bogota');
  expect(await zoneOf('EST5EDT')).toBe('TZ=EST5EDT (used: America/New_York)');
  expect(await zoneOf('')).toMatch(/^TZ=\(used: \w+\)$/);
});

it('a likely misspelling is named with a warning, by check and start, without its value', async () => {
  await writeFile(join(folder, '.env'), 'COLOUR=hunter2\n');
  const { code, stdout } = await run({ ORIGIN: 'https://hunter2.acme.com', HOSTNAME: 'a1b2c3' }, '--check');

  expect(code).toBe(0);
  const warnings = stdout.split('\n').filter((line) => line.includes('WARN'));
  expect(warnings).toEqual([
    expect.stringMatching(/ WARN \[Settings\] COLOUR in \.env is no setting, and has no effect\.$/),
    expect.stringMatching(/ WARN \[Settings\] ORIGIN is no setting, and has no effect\. Did you mean ORIGINS\?$/),
  ]);
  expect(stdout).not.toContain('hunter2');
});

it.each(['--chekc', 'check', '--port=hunter2', '-x'])(
  'what is no argument is refused with 64 and what is one, without an echo: %s',
  async (argument) => {
    const { code, stdout, stderr } = await run({}, argument);

    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toMatch(/^There is no such argument\. .*npm start -- --check.*\n$/);
    expect(stderr).not.toContain('hunter2');
  },
);
