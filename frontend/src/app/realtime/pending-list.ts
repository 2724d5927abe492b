import type { JournalRecord, Refused } from 'backend/contract';
import {
  byOrder,
  isUnanswered,
  pendingOf,
  queuedOf,
  type CommandStatus,
  type PendingCommand,
  type QueuedCommand,
} from './command';
import { EarlyNews } from './early-news';
import type { FeedChange, SnapshotTaken } from './feed';

/**
 * The commands that are not done, in the order in which they were submitted, compared with what the feed delivers: a command
 * is shown until its record is, and never beside it, whichever of acknowledgement, record and snapshot comes first (B14).
 */
export class PendingList {
  private list: PendingCommand[] = [];
  /** Whether anything may be sent. */
  private isStarted = false;
  private readonly early = new EarlyNews();
  /** Commands that what an earlier page has kept may contain. */
  private doubtful: readonly string[] = [];
  private journal: string | undefined;
  private applied = 0;

  /** @param changed is called after every change of what is shown */
  constructor(private readonly changed: () => void) {}

  get all(): readonly PendingCommand[] {
    return this.list;
  }

  /** Commands that ended before what earlier pages have stored was read: they may be among it. */
  get ended(): Iterable<string> {
    return this.early.ended;
  }

  /** What a page shows over the confirmed state. */
  get shown(): readonly PendingCommand[] {
    return this.list.filter(({ status }) => status.kind !== 'recorded');
  }

  /** Those that what is shown may contain, though the server has not answered them. */
  get doubtfulIds(): readonly string[] {
    return this.list
      .filter(({ status }) => status.kind === 'recorded' || status.kind === 'doubtful')
      .map(({ id }) => id);
  }

  /** Those that can be sent: none before the commands of earlier pages are known, because those go first. */
  get sendable(): readonly PendingCommand[] {
    return this.isStarted ? this.list.filter(isUnanswered) : [];
  }

  /** The place of a command that is submitted now: after all that are known, and after those that others have submitted. */
  get nextOrder(): number {
    return Math.max(Date.now(), (this.list.at(-1)?.order ?? 0) + 1);
  }

  get(id: string): PendingCommand | undefined {
    return this.list.find((entry) => entry.id === id);
  }

  /** Adds those that are not there yet. */
  add(commands: readonly PendingCommand[]): void {
    const fresh = commands.filter(({ id }) => !this.get(id));
    if (fresh.length === 0) return;
    this.list = [...this.list, ...fresh].sort(byOrder);
    this.changed();
  }

  /** From now on commands can be sent. */
  start(): void {
    this.isStarted = true;
  }

  /** Adds what earlier pages have stored; returns the ids of those that have ended meanwhile. */
  read(stored: readonly QueuedCommand[]): readonly string[] {
    const { waiting, ended, overtakers } = this.early.apply(stored);
    this.add(waiting.map((command) => this.kept(command)));
    for (const command of overtakers) this.overtake(command);
    return ended.map(({ id }) => id);
  }

  /** It is done, or discarded. */
  remove(id: string, isStored = false): void {
    this.early.end(id, isStored);
    if (this.get(id)) this.retain((entry) => entry.id !== id);
  }

  update(id: string, change: Partial<PendingCommand>): void {
    this.replace(id, change);
    this.changed();
  }

  /** Its author tries it again, which is a new act: it comes after what was submitted meanwhile. */
  resubmit(id: string, place: Pick<PendingCommand, 'order' | 'tab'>): void {
    this.replace(id, { ...place, status: { kind: 'sent' }, overtakenBy: undefined });
    this.list = [...this.list].sort(byOrder);
    this.changed();
  }

  /** It is sent now; what is shown stays as it is. */
  sent(id: string): void {
    if (this.get(id)?.status.kind === 'new') this.replace(id, { status: { kind: 'sent' } });
  }

  /** The server has refused it for good. */
  refused(id: string, reason: Refused): void {
    if (!this.get(id)) this.early.refuse(id, reason);
    this.update(id, { status: { kind: 'refused', reason } });
  }

  /** It is on the server's disk as record `n`, which the feed may not have delivered yet. Returns the ids of those that it overtook. */
  stored(id: string, n: number): readonly string[] {
    const command = this.get(id);
    const overtaken = command ? this.overtake(command) : [];
    // A page that has started without the storage sends before what it will read then, which is nobody's fault.
    if (command && !this.isStarted) this.early.overtake(queuedOf(command));
    const status = command?.status.kind ?? 'recorded';
    if (status === 'recorded' || n <= this.applied) this.remove(id, true);
    else this.update(id, { status: { kind: 'stored', n } });
    return overtaken;
  }

  /** The feed has delivered something. Returns refused commands that were stored after all and are done now. */
  follow(change: FeedChange): readonly string[] {
    if (change.kind === 'snapshot') {
      this.replaced(change);
      return [];
    }
    if (change.kind === 'products') return [];
    this.applied = change.records.at(-1)?.n ?? this.applied;
    // Most records are other people's, and there are many when a page catches up.
    return this.list.length > 0 ? this.recorded(change.records) : [];
  }

  /** Whatever was sent before it and is not answered yet must not be stored after it. */
  private overtake(later: Omit<QueuedCommand, 'refused'>): readonly string[] {
    const overtaken = this.list.filter(
      (entry) => entry.by === later.by && isUnanswered(entry) && byOrder(entry, later) < 0,
    );
    for (const { id } of overtaken) this.replace(id, { overtakenBy: later.id });
    return overtaken.map(({ id }) => id);
  }

  private recorded(records: readonly JournalRecord[]): readonly string[] {
    const recorded = new Set(records.map(({ id, by }) => `${id} ${by}`));
    const matching = this.list.filter(({ id, by }) => recorded.has(`${id} ${by}`));
    for (const { id } of matching.filter(isUnanswered)) this.replace(id, { status: { kind: 'recorded' } });
    const done = matching.filter(({ status }) => status.kind === 'refused').map(({ id }) => id);
    this.retain(({ id, status }) => !done.includes(id) && !(status.kind === 'stored' && status.n <= this.applied));
    return done;
  }

  /**
   * A snapshot does not say which commands are in it. One that was sent before and is not answered is doubtful until its
   * answer, a round trip later, decides. The page that kept one knew more.
   */
  private replaced({ snapshot: { journal, n }, doubtful }: SnapshotTaken): void {
    const same = journal === this.journal;
    this.doubtful = doubtful ?? [];
    this.journal = journal;
    this.applied = n;
    const isIn = (status: CommandStatus): boolean => status.kind === 'stored' && !(same && status.n > n);
    this.list = this.list
      .filter(({ status }) => !isIn(status))
      .map((entry) => {
        const mayBeIn = entry.status.kind === 'sent' && (doubtful?.includes(entry.id) ?? true);
        return mayBeIn ? { ...entry, status: { kind: 'doubtful' as const } } : entry;
      });
    this.changed();
  }

  private kept(command: QueuedCommand): PendingCommand {
    return pendingOf(command, this.doubtful.includes(command.id) ? { kind: 'doubtful' } : { kind: 'sent' });
  }

  private retain(which: (entry: PendingCommand) => boolean): void {
    this.list = this.list.filter(which);
    this.changed();
  }

  private replace(id: string, change: Partial<PendingCommand>): void {
    const place = this.list.findIndex((entry) => entry.id === id);
    const entry = this.list[place];
    if (entry) this.list[place] = { ...entry, ...change };
  }
}
