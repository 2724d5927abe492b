import { ConsoleLogger, Logger, type LogLevel } from '@nestjs/common';

/** Most important first. What is fatal is always printed. */
const LEVELS = ['fatal', 'error', 'warn', 'log', 'debug'] as const satisfies readonly LogLevel[];

/** The least important messages that are printed. */
export type Level = Exclude<(typeof LEVELS)[number], 'fatal'>;

/** Prints `[Lonja] process  - instant  LEVEL [part] message`, errors to stderr. */
export class ServerLog extends ConsoleLogger {
  /** Nothing less important than warnings until `logFrom`: while it starts, Nest lists all its modules and routes. */
  constructor(level: Level) {
    const logLevels = downTo(level).filter((each) => downTo('warn').includes(each));
    // Colours are for a terminal; in a file, or in what a supervisor collects, they are noise.
    super({ prefix: 'Lonja', logLevels, ...(!process.stdout.isTTY && { colors: false }) });
  }

  /** ISO 8601: reads the same everywhere, and sorts. */
  protected override getTimestamp(): string {
    return new Date().toISOString();
  }
}

/** From now on messages of this level and of more important ones are printed. */
export function logFrom(level: Level): void {
  // Never `overrideLogger(false)`: it removes the logger, and no list of levels brings it back.
  Logger.overrideLogger(downTo(level));
}

function downTo(level: Level): LogLevel[] {
  return LEVELS.slice(0, LEVELS.indexOf(level) + 1);
}
