import { Injectable, Logger } from '@nestjs/common';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import writeFileAtomic from 'write-file-atomic';
import { Config } from '../config.js';
import { productRecordsIn, type JournalRecord } from '../contract/index.js';
import { codeOf } from '../errors/exit-codes.js';
import { CursorFile, type Follower, Journal, keepAside, type RecordReader } from '../journal/index.js';
import { ProductsService } from './products.service.js';

/** Milliseconds between two versions of the file under load, at least: each is the whole list. */
const MIN_PAUSE_MS = 500;
/** A pause is this many times as long as writing the last version took: a long list must not keep processor and disk busy. */
const PAUSE_FACTOR = 9;

/** How long (ms) to wait after a version of the file, by how long (ms) that took. */
export function pauseAfter(tookMs: number): number {
  return Math.max(MIN_PAUSE_MS, PAUSE_FACTOR * tookMs);
}

/**
 * `data/products.json`: the current list, for other programs. Replaced whole, never read back; what stands in it at start and
 * is not proven to be an earlier list of this journal is put aside first.
 */
@Injectable()
export class ProductsFile implements Follower {
  readonly name = 'products.json';
  private readonly logger = new Logger(ProductsFile.name);
  private readonly path: string;
  private readonly cursor: CursorFile;
  private readonly hurried = new AbortController();
  private journal = '';
  /** When the next version may be written (ms), by a clock that never jumps. */
  private notBefore = 0;
  /** The CRC-32 of what the file holds. */
  private crc: number | undefined;

  constructor(
    private readonly products: ProductsService,
    journal: Journal,
    { DATA_DIR }: Config,
  ) {
    this.path = join(DATA_DIR, this.name);
    this.cursor = new CursorFile(`${this.path}.cursor`);
    journal.addFollower(this);
  }

  async open(records: RecordReader): Promise<number> {
    this.journal = records.id;
    const found = await this.read();
    const list = this.list();
    this.crc = found && crc32(found);
    const [last] = records.last > 0 ? await records.read(records.last, records.last) : [];
    if (!found?.equals(list)) {
      const { crc, crcBefore } = (await this.cursor.read(records)) ?? {};
      if (found && this.crc !== crc && this.crc !== crcBefore) await this.putAside(found);
      await this.write(list, last);
    }
    return records.last;
  }

  async take(records: readonly JournalRecord[]): Promise<void> {
    if (productRecordsIn(records).length === 0) return;
    const pause = this.notBefore - performance.now();
    // Ended early when the server stops.
    if (pause > 0) await setTimeout(pause, undefined, { signal: this.hurried.signal }).catch(() => undefined);
    const started = performance.now();
    await this.write(this.list(), records.at(-1));
    const ended = performance.now();
    this.notBefore = ended + pauseAfter(ended - started);
  }

  hurry(): void {
    this.hurried.abort();
  }

  private list(): Buffer {
    return Buffer.from(`${JSON.stringify(this.products.list(), null, 2)}\n`);
  }

  /** The cursor first: until the file is replaced, the checksum of what it was before proves it. */
  private async write(list: Buffer, last: JournalRecord | undefined): Promise<void> {
    const [crc, crcBefore] = [crc32(list), this.crc];
    const { n, id: command } = last ?? { n: 0, id: '' };
    const before = crcBefore !== undefined && { crcBefore };
    await this.cursor.write({ journal: this.journal, n, command, bytes: list.length, crc, ...before });
    await writeFileAtomic(this.path, list, { mode: 0o600 });
    this.crc = crc;
  }

  private async read(): Promise<Buffer | undefined> {
    try {
      return await readFile(this.path);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  private async putAside(found: Buffer): Promise<void> {
    const aside = await keepAside(found, `${this.path}.unverified-${new Date().toISOString().replaceAll(':', '')}`);
    this.logger.warn(`products.json is not a list of this journal. It was put aside: ${aside}`);
  }
}
