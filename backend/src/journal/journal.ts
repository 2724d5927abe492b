import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { setImmediate } from 'node:timers/promises';
import type { Observable } from 'rxjs';
import type { JournalRecord } from '../contract/index.js';
import { EXIT, FatalError } from '../errors/exit-codes.js';
import { type Refusal, stopping } from '../errors/refusal.js';
import type { Follower } from './follower.js';
import { Followers } from './followers.js';
import { GroupCommit } from './group-commit.js';
import { Housekeeping } from './housekeeping.js';
import type { Command, Decide, Rule } from './in-flight-command.js';
import type { JournalCondition, JournalOptions } from './journal-options.js';
import { KnownCommands } from './known-commands.js';
import { readEach, type RecordReader } from './record-store.js';
import type { View } from './view.js';

/** The one ordered log: numbers records, stores them, keeps views and followers up to date. Knows order, no feature. */
export class Journal
  implements RecordReader, OnModuleInit, OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown
{
  private readonly views: View[] = [];
  private readonly rules: Rule[] = [];
  private readonly followers: Followers;
  private readonly knownCommands = new KnownCommands();
  private readonly commits: GroupCommit;
  private state: 'new' | 'open' | 'closed' | 'ended' = 'new';
  private readonly housekeeping = new Housekeeping(() => this.keepHouse());
  private halted = false;

  /**
   * Every durable batch, in order, each once: after its views, and in a turn of the event loop of its own, so that senders
   * are answered before it is broadcast.
   */
  readonly committed: Observable<readonly JournalRecord[]>;

  constructor(private readonly options: JournalOptions) {
    const { views, rules, knownCommands } = this;
    const { store, clock } = options;
    this.commits = new GroupCommit({ store, views, rules, knownCommands, clock });
    this.committed = this.commits.committed;
    this.followers = new Followers(store, (error) => this.fail(error));
    void this.commits.failure.then((error) => this.fail(error));
  }

  get id(): string {
    return this.options.store.id;
  }

  get last(): number {
    return this.options.store.last;
  }

  /** For whoever looks after the server. */
  get condition(): JournalCondition {
    return { bytes: this.options.store.bytes, full: this.commits.full, followers: this.followers.places };
  }

  /** Whether it is closed, or about to be: nothing can be asked of it any more. */
  get ended(): boolean {
    return this.state === 'ended';
  }

  /** Whether commands can be stored now. */
  get ready(): boolean {
    return this.state === 'open' && !this.commits.full;
  }

  /** Adds a view. Only before the journal opens, so that the view misses nothing. */
  addView(view: View): void {
    if (this.state !== 'new') throw new Error('a view must be added before the journal opens');
    this.views.push(view);
  }

  /** Adds what every command must obey, whatever its own rules are. Only before the journal opens. */
  addRule(rule: Rule): void {
    if (this.state !== 'new') throw new Error('a rule must be added before the journal opens');
    this.rules.push(rule);
  }

  /** Adds a follower. Only before the journal opens. */
  addFollower(follower: Follower): void {
    if (this.state !== 'new') throw new Error('a follower must be added before the journal opens');
    this.followers.add(follower);
  }

  /**
   * Decides, numbers and stores one command. Resolves when the record is durable. Rejects with a `Refusal`: what `decide`
   * threw, `ID_REUSED`, `CONFLICT` when it refers to another history, `STORAGE_FULL`, `RATE_LIMITED` when too much waits for
   * the disk, `SHUTTING_DOWN`; or the code with which the command that this one comes `after` was refused.
   */
  commit<R extends JournalRecord>(command: Command<R>, decide: Decide<R>): Promise<R> {
    if (this.state !== 'open') return Promise.reject(stopping());
    // The record is made from what this command's `decide` returned, or says what its intent says.
    return this.commits.submit(command, decide) as Promise<R>;
  }

  /** A command was refused with `retry` before it came here: what its author sent after it must not be stored before it. */
  holdBack(command: Pick<Command<JournalRecord>, 'id' | 'by'>, refusal: Refusal): void {
    this.commits.holdBack(command, refusal);
  }

  /** Resolves when every command that was given so far has its answer. */
  settled(): Promise<void> {
    return this.commits.settled();
  }

  /** Durable records `from` to `to`, both included. Throws `FatalError` (65) when one was damaged since the start. */
  read(from: number, to: number): Promise<JournalRecord[]> {
    return this.reading(this.options.store.read(from, to));
  }

  /** Durable records by number, in the order asked for. */
  readEach(numbers: readonly number[]): Promise<JournalRecord[]> {
    return this.reading(readEach(this.options.store, numbers));
  }

  /** Opens the store and lets the views replay it. Throws `FatalError`. */
  async onModuleInit(): Promise<void> {
    const { store } = this.options;
    const { views, knownCommands } = this;
    const states = [knownCommands.checkpoint, ...views.flatMap(({ checkpoint }) => checkpoint ?? [])];
    try {
      const { newestInstant } = await store.recover((stored) => {
        knownCommands.add(stored.command);
        for (const view of views) view.replay(stored);
      }, states);
      this.options.clock.notBefore(newestInstant);
      for (const view of views) await view.replayed?.();
    } catch (error) {
      await store.close();
      throw error;
    }
    this.committed.subscribe((records) => this.followers.follow(records));
    this.state = 'open';
    this.housekeeping.start();
  }

  /** Followers have what a crash left out, or work on it: see `Followers.open`. */
  async onApplicationBootstrap(): Promise<void> {
    await this.followers.open();
  }

  /** Refuses new commands and finishes those accepted: sockets are still open for the answers. */
  async onModuleDestroy(): Promise<void> {
    if (this.state !== 'open') return;
    this.state = 'closed';
    await this.commits.drain();
  }

  /** Followers write what is left; then the clean end: before the connections are closed, which may take a supervisor too long. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.housekeeping.stop();
    if (this.state === 'new') return;
    this.state = 'ended';
    try {
      await this.followers.close();
      await this.options.store.close();
    } catch (error) {
      this.fail(error);
    }
  }

  private async keepHouse(): Promise<void> {
    try {
      await this.options.store.verify();
    } catch (error) {
      this.fail(error);
    }
    if (this.commits.full) this.commits.probe();
    this.followers.follow();
  }

  /**
   * What was intact at the start is damaged now. No start can go past that place any more, so a record stored from here on
   * would not be found again: it ends, in the next turn, so that whoever asked learns that it failed.
   */
  private reading<Records>(records: Promise<Records>): Promise<Records> {
    return records.catch((error: unknown) => {
      if (this.ended) throw stopping();
      if (error instanceof FatalError) {
        this.state = 'closed';
        void setImmediate().then(() => this.fail(error));
      }
      throw error;
    });
  }

  private fail(error: unknown): void {
    if (this.halted) return;
    this.halted = true;
    this.state = 'closed';
    this.options.halt(
      error instanceof FatalError ? error : new FatalError(EXIT.io, 'The journal failed.', { cause: error }),
    );
  }
}
