import { createApp, listen } from './app.js';
import { loadEnvironment, readConfig } from './config.js';
import { FatalError } from './errors/exit-codes.js';

/** Starts the server; what it prints is for the owner. */
async function start(): Promise<void> {
  const config = readConfig(loadEnvironment());
  const address = await listen(await createApp(config), config);
  process.stdout.write(`Lonja is at ${address}\nData: ${config.DATA_DIR}\nStop: Ctrl+C\n`);
}

start().catch((error: unknown) => {
  // A sentence for the owner where the reason is known; a defect of ours keeps its name, for a report.
  const message = error instanceof FatalError ? error.message : `Lonja could not start: ${String(error)}`;
  process.stderr.write(`${message}\n`);
  process.exit(error instanceof FatalError ? error.exitCode : 1);
});
