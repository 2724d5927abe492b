import { Module } from '@nestjs/common';
import { Config } from '../config.js';
import type { FatalError } from '../errors/exit-codes.js';
import { FileRecordStore } from './file/file-record-store.js';
import { Journal } from './journal.js';
import { MonotonicClock } from './monotonic-clock.js';

/** What followers leave beside the journal. */
const VIEWS = ['chat.txt', 'products.json'];

/** Ends the process at once: after a failed sync nothing in memory may be answered or stored any more. */
function halt(failure: FatalError): void {
  process.stderr.write(`${failure.message}\n`);
  process.exit(failure.exitCode);
}

@Module({
  providers: [
    {
      provide: Journal,
      useFactory: ({ DATA_DIR: folder }: Config) => {
        const clock = new MonotonicClock(() => new Date().toISOString());
        const store = new FileRecordStore({ folder, clock: () => clock.now(), views: VIEWS });
        return new Journal({ store, clock, halt });
      },
      inject: [Config],
    },
  ],
  exports: [Journal],
})
export class JournalModule {}
