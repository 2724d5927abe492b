import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.js';
import { fileSetting, SECRETS } from './secret-files.js';

/** A secret of the right shape for any of them, that no message may contain. */
const MARK = 'smtp://hunter2-hunter2-hunter2-hunter2:x@mail';

describe('a secret in a file of its own', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lonja-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = (contents: string): string => {
    const path = join(folder, 'secret');
    writeFileSync(path, contents);
    return path;
  };
  /** `AUTH=oidc`, where each of them means something. */
  const read = (environment: NodeJS.ProcessEnv) =>
    readConfig({
      ...{ AUTH: 'oidc', ADMINS: 'ana@acme.com', OIDC_ISSUER: 'https://id.acme.com', OIDC_CLIENT_ID: 'lonja' },
      ...environment,
    });

  describe.each(SECRETS)('%s', (name) => {
    const setting = fileSetting(name);

    it.each(['', '\n', '\r\n'])('is taken without one final line break: %j', (end) => {
      expect(read({ [setting]: file(`${MARK}${end}`) })[name]).toBe(MARK);
    });

    it('is refused when it is set besides', () => {
      expect(() => read({ [setting]: file(MARK), [name]: MARK })).toThrow(
        `Wrong settings: ${name} and ${setting} are both set: keep one of them.`,
      );
    });

    it.each([
      ['is not there', () => join(folder, 'hunter2'), 'cannot be read (ENOENT)'],
      ['is a folder', () => folder, 'cannot be read (EISDIR)'],
      ['is empty', () => file('\n'), 'is empty'],
      ['is the secret itself, by mistake', () => MARK, 'cannot be read (ENOENT)'],
    ])('is refused when the file %s, with 78 and without a word of the setting', (_, path, why) => {
      expect(() => read({ [setting]: path() })).toThrow(
        expect.objectContaining({ exitCode: 78, message: `Wrong settings: ${setting} names a file that ${why}.` }),
      );
    });
  });

  it.each([
    ['SESSION_SECRET', 'hunter2'],
    ['SMTP_URL', 'hunter2'],
    ['SMTP_URL', 'smtp://ana:hunter2 @mail.acme.com'],
    ['SMTP_URL', 'smtp://ana:hunter2@mail:acme:com'],
  ])('is not printed when it is refused: %s=%s, set or in a file', (name, value) => {
    const without = expect.objectContaining({ exitCode: 78, message: expect.not.stringContaining('hunter2') });
    expect(() => read({ [name]: value })).toThrow(without);
    expect(() => read({ [`${name}_FILE`]: file(value) })).toThrow(without);
  });
});
