import { setImmediate } from 'node:timers/promises';
import type { JournalRecord } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import { CommitQuota } from './commit-quota.js';
import { DiskSpace } from './disk-space.js';
import { Entry, requireSameIntent } from './entry.js';
import { OrderGuard } from './order-guard.js';
import type { Command, Decide } from './journal.js';
import { InFlightCommands } from './in-flight-commands.js';

/** What the commit pipeline works on. */
export interface CommitTarget {
  /** The number of the last durable record. */
  readonly last: number;
  now(): string;
  read(numbers: readonly number[]): Promise<JournalRecord[]>;
  /**
   * The stored answer to a command; undefined at once when it is certainly new, as nearly all are. Rejects with a
   * `Refusal` of a command whose id may not be used again.
   */
  find(command: Command<JournalRecord>): Promise<JournalRecord | undefined> | undefined;
  stage(record: JournalRecord): void;
  unstage(): void;
  /** Stores records, all or none. Throws `NoSpace`; anything else ends the process. */
  append(records: readonly JournalRecord[]): Promise<void>;
  /** They are on the disk: before anybody is told. */
  apply(records: readonly JournalRecord[]): void;
  /** They are on the disk and their senders are told. */
  announce(records: readonly JournalRecord[]): void;
  /** Throws `NoSpace` while there is none. */
  probe(): Promise<void>;
  halt(error: unknown): void;
}

/**
 * Group commit: while one batch is being synced the next one collects, so batches grow with the load and a lone command
 * waits for nobody. No timer, no size to configure.
 */
export class GroupCommit {
  private readonly inFlight = new InFlightCommands();
  private readonly quota = new CommitQuota();
  private readonly orderGuard = new OrderGuard();
  // Never beside a batch, because looking for space writes to the same file.
  private readonly space = new DiskSpace(() => {
    this.running ??= this.run(() => this.probe());
  });
  private running: Promise<void> | undefined;
  private closing = false;

  constructor(private readonly target: CommitTarget) {}

  /** Whether the last write found no space. */
  get full(): boolean {
    return this.space.full;
  }

  /** The record that answers the command: the first one's when the same command is still under way. */
  submit(command: Command<JournalRecord>, decide: Decide<JournalRecord>): Promise<JournalRecord> {
    const first = this.inFlight.get(command.id);
    const again = first?.command.by === command.by;
    if (!this.quota.hasRoom(again)) return this.turnAway(command, again);
    if (first)
      return this.quota.during(command, again ? first.sameAs(command) : this.submitAfter(first, command, decide));
    const entry = new Entry(command, decide, this.quota.enter(command));
    this.inFlight.add(entry);
    // Commands that arrive in the same turn of the event loop share the first batch.
    this.running ??= this.run(setImmediate);
    return entry.answer;
  }

  /** More waits than the disk will have stored soon. What comes behind this command must not be let in before it. */
  private turnAway(command: Command<JournalRecord>, again: boolean): Promise<never> {
    const refusal = new Refusal('RATE_LIMITED', 'More is waiting to be stored than the server holds. Try again soon.');
    if (!again) this.orderGuard.add(command, refusal);
    return Promise.reject(refusal);
  }

  /** Another member chose the same id at the same time: that is another command. */
  private async submitAfter(
    first: Entry,
    command: Command<JournalRecord>,
    decide: Decide<JournalRecord>,
  ): Promise<JournalRecord> {
    await first.answer.catch(() => undefined);
    if (this.closing) throw new Refusal('SHUTTING_DOWN', 'The server is stopping.');
    return this.submit(command, decide);
  }

  /** Waits until everything submitted has its answer. Returns whether it has: never again after a failure. */
  async drain(): Promise<boolean> {
    this.closing = true;
    await this.running;
    this.space.stop();
    return this.running === undefined;
  }

  private async run(first: () => Promise<void>): Promise<void> {
    try {
      await first();
      while (this.inFlight.waiting) await this.store(this.inFlight.begin());
      this.running = undefined;
    } catch (error) {
      // `running` stays: nothing is stored any more, and nobody is answered.
      this.target.halt(error);
    }
  }

  private async store(entries: readonly Entry[]): Promise<void> {
    const records: JournalRecord[] = [];
    const decided: Entry[] = [];
    const at = this.target.now();
    for (const entry of entries) {
      const found = this.target.find(entry.command);
      if (found && (await this.recognise(entry, found))) {
        this.inFlight.remove(entry);
        this.settle(entry);
      } else {
        decided.push(entry);
        const held = this.orderGuard.check(entry.command);
        const { about } = entry.command;
        if (held) entry.refuse(held);
        else this.decide(entry, at, records, about === undefined ? undefined : (await this.target.read([about]))[0]);
      }
    }
    const refusal = records.length > 0 ? await this.space.use(() => this.target.append(records)) : undefined;
    this.target.unstage();
    if (!refusal) this.target.apply(records);
    else for (const { command } of decided) this.orderGuard.add(command, refusal);
    this.inFlight.end();
    for (const entry of decided) this.settle(entry, refusal);
    if (!refusal && records.length > 0) await this.announce(records);
  }

  /**
   * In the next turn of the event loop, when senders have their answers. Telling everybody may take it longer than a sync,
   * so what comes meanwhile, unless more waits already, is taken in and is one batch: the fewer, the less is to be told.
   */
  private async announce(records: readonly JournalRecord[]): Promise<void> {
    const told = setImmediate().then(() => this.target.announce(records));
    if (this.inFlight.waiting) {
      told.catch((error: unknown) => this.target.halt(error));
      return;
    }
    await told;
    await setImmediate();
  }

  /** Whether the command was answered before; then that is its answer. */
  private async recognise(entry: Entry, found: Promise<JournalRecord | undefined>): Promise<boolean> {
    const stored = await found.catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error;
      return error;
    });
    if (!stored) return false;
    this.orderGuard.release(entry.command);
    entry.attempt(() => {
      if (stored instanceof Refusal) throw stored;
      return requireSameIntent(entry.command.intent, stored);
    });
    return true;
  }

  /** Decides against everything before it, this batch included, and stages what came of it. */
  private decide(entry: Entry, at: string, records: JournalRecord[], about?: JournalRecord): void {
    const { by, id } = entry.command;
    const record = entry.attempt(() => {
      const body = entry.decide(about);
      return { n: this.target.last + records.length + 1, at, by, id, ...body };
    });
    if (!record) return;
    records.push(record);
    this.target.stage(record);
  }

  private async probe(): Promise<void> {
    await this.space.use(() => this.target.probe());
  }

  private settle(entry: Entry, error?: Error): void {
    this.quota.leave(entry.size);
    entry.settle(error);
  }
}
