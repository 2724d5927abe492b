import { Logger } from '@nestjs/common';
import { createApp, listen } from './app.js';
import { refuseSettingInside } from './backup/target.js';
import { type Config, readConfig, SETTINGS } from './config.js';
import { describeError, placeOf } from './errors/describe-error.js';
import { FatalError } from './errors/exit-codes.js';
import { formatOf, printFatal, ServerLog } from './log.js';
import { type Arguments, readArguments } from './settings/arguments.js';
import { checkDataFolder } from './settings/data-folder.js';
import { loadEnvironment, namesInEnvFile } from './settings/env-file.js';
import { misspellings } from './settings/misspellings.js';
import { shownSettings } from './settings/shown-settings.js';
import { startWarnings } from './settings/start-warnings.js';
import { VERSION } from './contract/index.js';

/** What asks for a stop: a supervisor, a person at the terminal. */
const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/** Starts the server, or only checks its settings; what it prints is for the owner. */
async function start(): Promise<void> {
  const given = readArguments(process.argv.slice(2));
  const environment = loadEnvironment();
  const config = readConfig(environment);
  Logger.overrideLogger(new ServerLog(config.LOG_LEVEL, config.LOG_FORMAT));
  // Before anything is touched: a signal ends it in order.
  const stop = new Stop();
  const logger = new Logger('Settings');
  for (const sentence of misspellings({ settings: SETTINGS, environment, ownFile: namesInEnvFile() }))
    logger.warn(sentence);
  await refuseSettingInside(config.BACKUP_DIR, config.DATA_DIR);
  await checkDataFolder(config);
  for (const sentence of await startWarnings(config)) logger.warn(sentence);
  if (given.check) check(config);
  else await serve(config, given, stop);
}

async function serve(config: Config, { container }: Arguments, stop: Stop): Promise<void> {
  const { DATA_DIR: folder, AUTH: auth, LOG_FORMAT } = config;
  const app = await createApp(config);
  // From here on Nest's own hooks end it, after what has begun.
  stop.isNests = true;
  const address = await listen(app, config);
  if (stop.asked) return;
  // For people; the log has its own line. Where and as what a container publishes the port, it cannot know.
  if (LOG_FORMAT === 'text' && !container)
    process.stdout.write(`Lonja is at ${address}\nData: ${folder}\nStop: Ctrl+C\n`);
  const port = Number(new URL(address).port);
  new Logger('Lonja').log(`Lonja ${VERSION} listens on port ${port} (AUTH=${auth}, data in ${folder})`, {
    event: 'started',
    version: VERSION,
    port,
    auth,
    folder,
  });
}

/** Says that it was asked to stop, once; before there is anything to be closed, that is the end. */
class Stop {
  asked = false;
  isNests = false;

  constructor() {
    for (const signal of STOP_SIGNALS) process.on(signal, () => this.ask(signal));
  }

  private ask(signal: string): void {
    if (this.asked) return;
    this.asked = true;
    new Logger('Lonja').log(`Lonja stops (${signal})`, { event: 'stopping', signal });
    if (!this.isNests) process.exit(0);
  }
}

function check(config: Config): void {
  const shown = shownSettings(config);
  const message = 'The settings are right, and the data folder can be used.';
  const lines = [message, ...Object.entries(shown).map(([name, value]) => `${name}=${value}`)];
  const text =
    config.LOG_FORMAT === 'json' ? JSON.stringify({ level: 'log', message, settings: shown }) : lines.join('\n');
  process.stdout.write(`${text}\n`);
}

/** A sentence for the owner where the reason is known; a defect of ours keeps its name and its place, for a report. */
function end(error: unknown, before: string): void {
  const known = error instanceof FatalError;
  const place = placeOf(error);
  const message = known ? error.message : `${before}: ${describeError(error)}${place && ` (${place})`}`;
  const exitCode = known ? error.exitCode : 1;
  printFatal(message, exitCode, formatOf(process.env));
  process.exit(exitCode);
}

// Node would print both over several lines, the second with all that the error holds.
process.removeAllListeners('warning').on('warning', (warning) => new Logger('Node').warn(warning));
process.on('uncaughtException', (error) => end(error, 'Lonja ended because of a defect'));
start().catch((error: unknown) => end(error, 'Lonja could not start'));
