import { Service, computed, inject, signal } from '@angular/core';
import { Member } from '../realtime/member';
import { RealtimeSocket } from '../realtime/realtime-socket';

/** The others are notified of one's own typing at most so often, in ms. */
const NOTIFY_INTERVAL_MS = 3_000;
/** How long somebody counts as typing after a notice, in ms. */
const EXPIRY_MS = 5_000;

/** Who else types now. It is stored nowhere and expires by itself. */
@Service()
export class Typing {
  private readonly socket = inject(RealtimeSocket);
  private readonly member = inject(Member);
  private readonly timers = signal<ReadonlyMap<string, ReturnType<typeof setTimeout>>>(new Map());
  private quietUntil = 0;

  /** E-mails, those who began first in front. */
  readonly others = computed<readonly string[]>(() => [...this.timers().keys()]);

  constructor() {
    this.socket.typing.subscribe(({ by }) => this.notice(by));
    this.socket.connected.subscribe(() => this.others().forEach((email) => this.stopped(email)));
  }

  /** Called at each key; notifies the others at most once in 3 s. */
  notify(): void {
    if (Date.now() < this.quietUntil) return;
    this.quietUntil = Date.now() + NOTIFY_INTERVAL_MS;
    this.socket.notifyTyping();
  }

  /** The message is sent: the next key is notified again. */
  sent(): void {
    this.quietUntil = 0;
  }

  /** Somebody's message came, so that one is done typing. */
  stopped(email: string): void {
    const timers = new Map(this.timers());
    clearTimeout(timers.get(email));
    if (timers.delete(email)) this.timers.set(timers);
  }

  private notice(by: string): void {
    if (by === this.member.email()) return;
    clearTimeout(this.timers().get(by));
    const timer = setTimeout(() => this.stopped(by), EXPIRY_MS);
    this.timers.update((timers) => new Map(timers).set(by, timer));
  }
}
