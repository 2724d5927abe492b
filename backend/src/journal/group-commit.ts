import { setImmediate } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { JournalRecord } from '../contract/index.js';
import { Refusal } from '../requests/refusal.js';
import { Backlog } from './backlog.js';
import { Entry, requireSameIntent } from './entry.js';
import { HeldBack } from './held-back.js';
import type { Command, Decide } from './journal.js';
import { NoSpace } from './no-space.js';

/** Milliseconds between two looks whether a full disk has space again. */
const PROBE_EVERY = 1_000;

/** What the commit pipeline works on. */
export interface CommitTarget {
  /** The number of the last durable record. */
  readonly last: number;
  now(): string;
  read(numbers: readonly number[]): Promise<JournalRecord[]>;
  /** The stored answer to a command; undefined at once when it is certainly new, as nearly all are. */
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
  private readonly logger = new Logger(GroupCommit.name);
  /** Every command that has no answer yet, by id. */
  private readonly waiting = new Map<string, Entry>();
  private queue: Entry[] = [];
  private readonly backlog = new Backlog();
  private readonly heldBack = new HeldBack();
  private running: Promise<void> | undefined;
  private probing: NodeJS.Timeout | undefined;
  private closing = false;

  constructor(private readonly target: CommitTarget) {}

  /** Whether the last write found no space. */
  get full(): boolean {
    return this.probing !== undefined;
  }

  /** The record that answers the command: the first one's when the same command is still under way. */
  submit(command: Command<JournalRecord>, decide: Decide<JournalRecord>): Promise<JournalRecord> {
    const first = this.waiting.get(command.id);
    const again = first?.command.by === command.by;
    if (!this.backlog.hasRoom(again)) return this.turnAway(command, again);
    if (first)
      return this.backlog.during(command, again ? first.sameAs(command) : this.submitAfter(first, command, decide));
    const entry = new Entry(command, decide, this.backlog.enter(command));
    this.waiting.set(command.id, entry);
    this.queue.push(entry);
    // Commands that arrive in the same turn of the event loop share the first batch.
    this.running ??= this.run(setImmediate);
    return entry.answer;
  }

  /** More waits than the disk will have stored soon. What comes behind this command must not be let in before it. */
  private turnAway(command: Command<JournalRecord>, again: boolean): Promise<never> {
    const refusal = new Refusal('RATE_LIMITED', 'More is waiting to be stored than the server holds. Try again soon.');
    if (!again) this.heldBack.add(command, refusal);
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
    clearInterval(this.probing);
    return this.running === undefined;
  }

  private async run(first: () => Promise<void>): Promise<void> {
    try {
      await first();
      while (this.queue.length > 0) await this.store(this.queue.splice(0));
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
      if (found && (await this.recognise(entry, found))) this.settle(entry);
      else {
        decided.push(entry);
        const held = this.heldBack.check(entry.command);
        const { about } = entry.command;
        if (held) entry.refuse(held);
        else this.decide(entry, at, records, about === undefined ? undefined : (await this.target.read([about]))[0]);
      }
    }
    const refusal = await this.write(records);
    this.target.unstage();
    if (!refusal) this.target.apply(records);
    else for (const { command } of decided) this.heldBack.add(command, refusal);
    for (const entry of decided) this.settle(entry, refusal);
    if (!refusal && records.length > 0) this.target.announce(records);
  }

  /** Whether the command was answered before; then that is its answer. */
  private async recognise(entry: Entry, found: Promise<JournalRecord | undefined>): Promise<boolean> {
    const stored = await found;
    if (!stored) return false;
    this.heldBack.release(entry.command);
    entry.attempt(() => requireSameIntent(entry.command.intent, stored));
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

  private async write(records: readonly JournalRecord[]): Promise<Refusal | undefined> {
    if (records.length === 0) return undefined;
    try {
      await this.target.append(records);
      this.setFull(false);
      return undefined;
    } catch (error) {
      if (!(error instanceof NoSpace)) throw error;
      this.setFull(true);
      return new Refusal('STORAGE_FULL', 'The disk of the server is full. Nothing was changed.');
    }
  }

  private setFull(full: boolean): void {
    if (full === this.full) return;
    if (full) this.logger.error('No space left for the journal: commands are refused until there is.');
    else this.logger.log('There is space for the journal again.');
    clearInterval(this.probing);
    this.probing = full ? setInterval(() => this.look(), PROBE_EVERY).unref() : undefined;
  }

  /** Looks for space, never beside a batch, because that writes to the same file. */
  private look(): void {
    this.running ??= this.run(() => this.probe());
  }

  private async probe(): Promise<void> {
    try {
      await this.target.probe();
      this.setFull(false);
    } catch (error) {
      if (!(error instanceof NoSpace)) throw error;
    }
  }

  private settle(entry: Entry, error?: Error): void {
    this.waiting.delete(entry.command.id);
    this.backlog.leave(entry.size);
    entry.settle(error);
  }
}
