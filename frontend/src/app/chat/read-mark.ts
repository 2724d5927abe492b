import { DestroyRef, Service, effect, inject, linkedSignal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { Resumed, Snapshot } from 'backend/contract';
import { Connection } from '../realtime/connection';
import { Member } from '../realtime/member';
import { RealtimeSocket } from '../realtime/realtime-socket';
import { Attention } from '../ui/attention';

/** The server is told at most so often how far its member has read, in ms. */
const SEND_INTERVAL_MS = 1_000;

/** How far this member has read, on whatever device: the server keeps it. */
@Service()
export class ReadMark {
  private readonly connection = inject(Connection);
  private readonly member = inject(Member);
  private journal: string | undefined;
  /** What the server has, as far as this page knows. */
  private stored = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  private readonly mark = linkedSignal<string | null, number | undefined>({
    source: this.member.email,
    // The answer to the join may be here before it is known whose it is; what one member has read says nothing of the next.
    computation: (_, before) => (before?.source === null ? before.value : undefined),
  });
  /** The number of the newest message that was seen; 0 before the first time, undefined while it is not known. */
  readonly number = this.mark.asReadonly();

  constructor() {
    const attention = inject(Attention);
    this.connection.joined.pipe(takeUntilDestroyed()).subscribe((answer) => this.joined(answer));
    inject(RealtimeSocket)
      .marks.pipe(takeUntilDestroyed())
      .subscribe(({ n }) => this.heard(n));
    // Who leaves may be gone within the second.
    effect(() => {
      if (!attention.given()) untracked(() => this.sendNow());
    });
    inject(DestroyRef).onDestroy(() => clearTimeout(this.timer));
  }

  /** Everything up to that message was in sight. */
  seen(n: number): void {
    const mark = this.mark();
    if (this.member.email() === null || mark === undefined || n <= mark) return;
    this.mark.set(n);
    this.sendSoon();
  }

  private joined({ journal, n, mode, mark }: Resumed | Snapshot): void {
    if (mark === undefined) return;
    const isOther = this.journal !== undefined && this.journal !== journal;
    this.journal = journal;
    this.stored = mark;
    // What was seen offline counts; what was seen of another history, or beyond a restored one, does not.
    const seen = isOther ? 0 : Math.min(this.mark() ?? 0, mode === 'snapshot' ? n : Infinity);
    this.mark.set(Math.max(mark, seen));
    // Not at once: another tab may have changed whose connection this is, and the answer to that question is on its way.
    this.sendSoon();
  }

  private heard(n: number): void {
    this.stored = Math.max(this.stored, n);
    this.mark.update((mark) => Math.max(mark ?? 0, n));
  }

  private sendSoon(): void {
    this.timer ??= setTimeout(() => this.sendNow(), SEND_INTERVAL_MS);
  }

  /** What is not answered is sent again with the next message, or after the next connect. */
  private sendNow(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const n = this.mark();
    if (n === undefined || n <= this.stored || !this.connection.online()) return;
    void this.connection.request('mark:set', { n }).then((answer) => {
      if (answer.ok) this.stored = Math.max(this.stored, answer.data.n);
    });
  }
}
