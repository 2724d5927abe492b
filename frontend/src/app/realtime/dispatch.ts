import { storedFields, type Ack, type Refused } from 'backend/contract';
import type { PendingCommand } from './command';
import { growingDelay } from './growing-delay';
import type { PendingList } from './pending-list';
import type { Requester } from './requester';
import type { Claim, SendingTab } from './sending-tab';

/**
 * Commands in flight at once: enough for a slow round trip, few enough to be answered in time. With one that has overtaken it, a command
 * names as many as `LIMITS.precedes` allows.
 */
const MAX_IN_FLIGHT = 32;
/**
 * How long, in ms, another page has to get an answer to what this one waits for: the page that has the right to send, and
 * where no page has it alone, the page in which it was submitted. After that it seems to be closed, or suspended by the browser.
 */
const OTHER_PAGE_LIMIT_MS = 2_000;

export interface DispatchOptions {
  readonly list: PendingList;
  readonly requester: Requester;
  readonly tab: SendingTab;
  /** Names this page as long as it is open. */
  readonly page: string;
  /** Called with the answer that ends a command. */
  readonly settled: (id: string, answer: Ack<unknown>) => void;
}

/** The commands around one, by their ids. */
interface Neighbours {
  /** The one submitted right before it, in flight over the same connection: the server stores it first, also when it had no space for it. */
  readonly after: string | undefined;
  /** Those submitted later that may be stored: when one is, this one was refused, and is not done late. */
  readonly precedes: readonly string[];
}

/**
 * Sends what waits in a list: in its order, several at once, and again until it is answered for good. After a refusal that
 * says `retry`, and after no answer at all, nothing is sent for a growing time, and then everything unanswered in order: the
 * retried command goes first, and one that never succeeds blocks no other.
 */
export class Dispatch {
  /** In whose name the connection speaks; undefined while there is none. */
  private member: string | undefined;
  private granted = false;
  /** Whether another page may have sent what this one has not: until this one has sent something with the right that it has now. */
  private isTakingOver = false;
  private claim: Claim | undefined;
  /** Ids of the commands that were sent over this connection and are not answered. */
  private readonly inFlight = new Set<string>();
  /** Which connection this is: an answer over an earlier one does not concern what was sent again since. */
  private connection = 0;
  private failures = 0;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private otherPage: ReturnType<typeof setTimeout> | undefined;
  /** The first unanswered command when this page began to wait for the one that has the right to send. */
  private awaited: string | undefined;

  constructor(private readonly options: DispatchOptions) {}

  connected(member: string): void {
    this.disconnected();
    this.member = member;
    this.claim = this.options.tab.request(member, {
      granted: () => this.grant(true),
      lost: () => this.grant(false),
    });
    this.pump();
  }

  disconnected(): void {
    this.claim?.release();
    this.claim = undefined;
    this.granted = false;
    this.awaited = undefined;
    this.member = undefined;
    this.connection++;
    this.failures = 0;
    this.stopTimers();
    this.inFlight.clear();
  }

  /** Sends what can be sent. */
  pump(): void {
    const own = this.options.list.sendable.filter(({ by }) => by === this.member);
    if (!this.granted) this.waitForOther(own[0]?.id);
    else if (this.pause === undefined) this.send(own);
  }

  private send(own: readonly PendingCommand[]): void {
    const foreign = own.findIndex((command) => !this.isOurs(command));
    const next = own.slice(0, MAX_IN_FLIGHT);
    // What another page has to send goes before what was submitted after it.
    const sendable = foreign < 0 ? next : next.slice(0, foreign);
    // Before any is sent: those that may have been, over this connection or another, or by another page.
    const sent = new Set(next.filter((command) => this.mayBeSent(command)));
    if (sendable.length > 0) this.isTakingOver = false;
    for (const [place, command] of sendable.entries()) {
      const { id } = command;
      if (this.inFlight.has(id)) continue;
      // Also what only another page sends, perhaps in this moment.
      const later = sent.has(command) ? next.slice(place + 1).map((each) => each.id) : [];
      const precedes = command.overtakenBy === undefined ? later : [command.overtakenBy, ...later];
      void this.attempt(command, { after: sendable[place - 1]?.id, precedes });
    }
    if (foreign >= 0) this.otherPage ??= setTimeout(() => this.resume(), OTHER_PAGE_LIMIT_MS);
  }

  /**
   * Another page has the right to send; it is stolen from it when the first command stays unanswered. Only once for each
   * command: two pages must not steal it from each other all the time because the server cannot store anything.
   */
  private waitForOther(first: string | undefined): void {
    if (first === undefined || first === this.awaited || this.member === undefined) return;
    this.awaited = first;
    clearTimeout(this.otherPage);
    this.otherPage = setTimeout(() => {
      this.otherPage = undefined;
      const unanswered = this.options.list.sendable.some(({ id }) => id === first);
      if (!this.granted && unanswered) this.claim?.steal();
      else this.pump();
    }, OTHER_PAGE_LIMIT_MS);
  }

  private grant(granted: boolean): void {
    this.granted = this.isTakingOver = granted;
    this.resume();
  }

  /** Whether this page sends it, or takes it over from one that seems to be closed. */
  private isOurs(command: PendingCommand): boolean {
    return this.options.tab.exclusive || command.tab === this.options.page || isLate(command);
  }

  /** Whether this page has sent it, or another one may have. */
  private mayBeSent(command: PendingCommand): boolean {
    const takenOver = !this.options.tab.exclusive && isLate(command);
    return this.isTakingOver || takenOver || command.status.kind !== 'new';
  }

  private async attempt({ id, command }: PendingCommand, { after, precedes }: Neighbours): Promise<void> {
    const { connection } = this;
    this.inFlight.add(id);
    this.options.list.sent(id);
    // Also what an earlier version of the page has kept.
    const cleaned = storedFields(command.payload);
    const payload = { ...cleaned, ...(after && { after }), ...(precedes.length > 0 && { precedes }) };
    const answer = naming(id, await this.options.requester.request(command.name, payload));
    if (answer.ok || !answer.error.retry) this.settled(id, answer);
    else if (connection === this.connection) this.retryLater(id, answer.error);
  }

  private settled(id: string, answer: Ack<unknown>): void {
    this.inFlight.delete(id);
    this.options.settled(id, answer);
    if (this.pause === undefined) this.failures = 0;
    this.pump();
  }

  private retryLater(id: string, error: Refused): void {
    const { list } = this.options;
    this.inFlight.delete(id);
    // The server has looked whether it is stored, as it does before it says that there is no space.
    if (error.code === 'STORAGE_FULL' && list.get(id)?.status.kind === 'doubtful')
      list.update(id, { status: { kind: 'sent' } });
    if (this.granted) this.pause ??= setTimeout(() => this.resume(), growingDelay(this.failures++));
  }

  private resume(): void {
    this.stopTimers();
    this.pump();
  }

  private stopTimers(): void {
    clearTimeout(this.pause);
    clearTimeout(this.otherPage);
    this.pause = this.otherPage = undefined;
  }
}

/** Whether it has waited so long that another page takes it over, where every page may send. */
function isLate({ at }: PendingCommand): boolean {
  return Math.abs(Date.now() - Date.parse(at)) >= OTHER_PAGE_LIMIT_MS;
}

/** With an unexpected failure goes the id by which the log of the server names it, so that whoever sees it can quote it. */
function naming(command: string, answer: Ack<unknown>): Ack<unknown> {
  if (answer.ok || answer.error.retry || answer.error.code !== 'INTERNAL') return answer;
  return { ok: false, error: { ...answer.error, command } };
}
