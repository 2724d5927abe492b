import { Injectable, Logger, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { join } from 'node:path';
import { asyncScheduler, concatMap, filter, type Subscription, throttleTime } from 'rxjs';
import writeFileAtomic from 'write-file-atomic';
import { Config } from '../config.js';
import { isProductRecord } from '../contract/index.js';
import { Journal } from '../journal/index.js';
import { ProductsService } from './products.service.js';

/** Milliseconds between two versions of the file under load: each is the whole list. */
const COALESCE = 500;

/** `data/products.json`: the current list, for other programs. A view: replaced whole, never read back. */
@Injectable()
export class ProductsFile implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(ProductsFile.name);
  private readonly path: string;
  private changes: Subscription | undefined;
  private writing = Promise.resolve();

  constructor(
    private readonly products: ProductsService,
    private readonly journal: Journal,
    config: Config,
  ) {
    this.path = join(config.DATA_DIR, 'products.json');
  }

  /** The journal is replayed: the file may be missing or behind. */
  async onApplicationBootstrap(): Promise<void> {
    await this.write();
    this.changes = this.journal.committed
      .pipe(
        filter((records) => records.some(isProductRecord)),
        throttleTime(COALESCE, asyncScheduler, { leading: true, trailing: true }),
        concatMap(() => (this.writing = this.write())),
      )
      .subscribe();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.changes?.unsubscribe();
    await this.writing;
    await this.write();
  }

  private async write(): Promise<void> {
    try {
      await writeFileAtomic(this.path, `${JSON.stringify(this.products.list(), null, 2)}\n`, { mode: 0o600 });
    } catch (error) {
      // The journal has everything; the file is made anew with the next change or start.
      this.logger.warn(`products.json could not be written: ${error instanceof Error ? error.message : 'unknown'}`);
    }
  }
}
