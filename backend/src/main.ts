import { Logger, type LogLevel } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { configure } from './app.js';
import { type Config, loadEnvironment, readConfig } from './config.js';
import { codeOf, EXIT, FatalError } from './errors/exit-codes.js';

/** Most important first. */
const LEVELS: LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug'];

/**
 * Connections that may wait to be accepted. When a server starts again, all pages are back at once; Node's 511 would turn
 * many away for a second or three. The system may allow fewer (Linux: `net.core.somaxconn`).
 */
const LISTEN_BACKLOG = 4_096;

/** What Node understands, and Nest passes on: its types have only the host name in that place. */
type Listen = (port: number, backlog: number) => Promise<unknown>;

/** Starts the server; what it prints is for the owner. */
async function start(): Promise<void> {
  const config = readConfig(loadEnvironment());
  const app = await NestFactory.create(AppModule.for(config), { logger: LEVELS.slice(0, 3), abortOnError: false });
  configure(app);
  await listen(app, config);
  // Only now, so that the first lines are not Nest's list of modules and routes.
  Logger.overrideLogger(LEVELS.slice(0, LEVELS.indexOf(config.LOG_LEVEL) + 1));
  const address = (await app.getUrl()).replace('[::1]', 'localhost');
  process.stdout.write(`Lonja is at ${address}\nData: ${config.DATA_DIR}\nStop: Ctrl+C\n`);
}

async function listen(app: Awaited<ReturnType<typeof NestFactory.create>>, { PORT }: Config): Promise<void> {
  await app.init();
  // Nest would report a port in use a second time, in its own words.
  Logger.overrideLogger(false);
  try {
    await Reflect.apply(Reflect.get(app as object, 'listen') as Listen, app, [PORT, LISTEN_BACKLOG]);
  } catch (error) {
    if (codeOf(error) !== 'EADDRINUSE') throw error;
    throw new FatalError(EXIT.configuration, `Port ${PORT} is in use. Stop what uses it, or set PORT.`);
  }
}

start().catch((error: unknown) => {
  // A sentence for the owner where the reason is known; a defect of ours keeps its name, for a report.
  const message = error instanceof FatalError ? error.message : `Lonja could not start: ${String(error)}`;
  process.stderr.write(`${message}\n`);
  process.exit(error instanceof FatalError ? error.exitCode : 1);
});
