import type { JournalRecord } from '../contract/index.js';
import { Refusal, stopping } from '../errors/refusal.js';
import { CommitQuota } from './commit-quota.js';
import { type Command, type Decide, InFlightCommand } from './in-flight-command.js';
import type { OrderGuard } from './order-guard.js';

/**
 * The commands that have no answer yet, by id: those of the batch that is being stored, and those of the next.
 *
 * Each batch has a map of its own that is dropped whole. One map for ever, with a thousand entries coming and going, costs
 * more than half of the time under load: whenever it is full the engine copies it, the copy is reachable from the one
 * before, and a dead one that the collector once took for old keeps all that follow, and all that they held, alive.
 */
export class CommitQueue {
  private current = new Map<string, InFlightCommand>();
  private next = new Map<string, InFlightCommand>();
  private readonly quota = new CommitQuota();
  /** What comes again while it waits has room of its own: it is nothing more to store. */
  private readonly repeats = new CommitQuota();
  /** Commands whose id another member has in flight: they are queued when that one is answered. */
  private readonly deferred = new Set<Promise<unknown>>();
  private closed = false;

  constructor(private readonly orderGuard: OrderGuard) {}

  /** Whether commands wait for the next batch. */
  get waiting(): boolean {
    return this.next.size > 0;
  }

  /**
   * Queues a command for the next batch. One that the same member already has in flight gets the answer of that one. Rejects
   * with `RATE_LIMITED` when too much of this member's waits.
   */
  submit(command: Command<JournalRecord>, decide: Decide<JournalRecord>): Promise<JournalRecord> {
    if (this.closed) return Promise.reject(stopping());
    const first = this.next.get(command.id) ?? this.current.get(command.id);
    const repeated = first?.command.by === command.by;
    const quota = repeated ? this.repeats : this.quota;
    if (!quota.hasRoom(command)) return this.refuse(command, repeated);
    const answer = first
      ? repeated
        ? first.sameAs(command)
        : this.later(this.submitAfter(first, command, decide))
      : this.add(new InFlightCommand(command, decide));
    quota.enter(command, answer);
    return answer;
  }

  /** Resolves when every command that waits now has its answer. */
  async settled(): Promise<void> {
    const waiting = [...this.current.values(), ...this.next.values()].map(({ answer }) => answer);
    await Promise.allSettled([...waiting, ...this.deferred]);
  }

  /** The next batch becomes the current one: its commands in the order in which they came. */
  take(): InFlightCommand[] {
    this.current = this.next;
    this.next = new Map();
    return [...this.current.values()];
  }

  /** Every command of the current batch is about to get its answer. */
  end(): void {
    this.current = new Map();
  }

  /** Nothing more is accepted; what waits is still taken. */
  close(): void {
    this.closed = true;
  }

  /** What its author sends after this command must not be let in before it. */
  private refuse(command: Command<JournalRecord>, repeated: boolean): Promise<never> {
    const refusal = new Refusal('RATE_LIMITED', 'More is waiting to be stored than the server holds. Try again soon.');
    if (!repeated) this.orderGuard.add(command, refusal);
    return Promise.reject(refusal);
  }

  private add(command: InFlightCommand): Promise<JournalRecord> {
    this.next.set(command.command.id, command);
    return command.answer;
  }

  private later(answer: Promise<JournalRecord>): Promise<JournalRecord> {
    const known = answer.finally(() => this.deferred.delete(known));
    this.deferred.add(known);
    return known;
  }

  /** Another member chose the same id at the same time: that is another command. */
  private async submitAfter(
    first: InFlightCommand,
    command: Command<JournalRecord>,
    decide: Decide<JournalRecord>,
  ): Promise<JournalRecord> {
    await first.answer.catch(() => undefined);
    return this.submit(command, decide);
  }
}
