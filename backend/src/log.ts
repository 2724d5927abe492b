import { ConsoleLogger, Logger, type LogLevel } from '@nestjs/common';
import { describeError } from './errors/describe-error.js';

/** Most important first. What is fatal is always printed. */
const LEVELS = ['fatal', 'error', 'warn', 'log', 'debug'] as const satisfies readonly LogLevel[];

/** The least important messages that are printed. */
export type Level = Exclude<(typeof LEVELS)[number], 'fatal'>;

/** For people, or one JSON object a line for programs. */
export type Format = 'text' | 'json';

/**
 * Prints `[Lonja] process  - instant  LEVEL [part] message`, or the same as JSON with what the message is made of in
 * fields of its own; errors to stderr. Of an error never more than `describeError` says: no stack, no cause.
 */
export class ServerLog extends ConsoleLogger {
  /** Nothing less important than warnings until `logFrom`: while it starts, Nest lists all its modules and routes. */
  constructor(level: Level, format: Format) {
    const logLevels = downTo(level).filter((each) => downTo('warn').includes(each));
    const json = format === 'json';
    // Colours are for a terminal; in a file, or in what a supervisor collects, they are noise.
    const plain = json || !process.stdout.isTTY;
    super({ prefix: 'Lonja', logLevels, json, flattenParams: true, ...(plain && { colors: false }) });
  }

  /** ISO 8601: reads the same everywhere, and sorts. */
  protected override getTimestamp(): string {
    return new Date().toISOString();
  }

  protected override printMessages(...[messages, context, level, stream, , params]: Printed): void {
    const lines = messages.map((message) => (message instanceof Error ? describeError(message) : message));
    // The fields say again, for programs, what the sentence says.
    super.printMessages(lines, context, level, stream, undefined, this.options.json ? params : undefined);
  }

  protected override printStackTrace(): void {
    // A stack may name what was being done for whom, and no line of a log should be many.
  }
}
type Printed = Parameters<ConsoleLogger['printMessages']>;

/** From now on messages of this level and of more important ones are printed. */
export function logFrom(level: Level): void {
  // Never `overrideLogger(false)`: it removes the logger, and no list of levels brings it back.
  Logger.overrideLogger(downTo(level));
}

/** What the environment asks for before it is known whether that is right: a start that fails says so in that format, too. */
export function formatOf({ LOG_FORMAT }: NodeJS.ProcessEnv): Format {
  return LOG_FORMAT?.trim() === 'json' ? 'json' : 'text';
}

/** The last line before the process ends: for people the sentence alone. */
export function printFatal(message: string, exitCode: number, format: Format): void {
  if (format === 'json') new ServerLog('error', format).fatal(message, { exitCode }, 'Lonja');
  else process.stderr.write(`${message}\n`);
}

function downTo(level: Level): LogLevel[] {
  return LEVELS.slice(0, LEVELS.indexOf(level) + 1);
}
