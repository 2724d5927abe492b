import { Module } from '@nestjs/common';
import { Config } from '../config.js';
import type { FatalError } from '../errors/exit-codes.js';
import { FileJournal } from './file-journal.js';
import { Journal } from './journal.js';

/** Ends the process at once: after a failed sync nothing in memory may be answered or stored any more. */
function halt(failure: FatalError): void {
  process.stderr.write(`${failure.message}\n`);
  process.exit(failure.exitCode);
}

@Module({
  providers: [
    {
      provide: Journal,
      useFactory: (config: Config) =>
        new FileJournal({ folder: config.DATA_DIR, clock: () => new Date().toISOString(), halt }),
      inject: [Config],
    },
  ],
  exports: [Journal],
})
export class JournalModule {}
