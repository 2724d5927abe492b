import { run } from './journal/cli.js';

/** `npm run journal`: what the owner asks of the journal while no page is at hand. */
process.exitCode = await run(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`));
