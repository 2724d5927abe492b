import { Service, computed, inject, signal } from '@angular/core';
import { Member } from '../realtime/member';
import { RealtimeSocket } from '../realtime/realtime-socket';

/** How often one's own typing is told, in ms. */
const TELL_EVERY = 3_000;
/** How long somebody counts as typing without another sign of it, in ms. */
const LASTS = 5_000;

/** Who else types now. Nothing of it is kept anywhere; it expires by itself. */
@Service()
export class Typing {
  private readonly socket = inject(RealtimeSocket);
  private readonly member = inject(Member);
  private readonly timers = signal<ReadonlyMap<string, ReturnType<typeof setTimeout>>>(new Map());
  private quietUntil = 0;

  /** E-mails, those who began first in front. */
  readonly others = computed<readonly string[]>(() => [...this.timers().keys()]);

  constructor() {
    this.socket.typing.subscribe(({ by }) => this.heard(by));
    this.socket.connected.subscribe(() => this.others().forEach((email) => this.stopped(email)));
  }

  /** Called at each key; tells the others at most once in 3 s. */
  tell(): void {
    if (Date.now() < this.quietUntil) return;
    this.quietUntil = Date.now() + TELL_EVERY;
    this.socket.tellTyping();
  }

  /** The own message is sent: the next key is news again. */
  sent(): void {
    this.quietUntil = 0;
  }

  /** Somebody's message came, so that one is done typing. */
  stopped(email: string): void {
    const timers = new Map(this.timers());
    clearTimeout(timers.get(email));
    if (timers.delete(email)) this.timers.set(timers);
  }

  private heard(by: string): void {
    if (by === this.member.email()) return;
    clearTimeout(this.timers().get(by));
    const timer = setTimeout(() => this.stopped(by), LASTS);
    this.timers.update((timers) => new Map(timers).set(by, timer));
  }
}
