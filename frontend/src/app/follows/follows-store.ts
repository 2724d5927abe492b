import { Service, computed, inject, linkedSignal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import {
  isSameTarget,
  type Ack,
  type Alert,
  type Follow,
  type Follows,
  type FollowTarget,
  type Resumed,
  type Snapshot,
} from 'backend/contract';
import { Subject } from 'rxjs';
import { Connection } from '../realtime/connection';
import { Member } from '../realtime/member';
import { RealtimeSocket } from '../realtime/realtime-socket';

/** Alerts that have been seen and are still listed. */
const MAX_SEEN = 50;

interface Own {
  readonly follows: readonly Follow[];
  /** Oldest first. */
  readonly unseen: readonly Alert[];
  readonly seen: readonly Alert[];
}
const NOTHING: Own = { follows: [], unseen: [], seen: [] };

/** What this member follows, and the alerts of that: the server keeps both, and every device shows the same. */
@Service()
export class FollowsStore {
  private readonly connection = inject(Connection);
  private readonly member = inject(Member).email;
  private readonly own = linkedSignal<string | null, Own>({
    source: this.member,
    // The answer to the join may be here before it is known whose it is; what one member follows says nothing of the next.
    computation: (_, before) => (before?.source === null ? before.value : NOTHING),
  });
  private readonly incoming = new Subject<Alert>();

  readonly follows = computed(() => (this.member() === null ? [] : this.own().follows));
  readonly unseen = computed(() => (this.member() === null ? 0 : this.own().unseen.length));
  /** Newest first. */
  readonly alerts = computed(() =>
    this.member() === null ? [] : [...this.own().seen, ...this.own().unseen].reverse(),
  );
  /** Each alert when it comes. */
  readonly arrivals = this.incoming.asObservable();

  constructor() {
    const socket = inject(RealtimeSocket);
    this.connection.joined.pipe(takeUntilDestroyed()).subscribe((answer) => this.joined(answer));
    socket.follows.pipe(takeUntilDestroyed()).subscribe(({ follows }) => this.patch({ follows }));
    socket.alerts.pipe(takeUntilDestroyed()).subscribe((alert) => this.came(alert));
    socket.alertsSeen.pipe(takeUntilDestroyed()).subscribe(({ n }) => this.saw(n));
  }

  /** The rule on a target, if there is one. */
  on(target: FollowTarget): Follow | undefined {
    return this.follows().find(({ on }) => isSameTarget(on, target));
  }

  async set(follow: Follow): Promise<Ack<Follows>> {
    const answer = await this.connection.request('follow:set', { follow });
    if (answer.ok) this.patch({ follows: answer.data.follows });
    return answer;
  }

  /** The alerts are in sight. They stay listed on this page. */
  see(): void {
    const last = this.own().unseen.at(-1);
    if (!last) return;
    this.saw(last.n);
    // Where it is not answered, the next join brings them again.
    void this.connection.request('alerts:seen', { n: last.n });
  }

  private joined({ follows = [], alerts = [] }: Resumed | Snapshot): void {
    const { seen, unseen } = this.own();
    const earlier = [...seen, ...unseen].filter((alert) => !alerts.some((other) => isSame(alert, other)));
    this.own.set({ follows, unseen: alerts, seen: earlier.slice(-MAX_SEEN) });
  }

  private came(alert: Alert): void {
    const { unseen } = this.own();
    // It may be in the answer to the join, too.
    if (unseen.some((other) => isSame(alert, other))) return;
    this.patch({ unseen: [...unseen, alert] });
    this.incoming.next(alert);
  }

  private saw(n: number): void {
    const { seen, unseen } = this.own();
    const now = unseen.filter((alert) => alert.n <= n);
    this.patch({ unseen: unseen.filter((alert) => alert.n > n), seen: [...seen, ...now].slice(-MAX_SEEN) });
  }

  private patch(part: Partial<Own>): void {
    this.own.update((own) => ({ ...own, ...part }));
  }
}

function isSame(one: Alert, other: Alert): boolean {
  return one.n === other.n && one.product === other.product && one.kind === other.kind;
}
