import { Module } from '@nestjs/common';
import { Config } from '../config.js';
import type { FatalError } from '../errors/exit-codes.js';
import { type Format, printFatal } from '../log.js';
import { FileRecordStore } from './file/file-record-store.js';
import { Journal } from './journal.js';
import { MonotonicClock } from './monotonic-clock.js';

/** What followers leave beside the journal. */
const VIEWS = ['chat.txt', 'products.json'];

/** Ends the process at once: after a failed sync nothing in memory may be answered or stored any more. */
function halt({ message, exitCode }: FatalError, format: Format): void {
  printFatal(message, exitCode, format);
  process.exit(exitCode);
}

@Module({
  providers: [
    {
      provide: Journal,
      useFactory: ({ DATA_DIR: folder, LOG_FORMAT }: Config) => {
        const clock = new MonotonicClock(() => new Date().toISOString());
        const store = new FileRecordStore({ folder, clock: () => clock.now(), views: VIEWS });
        return new Journal({ store, clock, halt: (failure) => halt(failure, LOG_FORMAT) });
      },
      inject: [Config],
    },
  ],
  exports: [Journal],
})
export class JournalModule {}
