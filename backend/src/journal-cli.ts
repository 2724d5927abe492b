import { run } from './cli/cli.js';
import { loadEnvironment } from './settings/env-file.js';

const { DATA_DIR } = loadEnvironment();

/** `npm run journal`: what the owner asks of the journal while no page is at hand. */
process.exitCode = await run(process.argv.slice(2), {
  // Where the server would look.
  folder: DATA_DIR?.trim() ? DATA_DIR : 'data',
  print: (line) => process.stdout.write(`${line}\n`),
  warn: (line) => process.stderr.write(`${line}\n`),
});
