import { describe, expect, it } from '@jest/globals';
import { SETTINGS } from '../config.js';
import { misspellings } from './misspellings.js';

const inEnvironment = (environment: NodeJS.ProcessEnv) =>
  misspellings({ settings: SETTINGS, environment, ownFile: [] });
const inFile = (...ownFile: string[]) => misspellings({ settings: SETTINGS, environment: {}, ownFile });

describe('a name in the environment', () => {
  it.each([
    ['ORIGIN', 'ORIGINS'],
    ['LONJA_PORT', 'PORT'],
    ['LONJA_DATA', 'DATA_DIR'],
    ['LONJA_TIMEZONE', 'TZ'],
    ['DATADIR', 'DATA_DIR'],
    ['data_dir', 'DATA_DIR'],
    ['DATA-DIR', 'DATA_DIR'],
    ['ADMIN', 'ADMINS'],
    ['MEMBER', 'MEMBERS'],
    ['HOST_NAME', 'HOST_NAMES'],
    ['HOSTNAMES', 'HOST_NAMES'],
    ['SMTP_URI', 'SMTP_URL'],
    ['SMPT_URL', 'SMTP_URL'],
    ['TRUSTED_PROXIES', 'TRUST_PROXY'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['LOG_LEVELS', 'LOG_LEVEL'],
    ['SESION_SECRET', 'SESSION_SECRET'],
    ['SESSION_SECRETFILE', 'SESSION_SECRET_FILE'],
    ['OIDC_SECRET', 'OIDC_CLIENT_SECRET'],
    ['RATE_LIMIT', 'RATE_LIMITS'],
  ])('%s is named, with what it was probably meant to be: %s', (name, meant) => {
    expect(inEnvironment({ [name]: 'x' })).toEqual([
      `${name} is no setting, and has no effect. Did you mean ${meant}?`,
    ]);
  });

  it.each(
    `PATH HOME HOSTNAME PORTAL PORTS SPORT HEADERS NUMBERS LANG LOGNAME LOG_DIR MAIL MAILER USER SHELL PWD TERM EDITOR CI
     XAUTHORITY SSH_AUTH_SOCK XDG_DATA_DIRS DATA AUTHOR SECRET URL HOST DOMAIN TIMEZONE HTTP_PORT SMTP_HOST BASE_URL npm_config_port
     npm_package_name NODE_ENV NODE_OPTIONS HTTPS_PROXY NO_PROXY TZDIR ORIGINAL_PATH CONCURRENCY DATADOG_API_KEY LOG_FILE INIT_CWD`.split(
      /\s+/,
    ),
  )('%s is somebody else’s, and not named', (name) => {
    expect(inEnvironment({ [name]: 'x' })).toEqual([]);
  });

  it('is somebody else’s where what it is close to is set, where it is empty, and where Kubernetes has set it', () => {
    expect(inEnvironment({ ADMIN: 'x', ADMINS: 'ana@acme.com' })).toEqual([]);
    expect(inEnvironment({ ORIGIN: '' })).toEqual([]);
    expect(inEnvironment({ LONJA_PORT: 'tcp://10.0.0.7:3000', LONJA_SERVICE_PORT: '3000' })).toEqual([]);
  });

  it('is not named when it is right', () => {
    expect(inEnvironment(Object.fromEntries(SETTINGS.map((name) => [name, 'x'])))).toEqual([]);
  });
});

describe('a name in .env, which is nobody else’s', () => {
  it.each([
    ['SECRET', 'SESSION_SECRET'],
    ['HOSTNAME', 'HOST_NAMES'],
    ['TIMEZONE', 'TZ'],
    ['PROT', 'PORT'],
    ['CURENCY', 'CURRENCY'],
    ['OIDC_ISUER_', 'OIDC_ISSUER'],
  ])('%s is named: %s', (name, meant) => {
    expect(inFile(name)).toEqual([`${name} in .env is no setting, and has no effect. Did you mean ${meant}?`]);
  });

  it('is named also when it is like no setting', () => {
    expect(inFile('COLOUR')).toEqual(['COLOUR in .env is no setting, and has no effect.']);
  });

  it('may be for the tools around the server', () => {
    expect(inFile('NODE_OPTIONS', 'COMPOSE_PROFILES', 'DOMAIN', 'TZ', 'NO_COLOR', 'https_proxy', 'PORT')).toEqual([]);
  });
});
