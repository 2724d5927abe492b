import { Logger } from '@nestjs/common';
import type { JournalRecord } from '../contract/index.js';
import { Refusal } from '../errors/refusal.js';
import { type Command, type InFlightCommand, requireSameIntent, type Rule } from './in-flight-command.js';
import { KnownCommands } from './known-commands.js';
import type { MonotonicClock } from './monotonic-clock.js';
import type { OrderGuard } from './order-guard.js';
import { type Appended, NoSpace, type RecordStore } from './record-store.js';
import { StoredCommands } from './stored-commands.js';
import type { View } from './view.js';

/** What a batch is decided against, and where it goes. */
export interface BatchParts {
  readonly store: RecordStore;
  readonly views: readonly View[];
  /** What is judged before a command's own rules. */
  readonly rules: readonly Rule[];
  readonly knownCommands: KnownCommands;
  readonly orderGuard: OrderGuard;
  readonly clock: MonotonicClock;
}

/** Decides a batch of commands in their order, stores what came of it, all or nothing, and lets the views follow. */
export class BatchWriter {
  private readonly logger = new Logger('Journal');
  private isFull = false;

  constructor(private readonly parts: BatchParts) {}

  /** Whether the last write found no space. */
  get full(): boolean {
    return this.isFull;
  }

  /**
   * Gives every command its outcome, which is still to be settled. Returns the records that became durable meanwhile, those
   * of other writers included.
   */
  async write(batch: readonly InFlightCommand[]): Promise<readonly JournalRecord[]> {
    const durable: JournalRecord[] = [];
    for (;;) {
      const { store, knownCommands } = this.parts;
      const records = this.decide(batch, await StoredCommands.read(batch, store, knownCommands));
      const appended: Appended | Refusal = records.length > 0 ? await this.append(records) : { kind: 'stored' };
      for (const view of this.parts.views) view.unstage?.();
      if (appended instanceof Refusal) {
        this.refuseAll(batch, appended);
        return durable;
      }
      const stored = appended.kind === 'stored' ? records : appended.records;
      this.apply(stored);
      durable.push(...stored);
      // Otherwise another writer was first: what it stored may change every decision.
      if (appended.kind === 'stored') return durable;
    }
  }

  /** Finds out whether there is space again. */
  async probe(): Promise<void> {
    await this.withSpace(() => this.parts.store.probe());
  }

  private append(records: readonly JournalRecord[]) {
    const { store } = this.parts;
    return this.withSpace(() => store.append(records, store.last));
  }

  /** Decides each command against everything before it, this batch included. Returns the records of the accepted ones. */
  private decide(batch: readonly InFlightCommand[], stored: StoredCommands): JournalRecord[] {
    const { store, views, clock } = this.parts;
    const records: JournalRecord[] = [];
    const at = clock.now();
    for (const inFlight of batch) {
      const record = this.decideOne(inFlight, stored, { n: store.last + records.length + 1, at });
      if (!record) continue;
      records.push(record);
      stored.accept(record);
      for (const view of views) view.stage?.(record);
    }
    return records;
  }

  private decideOne(
    inFlight: InFlightCommand,
    stored: StoredCommands,
    place: Pick<JournalRecord, 'n' | 'at'>,
  ): JournalRecord | undefined {
    const { command } = inFlight;
    try {
      const answered = this.answerTo(inFlight, stored);
      if (answered) {
        inFlight.accept(requireSameIntent(command.intent, answered));
        return undefined;
      }
      this.requireOrder(command);
      requireNotOvertaken(command, stored);
      requireReferred(command, stored);
      for (const judge of this.parts.rules) judge(command);
      const record = { ...place, by: command.by, id: command.id, ...inFlight.decide() };
      inFlight.accept(record);
      return record;
    } catch (error) {
      // A refusal is an answer like any other; a defect in a rule must not take the others' commands with it.
      inFlight.refuse(error);
      return undefined;
    }
  }

  /** Nothing of the batch was stored, so its decisions are void. */
  private refuseAll(batch: readonly InFlightCommand[], refusal: Refusal): void {
    for (const inFlight of batch) {
      if (inFlight.recognised) continue;
      this.parts.orderGuard.add(inFlight.command, refusal);
      inFlight.refuse(refusal);
    }
  }

  /** The record that answered this command before. Throws `ID_REUSED` where its id may not be used again. */
  private answerTo(inFlight: InFlightCommand, stored: StoredCommands): JournalRecord | undefined {
    const { command } = inFlight;
    const candidates = stored.withId(command.id);
    const answered = candidates.find(({ by, id }) => by === command.by && id === command.id);
    inFlight.recognised = answered !== undefined || KnownCommands.isWornOut(candidates);
    if (!inFlight.recognised) return undefined;
    this.parts.orderGuard.release(command);
    if (!answered) throw new Refusal('ID_REUSED', 'That id belongs to other commands.');
    return answered;
  }

  private requireOrder(command: Command<JournalRecord>): void {
    const refusal = this.parts.orderGuard.check(command);
    if (refusal) throw refusal;
  }

  private apply(records: readonly JournalRecord[]): void {
    const { knownCommands, views, clock } = this.parts;
    for (const record of records) {
      clock.notBefore(record.at);
      knownCommands.add(record.id);
      for (const view of views) view.apply(record);
    }
  }

  /** Writes. Returns the refusal for those whose write found no space; throws what else went wrong. */
  private async withSpace<Result>(write: () => Promise<Result>): Promise<Result | Refusal> {
    try {
      const result = await write();
      this.noteSpace(false);
      return result;
    } catch (error) {
      if (!(error instanceof NoSpace)) throw error;
      this.noteSpace(true);
      return new Refusal('STORAGE_FULL', 'The disk of the server is full. Nothing was changed.');
    }
  }

  private noteSpace(full: boolean): void {
    if (full && !this.isFull) this.logger.error('No space left for the journal: commands are refused until there is.');
    if (!full && this.isFull) this.logger.log('There is space for the journal again.');
    this.isFull = full;
  }
}

/** When what its author sent after it is stored, it was refused before, and the answer was lost. */
function requireNotOvertaken({ by, precedes = [] }: Command<JournalRecord>, stored: StoredCommands): void {
  if (!precedes.some((id) => stored.has(by, id))) return;
  throw new Refusal('CONFLICT', 'It was refused before: what was sent after it is stored.', [
    { field: 'precedes', rule: 'notStored' },
  ]);
}

/** What the command refers to must be in this history, not in another one that parted from it. */
function requireReferred({ refers }: Command<JournalRecord>, stored: StoredCommands): void {
  if (!refers || stored.hasReferred(refers)) return;
  throw new Refusal('CONFLICT', 'That was about a record that is not in this history any more.', [
    { field: 'refers', rule: 'sameRecord' },
  ]);
}
