import { plainToInstance, Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MinLength, Min, validateSync } from 'class-validator';
import { isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import { codeOf, EXIT, FatalError } from './errors/exit-codes.js';
import type { Level } from './log.js';
import { hostNameOf } from './validation/host-names.js';

const LOG_LEVELS = ['error', 'warn', 'log', 'debug'] as const satisfies readonly Level[];

/** The shortest key that signs sessions: 32 characters hold the 256 bits of the signature. */
export const SECRET_CHARACTERS = 32;

/** What stands between commas or spaces. */
const List = (read: (item: string) => string) =>
  Transform(({ value }) =>
    String(value)
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(read),
  );

/** What the owner sets, in the environment or in a `.env` file. The README has the table. */
export class Config {
  /** TCP port of page and socket; 0 takes a free one. */
  @IsInt()
  @Min(0)
  @Max(65_535)
  @Transform(({ value }) => Number(value))
  readonly PORT: number = 3_000;

  /** Folder of the journal and its views, absolute. */
  @IsString()
  @MinLength(1)
  @Transform(({ value }) => resolve(String(value)))
  readonly DATA_DIR: string = resolve('data');

  /** `open`: the e-mail is believed. */
  @IsIn(['open'])
  readonly AUTH = 'open' as const;

  /** Signs the sessions; made and kept in the data folder when it is not set. */
  @IsOptional()
  @IsString()
  @MinLength(SECRET_CHARACTERS)
  readonly SESSION_SECRET?: string;

  /**
   * Further addresses of this server's own page, where a proxy does not pass the `Host` header on. Pages of other sites
   * cannot use the server: there is no CORS, and the cookie is `SameSite=Strict`.
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

  /** Currency of the prices, ISO 4217; empty: plain numbers. */
  @IsIn(['', ...Intl.supportedValuesOf('currency')], {
    message: 'CURRENCY must be a code of ISO 4217, such as EUR or COP',
  })
  @Transform(({ value }) => String(value).trim().toUpperCase())
  readonly CURRENCY: string = '';

  /** Whether a reverse proxy in front says, in `X-Forwarded-Proto`, that the browser came by https. */
  @IsIn(['no', 'yes'])
  readonly TRUST_PROXY: 'no' | 'yes' = 'no';

  /** Whether the page loads pictures of products from other servers, which then know who looks at the board, and when. */
  @IsIn(['show', 'hide'])
  readonly FOREIGN_PICTURES: 'show' | 'hide' = 'show';

  /** Least important messages that are logged. */
  @IsIn(LOG_LEVELS)
  readonly LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'log';
}

/** A `.env` file in the working directory counts where the environment says nothing (B16). */
export function loadEnvironment(): NodeJS.ProcessEnv {
  try {
    process.loadEnvFile();
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  return process.env;
}

/** Reads the environment. Throws `FatalError` (78) with a sentence for each setting that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const names = Object.keys(new Config());
  const settings = Object.entries(environment).filter(([name, value]) => names.includes(name) && value?.trim());
  const config = plainToInstance(Config, Object.fromEntries(settings));
  const problems = validateSync(config).flatMap(({ constraints }) => Object.values(constraints ?? {}));
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
