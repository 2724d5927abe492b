import { Logger, type OnApplicationShutdown, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Subject } from 'rxjs';
import type { JournalRecord } from '../contract/index.js';
import { codeOf, EXIT, FatalError } from '../errors/exit-codes.js';
import { Refusal } from '../errors/refusal.js';
import { Checkpoint } from './checkpoint.js';
import { type CommitTarget, GroupCommit } from './group-commit.js';
import { type Clock, MonotonicClock } from './monotonic-clock.js';
import { type Command, type Decide, Journal, type Projection } from './journal.js';
import { KnownCommands } from './known-commands.js';
import { NoSpace } from './no-space.js';
import { RecordFile } from './record-file.js';
import { makeFolder, syncFolder } from './sync-folder.js';

/** Milliseconds that everybody may be made to wait for a sync: about what the way through the thread pool costs. */
const PATIENCE = 0.5;

/** What a start may meet that the owner has not set. */
const DISK_FAILURES: ReadonlySet<string> = new Set(['EIO', 'ENOSPC', 'EFBIG', 'EDQUOT']);

/** What the file journal needs from outside. */
export interface FileJournalOptions {
  /** The data folder; made when missing. */
  readonly folder: string;
  readonly clock: Clock;
  /** Ends the process; called once, when nothing that is not on the disk may be promised any more. */
  readonly halt: (failure: FatalError) => void;
  /** How long, in ms, recent syncs may have taken for the next to be waited for on the spot; 0: never. See `Disk`. */
  readonly patience?: number;
  /** Bytes of the write-ahead log; 0: none. */
  readonly ahead?: number;
}

/** The journal in one file that only grows. */
export class FileJournal extends Journal implements CommitTarget, OnModuleInit, OnModuleDestroy, OnApplicationShutdown {
  private readonly logger = new Logger(FileJournal.name);
  private readonly batches = new Subject<readonly JournalRecord[]>();
  private readonly projections: Projection[] = [];
  private readonly commands = new KnownCommands(this);
  private readonly pipeline = new GroupCommit(this);
  private state: 'new' | 'open' | 'closed' = 'new';
  private file: RecordFile;
  private checkpoint: Checkpoint;
  private halted = false;
  private readonly instants: MonotonicClock;

  override readonly committed = this.batches.asObservable();

  constructor(private readonly options: FileJournalOptions) {
    super();
    this.instants = new MonotonicClock(options.clock);
  }

  override get id(): string {
    return this.file.id;
  }

  override get last(): number {
    return this.file.last;
  }

  override get ready(): boolean {
    return this.state === 'open' && !this.pipeline.full;
  }

  override project(projection: Projection): void {
    if (this.state !== 'new') throw new Error('a projection must be added before the journal opens');
    this.projections.push(projection);
  }

  override commit<R extends JournalRecord>(command: Command<R>, decide: Decide<R>): Promise<R> {
    if (this.state !== 'open') return Promise.reject(new Refusal('SHUTTING_DOWN', 'The server is stopping.'));
    // The record is made from what this command's `decide` returned, or says what its intent says.
    return this.pipeline.submit(command, decide) as Promise<R>;
  }

  override async read(numbers: readonly number[]): Promise<JournalRecord[]> {
    try {
      return await this.file.read(numbers);
    } catch (error) {
      // What was intact at the start is damaged now. No start can go past that place any more, so a record stored from here
      // on would be promised in vain: it ends, in the next turn, so that whoever asked is told that it failed.
      if (error instanceof FatalError && this.state === 'open') {
        this.state = 'closed';
        setImmediate(() => this.halt(error));
      }
      throw error;
    }
  }

  /** Opens the file and replays it into the projections. Throws `FatalError`; a defect of ours keeps its name. */
  async onModuleInit(): Promise<void> {
    const { folder } = this.options;
    try {
      await makeFolder(folder);
      await this.open(folder);
      await syncFolder(folder);
    } catch (error) {
      const reason = codeOf(error);
      if (reason === undefined) throw error;
      const exit = DISK_FAILURES.has(reason) ? EXIT.io : EXIT.configuration;
      throw new FatalError(exit, `The data folder ${folder} cannot be used (${reason}).`, { cause: error });
    }
    this.state = 'open';
  }

  /**
   * Refuses new commands, finishes those accepted and marks the clean end. Sockets are still open, to be told; views write
   * what is left before the application's shutdown, and the file is closed with that.
   */
  async onModuleDestroy(): Promise<void> {
    if (this.state !== 'open') return;
    this.state = 'closed';
    if (!(await this.pipeline.drain())) return;
    try {
      await this.file.mark();
    } catch (error) {
      // Without the mark the next start looks at the end of the file as after a crash; nothing is lost.
      if (!(error instanceof NoSpace)) this.halt(error);
    }
    await this.checkpoint.keep();
  }

  async onApplicationShutdown(): Promise<void> {
    this.batches.complete();
    if (this.state === 'closed') await this.file.close();
  }

  now(): string {
    return this.instants.now();
  }

  find(command: Command<JournalRecord>): Promise<JournalRecord | undefined> | undefined {
    return this.commands.find(command);
  }

  stage(record: JournalRecord): void {
    for (const projection of this.projections) projection.stage?.(record);
  }

  unstage(): void {
    for (const projection of this.projections) projection.unstage?.();
  }

  append(records: readonly JournalRecord[]): Promise<void> {
    return this.file.append(records);
  }

  apply(records: readonly JournalRecord[]): void {
    for (const record of records) {
      this.commands.add(record.id);
      for (const projection of this.projections) projection.apply(record);
    }
  }

  announce(records: readonly JournalRecord[]): void {
    this.batches.next(records);
    this.checkpoint.keepUp();
  }

  probe(): Promise<void> {
    return this.file.probe();
  }

  halt(error: unknown): void {
    if (this.halted) return;
    this.halted = true;
    this.state = 'closed';
    this.options.halt(
      error instanceof FatalError ? error : new FatalError(EXIT.io, 'The journal failed.', { cause: error }),
    );
  }

  private async open(folder: string): Promise<void> {
    const { patience = PATIENCE, ahead } = this.options;
    this.file = await RecordFile.open(folder, () => this.now(), { patience, ahead });
    try {
      await this.replay(folder);
    } catch (error) {
      await this.file.close();
      throw error;
    }
  }

  private async replay(folder: string): Promise<void> {
    const states = this.projections.flatMap(({ checkpoint }) => checkpoint ?? []);
    this.checkpoint = new Checkpoint(folder, { file: this.file, states: [this.commands.checkpoint, ...states] });
    const from = await this.checkpoint.load();
    this.commands.expect(this.file.estimate);
    const notes = await this.file.recover(from, ({ n, type, command }, parse) => {
      this.commands.add(command);
      const record = type === 'message-posted' ? { n, type } : parse();
      for (const projection of this.projections) projection.replay?.(record);
    });
    for (const note of notes) this.logger.warn(note);
    this.instants.notBefore(await this.file.newestInstant());
    for (const projection of this.projections) await projection.replayed?.();
  }
}
