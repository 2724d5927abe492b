import { setImmediate } from 'node:timers/promises';
import { Subject } from 'rxjs';
import type { JournalRecord } from '../contract/index.js';
import { type BatchParts, BatchWriter } from './batch-writer.js';
import { CommitQueue } from './commit-queue.js';
import type { Command, Decide } from './in-flight-command.js';
import type { Refusal } from '../errors/refusal.js';
import { OrderGuard } from './order-guard.js';

/**
 * Group commit: while one batch is being stored the next one collects, so batches grow with the load and a lone command waits
 * for nobody. No timer, no size to configure.
 */
export class GroupCommit {
  private readonly batches = new Subject<readonly JournalRecord[]>();
  private readonly failing = Promise.withResolvers<unknown>();
  private readonly orderGuard = new OrderGuard();
  private readonly queue: CommitQueue;
  private readonly writer: BatchWriter;
  /** The batches that are being stored; stays after a failure. */
  private running: Promise<void> | undefined;

  /** Every durable batch, in order, each once: in a turn of its own, after its senders have their answers. */
  readonly committed = this.batches.asObservable();
  /** Resolves with the error after which nothing is stored any more, and nobody is answered. */
  readonly failure = this.failing.promise;

  constructor(parts: Omit<BatchParts, 'orderGuard'>) {
    const { orderGuard } = this;
    this.queue = new CommitQueue(orderGuard);
    this.writer = new BatchWriter({ ...parts, orderGuard });
  }

  /** Whether the last write found no space. */
  get full(): boolean {
    return this.writer.full;
  }

  /** The record that answers the command: the first one's when the same command is still in flight. */
  submit(command: Command<JournalRecord>, decide: Decide<JournalRecord>): Promise<JournalRecord> {
    const answer = this.queue.submit(command, decide);
    // Commands that arrive in the same turn of the event loop share the first batch.
    if (this.queue.waiting) this.running ??= this.run(setImmediate);
    return answer;
  }

  /** What was sent after this command waits until it has come again. */
  holdBack(command: Pick<Command<JournalRecord>, 'id' | 'by'>, refusal: Refusal): void {
    this.orderGuard.add(command, refusal);
  }

  /** Resolves when what was submitted so far has its answers. */
  settled(): Promise<void> {
    return this.queue.settled();
  }

  /** Looks whether a full disk has space again; never while a batch is written, because that writes to the same place. */
  probe(): void {
    this.running ??= this.run(() => this.writer.probe());
  }

  /** Refuses new commands, and waits until those accepted have their answers. */
  async drain(): Promise<void> {
    this.queue.close();
    await this.running;
  }

  private async run(first: () => Promise<void>): Promise<void> {
    try {
      await first();
      while (this.queue.waiting) await this.store();
      this.running = undefined;
    } catch (error) {
      this.queue.close();
      this.failing.resolve(error);
    }
  }

  private async store(): Promise<void> {
    const batch = this.queue.take();
    const records = await this.writer.write(batch);
    this.queue.end();
    for (const command of batch) command.settle();
    if (records.length > 0) await this.announce(records);
  }

  /**
   * In the next turn of the event loop, when senders have their answers. Delivery to everybody may take it longer than a
   * sync, so what comes meanwhile, unless more waits already, joins one batch: the fewer batches, the fewer packets.
   */
  private async announce(records: readonly JournalRecord[]): Promise<void> {
    const announced = setImmediate().then(() => this.batches.next(records));
    if (this.queue.waiting) {
      announced.catch((error: unknown) => this.failing.resolve(error));
      return;
    }
    await announced;
    await setImmediate();
  }
}
