import { plainToInstance, Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MinLength, Min, validateSync } from 'class-validator';
import { isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import { EXIT, FatalError } from './errors/exit-codes.js';
import type { Format, Level } from './log.js';
import { contradictions } from './settings/contradictions.js';
import { fileSetting, SECRETS, withSecretFiles } from './settings/secret-files.js';
import { normaliseEmail } from './validation/email.js';
import { hostNameOf } from './validation/host-names.js';

const LOG_LEVELS = ['error', 'warn', 'log', 'debug'] as const satisfies readonly Level[];
const LOG_FORMATS = ['text', 'json'] as const satisfies readonly Format[];

/** The shortest key that signs sessions: 32 characters hold the 256 bits of the signature. */
export const SECRET_CHARACTERS = 32;

const AUTH = ['open', 'code', 'oidc'] as const;

/** What stands between commas or spaces. */
const List = (read: (item: string) => string) =>
  Transform(({ value }) =>
    String(value)
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(read),
  );

/** E-mails, and `*@acme.com` for a whole domain. */
const Addresses = () =>
  Matches(/^(?:\*|[^\s@"*]+)@[^\s@*]+$/, {
    each: true,
    message: '$property must be e-mails such as ana@acme.com, or *@acme.com for a whole domain',
  });

/** What the owner sets, in the environment or in a `.env` file. The README has the table. */
export class Config {
  /** TCP port of page and socket; 0 takes a free one. */
  @IsInt()
  @Min(0)
  @Max(65_535)
  @Transform(({ value }) => Number(value))
  readonly PORT: number = 3_000;

  /** Where Prometheus finds `/metrics`: a port, on this machine alone, or `address:port`; 0 takes a free one. Empty: nowhere. */
  @Matches(/^(?:(?:[\d.]+|\[[\da-fA-F:.]+\]):)?\d{1,5}$|^$/, {
    message: 'METRICS_PORT must be a port such as 9464, or an address and a port such as 0.0.0.0:9464',
  })
  readonly METRICS_PORT: string = '';

  /** Folder of the journal and its views, absolute. */
  @IsString()
  @MinLength(1)
  @Transform(({ value }) => resolve(String(value)))
  readonly DATA_DIR: string = resolve('data');

  /** Where backups go that admins ask for on the page, absolute, outside the data folder; empty: they cannot ask. */
  @IsString()
  @Transform(({ value }) => resolve(String(value)))
  readonly BACKUP_DIR: string = '';

  /** `open`: the e-mail is believed. `code`: it is proven by a code that is sent there. `oidc`: an identity provider proves it. */
  @IsIn(AUTH)
  readonly AUTH: (typeof AUTH)[number] = 'open';

  /** Who may come in: e-mails, and `*@acme.com` for a whole domain. Admins, readers and who was invited may besides. */
  @Addresses()
  @List(normaliseEmail)
  readonly MEMBERS: readonly string[] = [];

  /** Who may look and not write. */
  @Addresses()
  @List(normaliseEmail)
  readonly READERS: readonly string[] = [];

  /** Who decides who comes in, and deletes anybody's message. */
  @Addresses()
  @List(normaliseEmail)
  readonly ADMINS: readonly string[] = [];

  /** The mail server that takes the codes: `smtp://` or `smtps://`, with user and password where it wants them. */
  @Matches(/^(?:smtps?:\/\/\S+)?$/, {
    message: 'SMTP_URL must be an address such as smtps://user:password@mail.acme.com',
  })
  readonly SMTP_URL: string = '';

  /** From whom the codes come; empty: `lonja@` the domain of the first admin. */
  @IsString()
  readonly MAIL_FROM: string = '';

  /** The identity provider, as its discovery document names it. Without TLS only on this machine, for trying it out. */
  @Matches(/^(?:https:\/\/[^\s/?#@]+|http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?)(?:\/[^\s?#]*)?$|^$/, {
    message: 'OIDC_ISSUER must be an https address such as https://accounts.google.com',
  })
  readonly OIDC_ISSUER: string = '';

  /** What the identity provider calls this server. */
  @IsString()
  readonly OIDC_CLIENT_ID: string = '';

  /** Proves that to the identity provider; empty for a public client. */
  @IsString()
  readonly OIDC_CLIENT_SECRET: string = '';

  /** Signs the sessions; made and kept in the data folder when it is not set. */
  @IsOptional()
  @IsString()
  @MinLength(SECRET_CHARACTERS)
  readonly SESSION_SECRET?: string;

  /**
   * Further addresses of this server's own page, where a proxy does not pass the `Host` header on. Pages of other sites
   * cannot use the server: there is no CORS, and the cookie is `SameSite=Lax`, which is not sent with what another site's page asks for.
   */
  @Matches(/^https?:\/\/[^\s/?#@*]+$/, {
    each: true,
    message: 'ORIGINS must be addresses such as https://lonja.acme.com, without a path',
  })
  @List(originOf)
  readonly ORIGINS: readonly string[] = [];

  /** Names and IP addresses by which browsers reach the server. See `HostNames` for what counts without it. */
  @Matches(/^(?:[^\s:/?#@*[\]]+|\[[\da-f:.]+\])$/, {
    each: true,
    message: 'HOST_NAMES must be names such as lonja.acme.com or IP addresses, without a port',
  })
  @List(nameOf)
  readonly HOST_NAMES: readonly string[] = [];

  /** Time zone of `chat.txt`, which Node itself reads; empty: the machine's. */
  @IsString()
  readonly TZ: string = '';

  /** Currency of the prices, ISO 4217; empty: plain numbers. */
  @IsIn(['', ...Intl.supportedValuesOf('currency')], {
    message: 'CURRENCY must be a code of ISO 4217, such as EUR or COP',
  })
  @Transform(({ value }) => String(value).trim().toUpperCase())
  readonly CURRENCY: string = '';

  /**
   * Which reverse proxies in front are believed when they say who asks (`X-Forwarded-For`) and that the browser came by https
   * (`X-Forwarded-Proto`): `no`, `yes` (the one that connects), or addresses and networks.
   */
  @Matches(/^(?:no|yes|loopback|linklocal|uniquelocal|[\da-fA-F.:]+(?:\/\d{1,3})?)$/, {
    each: true,
    message: 'TRUST_PROXY must be no, yes, or addresses such as 10.0.0.5 or 10.0.0.0/8',
  })
  @List((item) => item)
  readonly TRUST_PROXY: readonly string[] = ['no'];

  /** Whether it is limited how often members and networks may ask; `no` where another program in front does that. */
  @IsIn(['no', 'yes'])
  readonly RATE_LIMITS: 'no' | 'yes' = 'yes';

  /** Whether the page loads pictures of products from other servers, which then know who looks at the board, and when. */
  @IsIn(['show', 'hide'])
  readonly FOREIGN_PICTURES: 'show' | 'hide' = 'show';

  /** Least important messages that are logged. */
  @IsIn(LOG_LEVELS)
  readonly LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'log';

  /** How they are written: for people, or one JSON object a line for programs. */
  @IsIn(LOG_FORMATS)
  readonly LOG_FORMAT: Format = 'text';
}

/** The name of every setting: those above, and the files of the secrets. */
export const SETTINGS: readonly string[] = [...Object.keys(new Config()), ...SECRETS.map(fileSetting)];

/** Reads the environment. Throws `FatalError` (78) with a sentence for each setting that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const names = Object.keys(new Config());
  const { environment: complete, problems: ofFiles } = withSecretFiles(environment);
  const settings = Object.entries(complete).filter(([name, value]) => names.includes(name) && value?.trim());
  const config = plainToInstance(Config, Object.fromEntries(settings));
  const wrong = validateSync(config).flatMap(({ constraints }) => Object.values(constraints ?? {}));
  // Of a secret whose file cannot be taken nothing more is known.
  const problems = ofFiles.length > 0 ? [...ofFiles, ...wrong] : [...wrong, ...contradictions(config)];
  if (problems.length > 0) throw new FatalError(EXIT.configuration, `Wrong settings: ${problems.join('; ')}.`);
  return Object.freeze(config);
}

/** An address as a browser names it in `Origin`; what is more than that, such as a path, is left to be refused. */
function originOf(text: string): string {
  const origin = URL.parse(text)?.origin;
  return origin !== undefined && URL.parse(text)?.href === `${origin}/` ? origin : text;
}

/** A name as a browser writes it in `Host`; what is more than that, such as a port, is left to be refused. */
function nameOf(text: string): string {
  const host = isIPv6(text) ? `[${text}]` : text;
  return /:\d+$/.test(text) && !isIPv6(text) ? text : (hostNameOf(host) ?? text);
}
