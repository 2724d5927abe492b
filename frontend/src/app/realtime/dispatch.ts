import type { Ack } from 'backend/contract';
import { growingDelay } from './growing-delay';
import type { Held, PendingList } from './pending-list';
import type { Requester } from './requester';
import type { Claim, SendingTab } from './sending-tab';

/** Commands on their way at once: enough to fill the way there and back, few enough to be answered in time. */
const IN_FLIGHT = 32;
/**
 * How long, in ms, another page has to get an answer to what this one waits for: the page that has the right to send, and where
 * no page has it alone, the page in which it was given. After that it seems to be gone, or stopped by the browser.
 */
const OTHER_PAGE_LIMIT_MS = 2_000;

export interface DispatchOptions {
  readonly list: PendingList;
  readonly requester: Requester;
  readonly tab: SendingTab;
  /** Names this page as long as it lives. */
  readonly page: string;
  /** Called with the answer that ends a command. */
  readonly settled: (held: Held, answer: Ack<unknown>) => void;
}

/**
 * Sends what waits in a list: in its order, several at once, and again until it is answered for good. After a refusal that
 * says `retry`, and after no answer at all, nothing is sent for a growing while, and then everything unanswered in order:
 * the retried command goes first, and one that never succeeds blocks no other.
 */
export class Dispatch {
  /** In whose name the connection speaks; undefined while there is none. */
  private member: string | undefined;
  private granted = false;
  private claim: Claim | undefined;
  /** Which connection this is: an answer from an earlier one says nothing about what was sent again since. */
  private turn = 0;
  private failures = 0;
  private pause: ReturnType<typeof setTimeout> | undefined;
  private lease: ReturnType<typeof setTimeout> | undefined;
  /** The command for which another page has the right to send, and that was first when this one began to wait for it. */
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
    this.claim?.giveBack();
    this.claim = undefined;
    this.granted = false;
    this.awaited = undefined;
    this.member = undefined;
    this.turn++;
    this.failures = 0;
    this.stopWaiting();
    for (const held of this.options.list.unanswered) held.onItsWay = false;
  }

  /** Sends what can be sent. */
  pump(): void {
    const own = this.options.list.unanswered.filter(({ entry }) => entry.by === this.member);
    if (!this.granted) this.waitForOther(own[0]?.entry.id);
    else if (this.pause === undefined) this.send(own);
  }

  private send(own: readonly Held[]): void {
    const foreign = own.findIndex((held) => !this.isOurs(held));
    // What another page has to send goes before what was given after it.
    const sendable = foreign < 0 ? own : own.slice(0, foreign);
    let before: Held | undefined;
    for (const held of sendable.slice(0, IN_FLIGHT)) {
      if (!held.onItsWay) void this.attempt(held, before);
      before = held;
    }
    if (foreign >= 0) this.lease ??= setTimeout(() => this.lookAgain(), OTHER_PAGE_LIMIT_MS);
  }

  /**
   * Another page has the right to send; it is taken from it when the first command stays unanswered. Only once for each: that
   * the server cannot store is no reason for two pages to take it from each other all the time.
   */
  private waitForOther(first: string | undefined): void {
    if (first === undefined || first === this.awaited || this.member === undefined) return;
    this.awaited = first;
    clearTimeout(this.lease);
    this.lease = setTimeout(() => {
      this.lease = undefined;
      const still = this.options.list.unanswered.some(({ entry }) => entry.id === first);
      if (!this.granted && still) this.claim?.take();
      else this.pump();
    }, OTHER_PAGE_LIMIT_MS);
  }

  private grant(granted: boolean): void {
    this.granted = granted;
    this.lookAgain();
  }

  /** Whether this page sends it, or takes it over from one that seems to be gone. */
  private isOurs({ entry }: Held): boolean {
    if (this.options.tab.exclusive || entry.tab === this.options.page) return true;
    return Math.abs(Date.now() - Date.parse(entry.at)) >= OTHER_PAGE_LIMIT_MS;
  }

  /** @param before the one given right before it, on its way over the same connection */
  private async attempt(held: Held, before: Held | undefined): Promise<void> {
    const { turn } = this;
    held.onItsWay = true;
    held.tried = true;
    const { name, payload } = held.entry.command;
    // The server then stores it behind that one, also when it had no space for that one and has some for this.
    const sent = before ? { ...payload, after: before.entry.id } : payload;
    const answer: Ack<unknown> = await this.options.requester.request(name, sent);
    if (answer.ok || !answer.error.retry) this.settled(held, answer);
    else if (turn === this.turn) this.again(held, answer.error.code === 'STORAGE_FULL');
  }

  private settled(held: Held, answer: Ack<unknown>): void {
    held.onItsWay = false;
    this.options.settled(held, answer);
    if (this.pause === undefined) this.failures = 0;
    this.pump();
  }

  private again(held: Held, certain: boolean): void {
    held.onItsWay = false;
    // The server looks whether it is stored before it says that there is no space; when it has too much to do, it does not.
    if (certain && held.entry.doubtful) this.options.list.update(held, { doubtful: false });
    if (this.granted) this.pause ??= setTimeout(() => this.lookAgain(), growingDelay(this.failures++));
  }

  private lookAgain(): void {
    this.stopWaiting();
    this.pump();
  }

  private stopWaiting(): void {
    clearTimeout(this.pause);
    clearTimeout(this.lease);
    this.pause = this.lease = undefined;
  }
}
