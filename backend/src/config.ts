import { plainToInstance, Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUrl, Max, MinLength, Min, validateSync } from 'class-validator';
import { resolve } from 'node:path';
import { codeOf, EXIT, FatalError } from './errors/exit-codes.js';
import type { Level } from './log.js';

const LOG_LEVELS = ['error', 'warn', 'log', 'debug'] as const satisfies readonly Level[];

/** The shortest key that signs sessions: 32 characters hold the 256 bits of the signature. */
export const SECRET_CHARACTERS = 32;

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

  /** Signs the sessions; made and kept in the data folder when not given. */
  @IsOptional()
  @IsString()
  @MinLength(SECRET_CHARACTERS)
  readonly SESSION_SECRET?: string;

  /** Origins besides the page's own that may open a socket or a session. */
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] }, { each: true })
  @Transform(({ value }) =>
    String(value)
      .split(/[\s,]+/)
      .filter(Boolean),
  )
  readonly ORIGINS: readonly string[] = [];

  /** Whether a reverse proxy in front says, in `X-Forwarded-Proto`, that the browser came by https. */
  @IsIn(['no', 'yes'])
  readonly TRUST_PROXY: 'no' | 'yes' = 'no';

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
  const given = Object.entries(environment).filter(([name, value]) => names.includes(name) && value?.trim());
  const config = plainToInstance(Config, Object.fromEntries(given));
  const problems = validateSync(config).flatMap(({ constraints }) => Object.values(constraints ?? {}));
  if (problems.length > 0) throw new FatalError(EXIT.configuration, `Wrong settings: ${problems.join('; ')}.`);
  return Object.freeze(config);
}
