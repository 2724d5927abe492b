import { describe, expect, it } from '@jest/globals';
import { resolve } from 'node:path';
import { readConfig } from './config.js';
import { FatalError } from './errors/exit-codes.js';

describe('the configuration', () => {
  it('needs nothing: every setting has a default', () => {
    expect(readConfig({})).toEqual({
      PORT: 3_000,
      METRICS_PORT: '',
      DATA_DIR: resolve('data'),
      BACKUP_DIR: '',
      AUTH: 'open',
      MEMBERS: [],
      READERS: [],
      ADMINS: [],
      SMTP_URL: '',
      MAIL_FROM: '',
      OIDC_ISSUER: '',
      OIDC_CLIENT_ID: '',
      OIDC_CLIENT_SECRET: '',
      SESSION_SECRET: undefined,
      ORIGINS: [],
      HOST_NAMES: [],
      TZ: '',
      CURRENCY: '',
      TRUST_PROXY: ['no'],
      RATE_LIMITS: 'yes',
      FOREIGN_PICTURES: 'show',
      LOG_LEVEL: 'log',
      LOG_FORMAT: 'text',
    });
  });

  it('takes what the environment says, and nothing that it does not know', () => {
    const config = readConfig({
      PORT: '8080',
      METRICS_PORT: '0.0.0.0:9464',
      DATA_DIR: 'elsewhere',
      BACKUP_DIR: 'backups',
      AUTH: 'code',
      MEMBERS: '*@Acme.com, beto@example.com',
      READERS: 'lee@acme.com',
      ADMINS: 'root@acme.com',
      SMTP_URL: 'smtp://mail.acme.com',
      MAIL_FROM: 'lonja@acme.com',
      OIDC_ISSUER: '',
      OIDC_CLIENT_ID: '',
      OIDC_CLIENT_SECRET: '',
      SESSION_SECRET: 'x'.repeat(32),
      ORIGINS: 'https://lonja.acme.com, http://localhost:4200',
      HOST_NAMES: 'lonja.acme.com 203.0.113.7',
      CURRENCY: 'cop ',
      TRUST_PROXY: 'loopback, 10.0.0.0/8',
      RATE_LIMITS: 'no',
      FOREIGN_PICTURES: 'show',
      LOG_LEVEL: 'debug',
      LOG_FORMAT: 'json',
      HOME: '/root',
    });

    expect(config).toEqual({
      PORT: 8_080,
      METRICS_PORT: '0.0.0.0:9464',
      DATA_DIR: resolve('elsewhere'),
      BACKUP_DIR: resolve('backups'),
      AUTH: 'code',
      MEMBERS: ['*@acme.com', 'beto@example.com'],
      READERS: ['lee@acme.com'],
      ADMINS: ['root@acme.com'],
      SMTP_URL: 'smtp://mail.acme.com',
      MAIL_FROM: 'lonja@acme.com',
      OIDC_ISSUER: '',
      OIDC_CLIENT_ID: '',
      OIDC_CLIENT_SECRET: '',
      SESSION_SECRET: 'x'.repeat(32),
      ORIGINS: ['https://lonja.acme.com', 'http://localhost:4200'],
      HOST_NAMES: ['lonja.acme.com', '203.0.113.7'],
      TZ: '',
      CURRENCY: 'COP',
      TRUST_PROXY: ['loopback', '10.0.0.0/8'],
      RATE_LIMITS: 'no',
      FOREIGN_PICTURES: 'show',
      LOG_LEVEL: 'debug',
      LOG_FORMAT: 'json',
    });
  });

  it('takes an empty setting for none, as in a file of examples', () => {
    expect(
      readConfig({ PORT: ' ', DATA_DIR: '', ORIGINS: '', SESSION_SECRET: '', CURRENCY: '', LOG_LEVEL: '' }),
    ).toEqual(readConfig({}));
  });

  it.each([
    ['https://Lonja.Acme.com/', 'https://lonja.acme.com'],
    ['https://lonja.acme.com:443', 'https://lonja.acme.com'],
    ['http://192.168.1.20:3000/', 'http://192.168.1.20:3000'],
    ['http://ñandú.example', 'http://xn--and-6ma2c.example'],
  ])('takes the origin %s as a browser sends it', (ORIGINS, sent) => {
    expect(readConfig({ ORIGINS }).ORIGINS).toEqual([sent]);
  });

  it.each([
    ['Lonja.Acme.com.', 'lonja.acme.com'],
    ['[FD00::1]', '[fd00::1]'],
    ['fd00:0::1', '[fd00::1]'],
    ['ñandú.example', 'xn--and-6ma2c.example'],
  ])('takes the host name %s as a browser sends it', (HOST_NAMES, sent) => {
    expect(readConfig({ HOST_NAMES }).HOST_NAMES).toEqual([sent]);
  });

  it.each([
    [{ AUTH: 'code', ADMINS: 'ana@acme.com' }, 'SMTP_URL'],
    [{ AUTH: 'code', SMTP_URL: 'smtp://mail' }, 'ADMINS'],
    [{ AUTH: 'oidc' }, 'ADMINS'],
    [{ AUTH: 'oidc', ADMINS: 'ana@acme.com', OIDC_CLIENT_ID: 'lonja' }, 'OIDC_ISSUER'],
    [{ AUTH: 'oidc', ADMINS: 'ana@acme.com', OIDC_ISSUER: 'https://id.acme.com' }, 'OIDC_CLIENT_ID'],
    [{ OIDC_ISSUER: 'https://id.acme.com' }, 'AUTH=oidc'],
    [{ OIDC_CLIENT_SECRET: 'x' }, 'AUTH=oidc'],
    [{ ADMINS: 'ana@acme.com' }, 'AUTH=code'],
    [{ MEMBERS: '*@acme.com' }, 'AUTH=code'],
    [{ METRICS_PORT: '3000' }, 'METRICS_PORT must be another port than PORT'],
    [{ METRICS_PORT: '[::1]:8080', PORT: '8080' }, 'METRICS_PORT must be another port than PORT'],
    [{ TZ: 'America/Bogotta' }, 'TZ must be a time zone'],
  ])('refuses what does not go together: %j', (environment, named) => {
    expect(() => readConfig(environment)).toThrow(named);
  });

  it.each(['https://id.acme.com/realms/acme', 'http://127.0.0.1:8080/realms/acme', 'http://localhost:8080'])(
    'takes the identity provider %s',
    (OIDC_ISSUER) => {
      const config = readConfig({ AUTH: 'oidc', ADMINS: 'ana@acme.com', OIDC_CLIENT_ID: 'lonja', OIDC_ISSUER });
      expect(config.OIDC_ISSUER).toBe(OIDC_ISSUER);
    },
  );

  it.each(['0', '1', '65535'])('takes the port %s', (PORT) => {
    expect(readConfig({ PORT }).PORT).toBe(Number(PORT));
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '-1'],
    ['PORT', '65536'],
    ['PORT', '3000.5'],
    ['PORT', '3000a'],
    ['AUTH', 'closed'],
    ['MEMBERS', 'acme.com'],
    ['READERS', 'ana'],
    ['ADMINS', 'a*@acme.com'],
    ['SMTP_URL', 'mail.acme.com'],
    ['OIDC_ISSUER', 'id.acme.com'],
    ['OIDC_ISSUER', 'http://id.acme.com'],
    ['OIDC_ISSUER', 'http://localhost.acme.com'],
    ['OIDC_ISSUER', 'https://id.acme.com?tenant=1'],
    ['OIDC_ISSUER', 'https://ana@id.acme.com'],
    ['SESSION_SECRET', 'x'.repeat(31)],
    ['ORIGINS', 'lonja.acme.com'],
    ['ORIGINS', 'https://lonja.acme.com,*'],
    ['ORIGINS', 'ftp://lonja.acme.com'],
    ['ORIGINS', 'https://lonja.acme.com/board'],
    ['ORIGINS', 'https://ana@lonja.acme.com'],
    ['ORIGINS', 'https://lonja.acme.com?x'],
    ['HOST_NAMES', 'https://lonja.acme.com'],
    ['HOST_NAMES', 'lonja.acme.com:3000'],
    ['HOST_NAMES', 'lonja.acme.com/board'],
    ['HOST_NAMES', '*.acme.com'],
    ['CURRENCY', 'pesos'],
    ['CURRENCY', 'ZZZ'],
    ['CURRENCY', '€'],
    ['TRUST_PROXY', 'proxy.acme.com'],
    ['RATE_LIMITS', 'some'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s with a sentence that names it, and the exit code of wrong settings', (name, value) => {
    const failure = refusal({ [name]: value });

    expect(failure.exitCode).toBe(78);
    expect(failure.message).toMatch(new RegExp(`^Wrong settings: .*${name} must .*\\.$`));
  });

  it('names everything that is wrong at once', () => {
    const { message } = refusal({ PORT: 'x', LOG_LEVEL: 'loud', ORIGINS: 'x' });

    for (const name of ['PORT', 'LOG_LEVEL', 'ORIGINS']) expect(message).toContain(name);
  });

  it('does not print the secret that it refuses', () => {
    expect(refusal({ SESSION_SECRET: 'hunter2' }).message).not.toContain('hunter2');
  });
});

function refusal(environment: NodeJS.ProcessEnv): FatalError {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof FatalError) return error;
    throw error;
  }
  throw new Error('the settings were accepted');
}
